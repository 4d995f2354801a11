"""Reads a workbook of Excel with openpyxl, from a package that `package` has put right."""

import io
from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, iterparse

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from nastav.intake import package
from nastav.intake.grid import MOST_COLUMNS, NO_RESULT, Budget, Grid, few

_MERGED = f"{{{SHEET_MAIN_NS}}}mergeCell"
_YES = ("1", "true", "on")


class _Rows(WorkSheetParser):
    """openpyxl's reader of cells, which here also sees hidden rows, merged ranges, lost results."""

    ranges: list[tuple[int | None, ...]]  # merged: columns and rows, first and last

    def rows(self) -> Iterator[tuple[int, list[Any], bool]]:
        """Yield number, values and whether it is hidden of each row that the file has."""
        for _, element in iterparse(self.source):  # noqa: S314 - inspected: it has no entities
            if element.tag == ROW_TAG:
                is_hidden = element.get("hidden", "").lower() in _YES
                number, cells = self.parse_row(cast(Any, element))
                yield number, _in_place(cells), is_hidden
                element.clear()
            elif element.tag == _MERGED:
                self.ranges.append(range_boundaries(element.get("ref", "")))

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        # a formula whose result is an empty text is of the type «str»
        is_lost = cell["value"] is None and element.get("t") != "str"
        if is_lost and element.find(FORMULA_TAG) is not None:
            cell["value"] = NO_RESULT
        return cell


def _in_place(cells: list[dict[str, Any]]) -> list[Any]:
    values: list[Any] = []
    for cell in cells:
        at = min(cell["column"], MOST_COLUMNS + 1)
        values += [None] * (at - len(values))
        values[at - 1] = cell["value"]
    return values


def sheets(content: bytes, budget: Budget) -> list[dict[str, Any]]:
    """Return the sheets of a workbook.

    Raises:
        TooLarge: it takes too long or holds too much text.
        Exception: any other, where it cannot be read.
    """
    plain = io.BytesIO(package.rewritten(content))
    book = load_workbook(plain, read_only=True, data_only=True, keep_links=False)
    worksheets = [
        worksheet for worksheet in book.worksheets if isinstance(worksheet, ReadOnlyWorksheet)
    ]
    return [_sheet(worksheet_like, budget) for worksheet_like in few(worksheets)]


def _sheet(sheet: Any, budget: Budget) -> dict[str, Any]:
    grid = Grid(str(sheet.title), budget, is_hidden=sheet.sheet_state != "visible")
    book = sheet.parent
    with sheet._get_source() as source:  # what openpyxl found out before it came to the cells
        rows = _Rows(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows.ranges = []
        for number, values, is_hidden in rows.rows():
            if not grid.add(number, values, is_hidden=is_hidden):
                break
        for left, top, right, bottom in rows.ranges:
            if top and left and bottom and right:  # else whole columns or rows
                grid.merge(top, left, bottom, right)
    return grid.answer()
