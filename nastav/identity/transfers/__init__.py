"""Перевод в другую школу: offered by the old school, accepted or refused by the new one."""
