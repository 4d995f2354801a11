"""Workbooks of the roll-up to take away, each noted in the journal."""

from datetime import date

from werkzeug.wrappers import Response

from nastav import excel, ru
from nastav.audit import downloads


def answer(content: bytes, name: str, russian_name: str, on: date) -> Response:
    """Return a workbook to save, noted in the journal before it leaves."""
    downloads.noted(name)
    return excel.answer(content, name, f"{russian_name} на {ru.date_short(on)}")
