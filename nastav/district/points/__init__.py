"""Слова приказа: the order's own text, pasted once and cut into its points."""
