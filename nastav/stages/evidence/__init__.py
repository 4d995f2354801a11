"""Подтверждающие документы: by their details, with or without a file."""
