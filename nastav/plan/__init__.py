"""Годовой план: how many children of each school are to be mentored and to mentor."""
