"""Registers: entering, finding, changing, leaving."""
