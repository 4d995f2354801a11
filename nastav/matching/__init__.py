"""Подбор: which mentor suits whom of those without a pair, with the reason (этап V)."""
