"""Мероприятия этапа: what a school declares of each."""
