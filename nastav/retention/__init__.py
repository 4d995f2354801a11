"""Срок хранения: names and texts about people are erased when their period is over (P1, P2)."""
