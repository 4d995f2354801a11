"""Человек: a name or a code, a class, a number in a register, the history of values; no pages."""
