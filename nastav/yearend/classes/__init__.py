"""Перевод в следующий класс: the pupils of a school move up with the new school year."""
