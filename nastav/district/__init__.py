"""Район: districts, schools, school years (учебные годы) and working groups."""
