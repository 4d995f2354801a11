"""Базы людей: the list, a card, entering, leaving, joining two cards."""
