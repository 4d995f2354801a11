"""The header of every page: sections and their pages, the school year, what is in season."""
