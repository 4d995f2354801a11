"""Бумаги из данных: what is signed in Word, built of a text, filled with fields, drawn as a page."""

from typing import TYPE_CHECKING

from nastav.late import late

if not TYPE_CHECKING:  # what only a paper in Word needs, by the names it is imported by
    builder = late("nastav.papers.builder")
    drawer = late("nastav.papers.drawer")
    inspection = late("nastav.papers.inspection")
