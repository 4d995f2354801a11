"""Обратная связь: questionnaires as data, answers of mentees and mentors, and their summaries."""
