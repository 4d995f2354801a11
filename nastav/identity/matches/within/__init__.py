"""Возможные совпадения внутри школы: one child on two cards, and what the school says of it."""
