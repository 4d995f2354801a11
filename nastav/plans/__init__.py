"""Индивидуальный план пары или группы: strengths, weaknesses, tasks, activities, the psychologist's support."""
