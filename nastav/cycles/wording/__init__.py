"""Формулировки этапов и мероприятий учебного года: each year has its own words, keys stay."""
