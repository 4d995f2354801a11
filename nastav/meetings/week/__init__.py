"""Лист встреч: the meetings of a week, pairs × days, entered and saved together."""
