"""Срок хранения: names and texts about people are erased when their period is over.

See security.md#p1, security.md#p2.
"""
