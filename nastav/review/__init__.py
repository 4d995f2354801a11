"""Проверка: the coordinator's queue, decisions on what schools send, and taking one back."""
