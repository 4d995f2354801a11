"""Бумаги из данных: what is signed in Word, built of a text, filled with fields, drawn as a page."""
