"""Этапы: seven stages with their activities, evidence, remarks, sending and review."""
