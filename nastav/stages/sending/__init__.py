"""Отправка на проверку: self-check, sending, withdrawing, asking to reopen."""
