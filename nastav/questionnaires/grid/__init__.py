"""Пачка анкет: paper sheets typed in a grid by keyboard, a row a sheet."""
