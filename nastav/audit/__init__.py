"""Журнал: who changed what and when; rows are only ever added."""
