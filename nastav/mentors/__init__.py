"""Наставники: their profile, the school's criteria of selection, awards."""
