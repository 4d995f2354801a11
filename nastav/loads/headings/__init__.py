"""Columns by hand: which column of a school's table is which, asked once and remembered."""
