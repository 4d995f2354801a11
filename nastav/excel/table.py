"""Plain tables to work on in Excel and load again: headings in the first row, text that stays text.

What is printed and signed is a `Form`; this is what people type into.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Target
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nastav.excel.book import CREATOR, settled, sheet_name
from nastav.excel.form import DAY
from nastav.excel.measure import length
from nastav.excel.page import clean, write_text

Value = str | int | date | None
_HEAD = PatternFill("solid", fgColor="FFEDF1F5")
_LINES = 2000  # rows below the heading that offer the choices of a column
_FONT = "Calibri"  # of the cells, which nobody set; bold alone would lose it
_LINE = 15  # points of a line of a heading
_READABLE = 230  # characters across A4 landscape that can still be read
_LONGEST_LIST = 255  # Excel's limit of a list of choices written into its rule


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, its width in characters, what may be chosen in it (other text may be typed).

    A column of text keeps «7-1» from becoming a date; `is_day` is for real dates.
    """

    title: str
    width: float = 18
    choices: Sequence[str] = ()
    is_day: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet: its name, columns and rows; a row has a value for each column."""

    name: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Value]] = ()


def save(title: str, tables: Sequence[Table], made_at: datetime) -> bytes:
    """Return the tables as an XLSX file; the same ones give the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        _draw(workbook.create_sheet(sheet_name(table.name)), table)
    made_at = made_at.replace(tzinfo=None, microsecond=0)
    properties = workbook.properties
    properties.title, properties.creator = clean(title), CREATOR
    properties.created = made_at
    raw = io.BytesIO()
    workbook.save(raw)
    return settled(raw, {}, made_at)


def _draw(sheet: Worksheet, table: Table) -> None:
    for at, column in enumerate(table.columns, start=1):
        letter = get_column_letter(at)
        dimension = sheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.number_format = DAY if column.is_day else "@"
        head = cast(Target, sheet.cell(1, at))
        write_text(head, column.title)
        head.font, head.fill, head.alignment = Font(name=_FONT, bold=True), _HEAD, _WRAPPED
        offered = ",".join(column.choices)
        if offered and len(offered) <= _LONGEST_LIST:
            rule = DataValidation("list", formula1=f'"{offered}"', showErrorMessage=False)
            rule.add(f"{letter}2:{letter}{_LINES + 1}")
            sheet.add_data_validation(rule)
    for number, row in enumerate(table.rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(cast(Target, sheet.cell(number, at)), value)
    sheet.freeze_panes = "A2"
    _print_wide(sheet, table)


def _print_wide(sheet: Worksheet, table: Table) -> None:
    """A4 landscape, the headings on every page; of two pages side by side both show who it is about."""
    lines = (ceil(length(one.title) * 1.2 / one.width) for one in table.columns)
    sheet.row_dimensions[1].height = _LINE * max(lines, default=1)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    abreast = ceil(sum(one.width for one in table.columns) / _READABLE)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = abreast, 0
    if abreast > 1:
        sheet.print_title_cols = "A:C"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


_WRAPPED = Alignment(vertical="top", wrap_text=True)


def _write(cell: Target, value: Value) -> None:
    if isinstance(value, str):
        write_text(cell, value)
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY
    else:
        cell.value = value
    cell.alignment = _WRAPPED
