"""Поощрения: a school's system of rewards, and awards of its mentors (этапы VI и VII)."""
