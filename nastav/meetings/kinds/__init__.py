"""Типы встреч: a district's table of them."""
