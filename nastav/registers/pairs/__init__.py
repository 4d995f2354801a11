"""Пары и группы: the list of a school year, a pair's card, changing it, its meetings entered there."""
