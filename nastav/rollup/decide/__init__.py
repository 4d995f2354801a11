"""Требует решения: what of a district waits for its coordinator, the most pressing first."""
