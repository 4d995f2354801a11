"""Объединение карточек: two cards of one child become one, and can be taken apart again."""
