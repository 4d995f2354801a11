"""Выпуск: those who finish school leave the registers together, and their pairs end."""
