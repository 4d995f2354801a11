"""Сводная: the district's matrix of stages, overdue list and workbooks."""
