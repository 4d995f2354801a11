"""Workbooks for tests: rows into a file, a file into rows."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

# what people type that a program might take for something else
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","СОШ")',
    "+7 900 000-00-00",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\n=1+1",
    "'=1+1",
    "#N/A",
    "{=1+1}",
    "007",
    "08.12.2020",
    "Петрова 😀 <b>&amp;</b>",
    "<r><t>разметка</t></r>",
    "<r>&</r>",
    "x_x0041_y",
    "http://example.org",
    "  по краям  ",
]


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


def pages_of(sheet: Worksheet) -> tuple[int, int]:
    """Pages side by side and one above another; a file that names none means 1."""
    wide, tall = sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight
    return (1 if wide is None else wide, 1 if tall is None else tall)
