"""Workbooks for tests: rows into a file, a file into rows."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook


def workbook(*rows: tuple[Any, ...], name: str = "Лист1") -> bytes:
    """Return an .xlsx with these rows on its one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(content: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet, the empty ones left out."""
    found = load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows(values_only=True)
    return [row for row in found if any(value is not None for value in row)]
