"""Бумаги школы: made of what the site holds, printed, signed, numbered once."""
