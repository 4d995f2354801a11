"""Столбцы: which heading stands for what in a table of people, and what a cell under it means."""
