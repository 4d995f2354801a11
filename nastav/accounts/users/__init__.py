"""Учётные записи района: the coordinator adds, resets and disables them."""
