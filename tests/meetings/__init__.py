"""Meetings of pairs."""
