"""Reads a workbook of the old Excel with xlrd; with the formats it knows hidden rows and merged cells."""

import io
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet
from xlrd.xldate import XLDateError, xldate_as_datetime

from nastav.intake.grid import MOST_COLUMNS, Budget, Grid, Protected, few


def sheets(content: bytes, budget: Budget) -> list[dict[str, Any]]:
    """Return the sheets of a workbook.

    Raises:
        TooLarge: it takes too long or holds too much text.
        Protected: it is encrypted.
        Exception: any other, where it cannot be read.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),  # it would write into our answer
        )
    except xlrd.XLRDError as mistake:
        if "encrypted" in str(mistake):
            raise Protected from None
        raise
    return [_sheet(book, number, budget) for number in few(range(book.nsheets))]


def _sheet(book: Book, number: int, budget: Budget) -> dict[str, Any]:
    sheet = book.sheet_by_index(number)
    grid = Grid(sheet.name, budget, is_hidden=sheet.visibility != 0)
    for at in range(sheet.nrows):
        about = sheet.rowinfo_map.get(at)
        if not grid.add(at + 1, _values(book, sheet, at), is_hidden=bool(about and about.hidden)):
            break
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge(top + 1, left + 1, bottom, right)
    book.unload_sheet(number)
    return grid.answer()


def _values(book: Book, sheet: Sheet, row: int) -> list[Any]:
    width = min(sheet.row_len(row), MOST_COLUMNS + 1)
    return [
        _value(book, sheet.cell_type(row, column), sheet.cell_value(row, column))
        for column in range(width)
    ]


def _value(book: Book, kind: int, value: Any) -> Any:
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xldate_as_datetime(value, book.datemode)
        except (XLDateError, OverflowError, ValueError):
            return value
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value
