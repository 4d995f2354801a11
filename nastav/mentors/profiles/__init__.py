"""Анкета наставника: what a mentor can and wants, and how the school chose them (этапы III и IV)."""
