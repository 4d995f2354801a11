"""Проверка: the coordinator reads what schools send, accepts it or returns it with remarks."""
