"""Наставляемые и наставники: the registers of a school."""
