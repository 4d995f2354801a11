"""Показ: a second database full of invented, plausible activity; nobody in it exists."""
