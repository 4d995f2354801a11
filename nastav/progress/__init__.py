"""Ход года: how the coverage of a year grew, where people are missing to the plan, what would close it."""
