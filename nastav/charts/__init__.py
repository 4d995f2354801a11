"""Диаграммы: scales and the places of marks for drawings in SVG; knows numbers only, no page."""
