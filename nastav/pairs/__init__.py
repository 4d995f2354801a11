"""Пары и группы: who mentors whom, from when to when."""
