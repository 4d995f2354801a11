"""Mending rows of a load where they are shown: one, several at once, and what becomes of known people."""
