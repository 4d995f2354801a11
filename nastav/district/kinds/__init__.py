"""Формы наставничества, and the editor of every list of kinds that a district keeps."""
