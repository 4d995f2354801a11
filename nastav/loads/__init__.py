"""Загрузка: a table of people checked row by row, then loaded whole, and undone whole."""
