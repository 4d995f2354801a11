"""Формы наставничества: a district's table of them."""
