"""Индивидуальный план of a pair or group: strengths, weaknesses, tasks, activities, the psychologist."""
