"""Учебные годы: opening the next one, the deadlines and the wording of its stages."""
