"""Списки и карточки: the registers of people and of pairs as shown, the card of each."""
