"""Занятия и мероприятия: trainings of mentors, occasions that mentees took part in; who was there."""
