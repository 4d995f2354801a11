"""Закрытие учебного года: what is still open in it, its report kept, and opening it again."""
