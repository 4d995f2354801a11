"""Начало работы: what is due today for each role; help."""
