"""Черновики: looking through them and beginning many at once."""
