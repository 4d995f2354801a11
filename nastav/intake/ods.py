"""Reads a table of LibreOffice by its content.xml."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from nastav.intake.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    NO_RESULT,
    Budget,
    Grid,
    Protected,
    few,
)

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT, _STYLE = (_SPACE % name for name in ("office", "table", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")


def sheets(content: bytes, budget: Budget) -> list[dict[str, Any]]:
    """Return the sheets of a table.

    Raises:
        TooLarge: it takes too long or holds too much text.
        Protected: it is encrypted.
        Exception: any other, where it cannot be read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Protected
        return _Reader(io.BytesIO(archive.read("content.xml")), budget).sheets()


class _Reader:
    """Goes through content.xml once."""

    def __init__(self, content: io.BytesIO, budget: Budget) -> None:
        self._events = iterparse(content, ("start", "end"))  # noqa: S314 - inspected: no entities
        self._budget = budget
        self._off: set[str] = set()  # styles of hidden sheets

    def sheets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for event, element in self._events:
            if event == "end" and element.tag == f"{_STYLE}style":
                self._note_style(element)
            elif event == "start" and element.tag == f"{_TABLE}table":
                few([*found, element])
                found.append(self._sheet(element))
        return found

    def _note_style(self, style: Element) -> None:
        looks = style.findall(f"{_STYLE}table-properties")
        if any(look.get(f"{_TABLE}display") == "false" for look in looks):
            self._off.add(style.get(f"{_STYLE}name", ""))

    def _sheet(self, table: Element) -> dict[str, Any]:
        is_off = table.get(f"{_TABLE}style-name", "") in self._off
        grid = Grid(table.get(f"{_TABLE}name", ""), self._budget, is_hidden=is_off)
        merged: list[tuple[int, int, int, int]] = []
        number = 1
        for row in self._rows(table):
            self._budget.check()
            again = _count(row, "rows-repeated")
            values = list(_values(row, number, merged))
            if any(value not in (None, "") for value in values) and not grid.is_cut:
                self._add(grid, number, again, values, row)
            number += again
            row.clear()
        for box in merged:
            grid.merge(*box)
        return grid.answer()

    def _rows(self, table: Element) -> Iterator[Element]:
        """Yield each row until the table ends, those of its heading and of groups too."""
        depth = 1
        for event, element in self._events:
            if element.tag == table.tag:
                depth += 1 if event == "start" else -1
                if not depth:
                    return
            elif event == "end" and element.tag == f"{_TABLE}table-row" and depth == 1:
                yield element

    def _add(self, grid: Grid, number: int, again: int, values: list[Any], row: Element) -> None:
        is_hidden = row.get(f"{_TABLE}visibility", "visible") != "visible"
        for more in range(min(again, MOST_ROWS + 1)):
            if not grid.add(number + more, values, is_hidden=is_hidden):
                return


def _values(row: Element, number: int, merged: list[tuple[int, int, int, int]]) -> Iterator[Any]:
    """Yield the values of a row, as far as anybody reads, and note the ranges that begin in it."""
    column = 1
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        down, right = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
        if down > 1 or right > 1:
            merged.append((number, column, number + down - 1, column + right - 1))
        value, again = _value(cell), _count(cell, "columns-repeated")
        column += again
        yield from [value] * min(again, MOST_COLUMNS + 1 if value else MOST_COLUMNS)
        if column > MOST_COLUMNS + 1:
            return


def _count(element: Element, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{name}", "1")))


def _value(cell: Element) -> Any:
    """The value as Excel would hold it; an error as the text that is shown."""
    if cell.tag == _CELLS[1]:
        return None
    kind = cell.get(f"{_OFFICE}value-type")
    shown = "\n".join(map(_line, cell.findall(f"{_TEXT}p")))
    if cell.get(f"{_CALC}value-type") == "error":
        return shown or "#N/A"
    if kind is None and not shown:
        return NO_RESULT if cell.get(f"{_TABLE}formula") else None
    if kind in _NUMBERS:
        return float(cell.get(f"{_OFFICE}value", ""))
    if kind == "date":
        return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
    return cell.get(f"{_OFFICE}boolean-value") == "true" if kind == "boolean" else shown


def _line(paragraph: Element) -> str:
    """The text of a paragraph: spaces, tabs and breaks are elements, a note is not part of it."""
    found = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            found.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            found.append("\t" if child.tag.endswith("tab") else "\n")
        elif not child.tag.startswith(_OFFICE):
            found.append(_line(child))
        found.append(child.tail or "")
    return "".join(found)
