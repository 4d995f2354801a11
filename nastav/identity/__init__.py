"""Один ребёнок: possible matches between schools, two cards made one, moving to another school."""
