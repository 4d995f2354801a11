"""Учебные годы: opening the next one, and the deadlines of its stages."""
