"""Приказ: the order of a district's education department, kept as data in a TOML file."""
