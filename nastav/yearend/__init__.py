"""Конец учебного года: pairs closed together, graduates, pupils moved to the next class."""
