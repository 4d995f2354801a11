"""Возможные совпадения: perhaps one child in two schools, neither of which sees the other's record."""
