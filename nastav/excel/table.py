"""Plain tables to work on in Excel and load again: headings in the first row, text that stays text.

What is printed and signed is a `Form`; this is what people type into.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from nastav.excel.file import AS_TEXT, File, Look, Sheet, units
from nastav.excel.form import DAY
from nastav.excel.measure import length

Value = str | int | date | None
_LINES = 2000  # rows below the heading that offer the choices of a column
_FONT: Look = {"font_name": "Calibri"}  # what Excel itself begins with
_WRAPPED: Look = {"valign": "top", "text_wrap": True}
_HEAD: Look = {**_WRAPPED, "bold": True, "bg_color": "#EDF1F5"}
_LINE = 15  # points of a line of a heading
_READABLE = 230  # characters across A4 landscape that can still be read
_LONGEST_LIST = 255  # Excel's limit of a list of choices written into its rule, in UTF-16 units


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
    is_filtered: bool = False  # Excel's own filter stands in the heading


def save(title: str, tables: Sequence[Table], made_at: datetime) -> bytes:
    """Return the tables as an XLSX file; the same ones give the same bytes."""
    file = File(title, made_at, _FONT)
    for table in tables:
        _draw(file.sheet(table.name), table)
    return file.content()


def _draw(sheet: Sheet, table: Table) -> None:
    for at, column in enumerate(table.columns, start=1):
        sheet.width(at, column.width, {"num_format": DAY if column.is_day else AS_TEXT})
        sheet.text((1, at, 1, at), column.title, _HEAD)
        _offer(sheet, at, column.choices)
    for number, row in enumerate(table.rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(sheet, number, at, value)
    if table.is_filtered:
        sheet.page.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.page.freeze_panes(1, 0)
    _print_wide(sheet, table)


def _offer(sheet: Sheet, at: int, choices: Sequence[str]) -> None:
    """Offer the choices below the heading; anything else may be typed."""
    offered = ",".join(choices)
    if offered and units(offered) <= _LONGEST_LIST:
        rule = {"validate": "list", "source": list(choices), "show_error": False}
        sheet.page.data_validation(1, at - 1, _LINES, at - 1, rule)


def _print_wide(sheet: Sheet, table: Table) -> None:
    """A4 landscape, the headings on every page; of two pages side by side both show who it is about."""
    lines = (ceil(length(column.title) * 1.2 / column.width) for column in table.columns)
    sheet.height(1, _LINE * max(lines, default=1))
    abreast = ceil(sum(column.width for column in table.columns) / _READABLE)
    sheet.landscape(abreast, 0)
    sheet.page.set_margins(left=0.75, right=0.75, top=1, bottom=1)  # inches
    sheet.page.repeat_rows(0)
    if abreast > 1:
        sheet.page.repeat_columns(0, 2)


def _write(sheet: Sheet, row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        plain = value.replace("\N{NO-BREAK SPACE}", " ")  # found by what a person types
        sheet.text((row, column, row, column), plain, {**_WRAPPED, "num_format": AS_TEXT})
    elif isinstance(value, date):
        sheet.value(row, column, value, {**_WRAPPED, "num_format": DAY})
    else:
        sheet.value(row, column, value, _WRAPPED)
