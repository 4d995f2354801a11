"""Коды вместо имён: a district may keep its pupils by the schools' own codes only."""
