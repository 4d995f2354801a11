"""Заполнить таблицей: all activities of a stage at once, and a block pasted from Excel."""
