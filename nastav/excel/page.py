"""Draws one form on a sheet, the way an appendix of an order looks on paper."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import cast

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as Target
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nastav.excel.form import BLANK, REFERENCE, Align, Cell, Form, Formula, Result, Row, Signature
from nastav.excel.measure import (
    FONT_SIZE,
    column_widths,
    length,
    line_count,
    line_height,
    pages_tall,
)

# On Windows always; Linux puts the metric-compatible Liberation Serif or PT Astra in its place.
FONT = "Times New Roman"
_HEAD_FILL, _TOTAL_FILL = "#EDF1F5", "#F5F7F9"
_LONGEST_TEXT = 32767  # Excel's limit for a cell, in UTF-16 units
_TALLEST_ROW = 409  # Excel's limit, points
_AS_TEXT = "@"
_RISKY_START = ("=", "+", "-", "@", "\t", "\n", "'")

_Box = tuple[int, int, int, int]  # top, left, bottom, right


class Page:
    """Draws one form from top to bottom; `row` is the last row in use, `height` what they take."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self.sheet, self.form, self.row = sheet, form, 0
        self.widths = column_widths(form)
        self.last = len(self.widths)
        self.letters = [get_column_letter(number + 1) for number in range(self.last)]
        self.body = (0, 0)
        self.height = 0.0
        self.results: dict[str, Result] = {}

    def draw(self) -> Mapping[str, Result]:
        """Fill the sheet; returns what its formulas amount to, by address."""
        form = self.form
        for letter, width in zip(self.letters, self.widths, strict=True):
            self.sheet.column_dimensions[letter].width = width
        corner = self._corner_column()
        for line in form.corner:
            self._line(line, page_font(), first=corner)
        if form.corner:
            self._space(8)
        self._line(form.title, page_font(14, bold=True), "center")
        if form.subtitle:
            self._line(form.subtitle, page_font(12), "center")
        self._space(8)
        head = self._head()
        self._table()
        self._foot()
        _set_up_page(self.sheet, head, f"A1:{self.letters[-1]}{self.row}")
        self.sheet.page_setup.fitToHeight = pages_tall(sum(self.widths), self.height)
        self.sheet.freeze_panes = self._at(self.body[0], form.frozen_columns + 1)
        return self.results

    def _corner_column(self) -> int:
        """The column from which the columns to the right hold the longest line of the corner."""
        need = max((length(line) for line in self.form.corner), default=0) * 1.1 + 2
        fitting = [at for at in range(self.last) if sum(self.widths[at:]) >= need]
        return max(fitting, default=0) + 1

    def _at(self, row: int, column: int) -> Target:
        return cast(Target, self.sheet.cell(row, column))  # never inside a merged box

    def _tall(self, height: float) -> None:
        self.sheet.row_dimensions[self.row].height = min(height, _TALLEST_ROW)
        self.height += min(height, _TALLEST_ROW)

    def _space(self, height: float) -> None:
        self.row += 1
        self._tall(height)

    def _line(self, content: str, font: Font, align: Align = "left", first: int = 1) -> None:
        self.row += 1
        self._tall(self._prose((self.row, first, self.row, self.last), content, font, align))

    def _prose(self, box: _Box, content: str, font: Font, align: Align) -> float:
        """Text over a box of merged cells; returns the height it needs, points."""
        top, left, bottom, right = box
        cell = self._at(top, left)
        write_text(cell, content)
        cell.font, cell.alignment = font, _alignment(align)
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(None, *box)
        size = int(font.sz or FONT_SIZE)
        width = sum(self.widths[left - 1 : right])
        count = line_count(str(cell.value or ""), width, size, bold=bool(font.b))
        return count * line_height(size)

    def _head(self) -> tuple[int, int]:
        """The table's heading of one or two rows; returns its first and last row."""
        columns, top = self.form.columns, self.row + 1
        bottom = top + any(column.group for column in columns)
        heights = dict.fromkeys((top, bottom), 0.0)
        for group, run in groupby(range(self.last), lambda at: columns[at].group):
            numbers = [at + 1 for at in run]
            if group:
                self._heading(heights, (top, numbers[0], top, numbers[-1]), group)
            for number in numbers:
                box = (bottom if group else top, number, bottom, number)
                self._heading(heights, box, columns[number - 1].title)
        for row, height in heights.items():
            self.row = row
            self._tall(height + 6)
        return top, bottom

    def _heading(self, heights: dict[int, float], box: _Box, title: str) -> None:
        """One heading with its frame; the row it ends in becomes tall enough for it."""
        cell = self._at(box[0], box[1])
        cell.fill, cell.border = _fill(_HEAD_FILL), _BOX  # merging spreads the frame
        need = self._prose(box, title, page_font(bold=True), "center")
        over_two = line_height(FONT_SIZE) if box[0] != box[2] else 0
        heights[box[2]] = max(heights[box[2]], need - over_two)

    def _table(self) -> None:
        nothing = [Cell("Записей нет"), *[BLANK] * (self.last - 1)]
        rows = self.form.rows or [nothing]
        self.body = (self.row + 1, self.row + len(rows))
        for row in rows:
            self._record(row, total=False)
        for row in self.form.totals:
            self._record(row, total=True)

    def _record(self, row: Row, *, total: bool) -> None:
        """A row of the table, body or total."""
        self.row += 1
        lines = 1
        for number, content in enumerate(row, 1):
            cell, bold = self._at(self.row, number), total or content.style.bold
            if isinstance(content, Formula):
                cell.value = "=" + self._addressed(content.template)
                self.results[cell.coordinate] = content.result
            else:
                _write(cell, content.value)
            if cell.number_format != _AS_TEXT:
                cell.number_format = content.number_format
            cell.font = page_font(bold=bold, ink=content.style.ink)
            cell.alignment, cell.border = _alignment(content.align, content.align != "center"), _BOX
            fill = content.style.fill or (_TOTAL_FILL if total else "")
            if fill:
                cell.fill = _fill(fill)
            if cell.data_type == "s":
                need = line_count(str(cell.value), self.widths[number - 1], bold=bold)
                lines = max(lines, need)
        self._tall(lines * line_height(FONT_SIZE) + 3)

    def _addressed(self, template: str) -> str:
        letters = dict(zip((c.key for c in self.form.columns), self.letters, strict=True))

        def address(match: re.Match[str]) -> str:
            letter = letters.get(match[1])
            if letter is None:
                raise ValueError(f"{self.form.name}: no column {match[1]!r} for {template}")
            first, last = self.body
            return f"{letter}{first}:{letter}{last}" if match[2] else f"{letter}{self.row}"

        return REFERENCE.sub(address, template)

    def _foot(self) -> None:
        if self.form.notes:
            self._space(6)
        for note in self.form.notes:
            self._line(note, page_font(10))
        for signature in self.form.signatures:
            self._space(16)
            self._signature(signature)

    def _signature(self, signature: Signature) -> None:
        """Post, a line to sign on with «(подпись)» under it, name."""
        left, right = self._signature_columns()
        self.row += 1
        row, font = self.row, page_font(12)
        for number in range(left, right + 1):
            self._at(row, number).border = _RULE
        height = self._prose((row, 1, row, left - 1), signature.post, font, "left")
        self._prose((row, right + 1, row, self.last), signature.name or "_" * 24, font, "left")
        self._at(row, 1).alignment, self._at(row, right + 1).alignment = _POST, _NAME
        self._tall(height)
        self.row += 1
        under = (row + 1, left, row + 1, right)
        self._tall(self._prose(under, "(подпись)", page_font(9), "center"))

    def _signature_columns(self) -> tuple[int, int]:
        """First and last column of the line to sign on: about half way, a fifth of the width."""
        ends = [sum(self.widths[: at + 1]) / sum(self.widths) for at in range(self.last)]
        left = min(max(2, 1 + sum(end <= 0.5 for end in ends)), self.last - 1)
        return left, min(max(left, sum(end <= 0.72 for end in ends)), self.last - 1)


def _write(cell: Target, value: str | int | float | Decimal | date | None) -> None:
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value


def write_text(cell: Target, content: str) -> None:
    """The only way text gets into a sheet; `data_type` undoes openpyxl's guess of a formula."""
    cleaned = clean(content)
    cell.value = cleaned
    cell.data_type = "s"
    cell.quotePrefix = True  # Excel: stays text when somebody edits the cell
    if cleaned.startswith(_RISKY_START):
        cell.number_format = _AS_TEXT  # LibreOffice: the same, as it does not know quotePrefix


def clean(content: str) -> str:
    """Text as XML and Excel can hold it: no control characters, at most 32,767 UTF-16 units."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    allowed = re.sub("[\ufffe\uffff]", "", ILLEGAL_CHARACTERS_RE.sub("", lines))
    units = allowed.encode("utf-16-le", "surrogatepass")[: 2 * _LONGEST_TEXT]
    return units.decode("utf-16-le", "ignore")


@cache
def page_font(size: int = FONT_SIZE, *, bold: bool = False, ink: str = "") -> Font:
    """Our font; named each time, or the program that opens the file would choose one."""
    return Font(name=FONT, size=size, bold=bold, color=_argb(ink or "#000000"))


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")  # opaque; openpyxl would say transparent


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=_argb(colour))


@cache
def _alignment(align: Align, indent: int = 0) -> Alignment:
    return Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)


_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_RULE = Border(bottom=_THIN)
_POST = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
_NAME = Alignment(horizontal="left", vertical="bottom", wrap_text=True, indent=1)


def _set_up_page(sheet: Worksheet, head: tuple[int, int], area: str) -> None:
    """A4 landscape, as wide as one page, as long as it takes; the heading on every page."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = PageMargins(left=0.6, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.page_margins = margins  # inches; the left one wider, for the binder
    sheet.print_title_rows = f"{head[0]}:{head[1]}"
    sheet.print_area = area
    if (footer := sheet.oddFooter) is not None:  # always there; the stubs do not know
        footer.right.text, footer.right.font = "Стр. &P из &N", f"{FONT},Regular"
        footer.right.size = 9
