"""Draws one form on a sheet, the way an appendix of an order looks on paper."""

import re
from functools import lru_cache
from itertools import groupby

from nastav.excel import drawn
from nastav.excel.file import Box, Look, Sheet, letter
from nastav.excel.form import BLANK, REFERENCE, Align, Cell, Form, Formula, Row, Signature, Style
from nastav.excel.measure import (
    FONT_SIZE,
    column_widths,
    length,
    line_count,
    line_height,
    pages_tall,
)

# On Windows always; Linux puts the metric-compatible Liberation Serif or PT Astra in its place.
_NAME = "Times New Roman"
_SERIF = 1  # the family, for a program that lacks the font
# Named for each cell, or the program that opens the file would choose one.
FONT: Look = {
    "font_name": _NAME,
    "font_family": _SERIF,
    "font_scheme": "none",
    "font_color": "#000000",
}
_HEAD_FILL, _TOTAL_FILL = "#EDF1F5", "#F5F7F9"
_SHRUNK = 0.8
_TALLEST_ROW = 409  # Excel's limit, points
_BOX: Look = {"border": 1, "border_color": "#000000"}
_RULE: Look = {"bottom": 1, "bottom_color": "#000000"}
_POST: Look = {"align": "left", "valign": "bottom", "text_wrap": True}
_SIGNED: Look = {**_POST, "indent": 1}
_FOOTER = f'&R&"{_NAME},Regular"&9Стр. &P из &N'


class Page:
    """Draws one form from top to bottom; `row` is the last row in use, `height` what they take."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        self.sheet, self.form, self.row = sheet, form, 0
        self.widths = column_widths(form)
        self.last = len(self.widths)
        self.letters = {column.key: letter(at) for at, column in enumerate(form.columns, 1)}
        self.body = (0, 0)
        self.height = 0.0
        self.above = self.drawn = 0.0  # what stands above the table, and how far charts reach

    def draw(self) -> None:
        """Fill the sheet."""
        form = self.form
        for number, width in enumerate(self.widths, 1):
            self.sheet.width(number, width)
        corner = self._corner_column()
        for line in form.corner:
            self._line(line, first=corner)
        if form.corner:
            self._space(8)
        self._line(form.title, 14, "center", bold=True)
        if form.subtitle:
            self._line(form.subtitle, 12, "center")
        self._space(8)
        head = self._head()
        self._table()
        self._charts()
        self._small_charts(head[1])
        self._foot()
        self._set_up_page(head)

    def _charts(self) -> None:
        """The charts, and how far down they reach."""
        columns = {column.key: at for at, column in enumerate(self.form.columns, 1)}
        titles = {column.key: column.title for column in self.form.columns}
        drawn.draw(self.sheet, self.form.charts, columns, titles, self.body)
        self.drawn = self.above + drawn.height(self.form.charts)

    def _small_charts(self, head: int) -> None:
        """The small charts under the table, with the room they take."""
        form = self.form
        if not form.small or not form.rows:
            return
        columns = {column.key: at for at, column in enumerate(form.columns, 1)}
        titles = [str(row[0].value) for row in form.rows if isinstance(row[0], Cell)]
        self._space(8)
        below = (self.row + 1, sum(self.widths))
        points = drawn.draw_small(self.sheet, form.small, columns, head, self.body, titles, below)
        reached = self.height + points
        while self.height < reached:
            self._space(15)

    def _set_up_page(self, head: tuple[int, int]) -> None:
        """A4 landscape, as wide as one page, as long as it takes; the heading on every page."""
        beside = drawn.WIDE if self.form.charts else 0
        while self.form.charts and self.height < self.drawn:
            self._space(15)
        # a little smaller rather than small charts cut in two by the end of a page
        height = self.height * (_SHRUNK if self.form.small else 1)
        self.sheet.landscape(1, pages_tall(sum(self.widths) + beside, height))
        page = self.sheet.page
        page.center_horizontally()
        page.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.6)  # inches; left for the binder
        page.set_footer(_FOOTER)
        page.repeat_rows(head[0] - 1, head[1] - 1)
        page.print_area(0, 0, self.row - 1, self.last - 1 + (drawn.COLUMNS if beside else 0))
        page.freeze_panes(self.body[0] - 1, self.form.frozen_columns)
        if self.form.has_filter:
            page.autofilter(head[1] - 1, 0, self.body[1] - 1, self.last - 1)

    def _corner_column(self) -> int:
        """The column from which the columns to the right hold the longest line of the corner."""
        need = max((length(line) for line in self.form.corner), default=0) * 1.1 + 2
        fitting = [at for at in range(self.last) if sum(self.widths[at:]) >= need]
        return max(fitting, default=0) + 1

    def _tall(self, height: float) -> None:
        height = min(height, _TALLEST_ROW)
        self.sheet.height(self.row, height)
        self.height += height

    def _space(self, height: float) -> None:
        self.row += 1
        self._tall(height)

    def _line(
        self,
        content: str,
        size: int = FONT_SIZE,
        align: Align = "left",
        *,
        first: int = 1,
        bold: bool = False,
    ) -> None:
        self.row += 1
        box = (self.row, first, self.row, self.last)
        self._tall(self._prose(box, content, size, _look(align), bold=bold))

    def _prose(self, box: Box, content: str, size: int, look: Look, *, bold: bool = False) -> float:
        """Text over a box of merged cells; returns the height it needs, points."""
        _, left, _, right = box
        written = self.sheet.text(box, content, {**look, "font_size": size, "bold": bold})
        count = line_count(written, sum(self.widths[left - 1 : right]), size, bold=bold)
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

    def _heading(self, heights: dict[int, float], box: Box, title: str) -> None:
        """One heading with its frame; the row it ends in becomes tall enough for it."""
        need = self._prose(box, title, FONT_SIZE, _HEADING, bold=True)
        over_two = line_height(FONT_SIZE) if box[0] != box[2] else 0
        heights[box[2]] = max(heights[box[2]], need - over_two)

    def _table(self) -> None:
        nothing = [Cell("Записей нет"), *[BLANK] * (self.last - 1)]
        rows = self.form.rows or [nothing]
        self.body = (self.row + 1, self.row + len(rows))
        self.above = self.height
        for row in rows:
            self._record(row, total=False)
        for row in self.form.totals:
            self._record(row, total=True)

    def _record(self, row: Row, *, total: bool) -> None:
        """A row of the table, body or total."""
        self.row += 1
        lines = 1
        for number, content in enumerate(row, 1):
            lines = max(lines, self._cell(number, content, total=total))
        self._tall(lines * line_height(FONT_SIZE) + 3)

    def _cell(self, number: int, content: Cell | Formula, *, total: bool) -> int:
        """A cell of the row; returns how many lines it needs."""
        look = _cell_look(content.align, content.number_format, content.style, total=total)
        if isinstance(content, Formula):
            formula = self._addressed(content.template)
            self.sheet.formula(self.row, number, formula, content.result, look)
        elif isinstance(content.value, str):
            written = self.sheet.text((self.row, number) * 2, content.value, look)
            return line_count(written, self.widths[number - 1], bold=bool(look["bold"]))
        else:
            self.sheet.value(self.row, number, content.value, look)
        return 1

    def _addressed(self, template: str) -> str:
        def address(match: re.Match[str]) -> str:
            letter = self.letters.get(match[1])
            if letter is None:
                raise ValueError(f"{self.form.name}: no column {match[1]!r} for {template}")
            first, last = self.body
            return f"{letter}{first}:{letter}{last}" if match[2] else f"{letter}{self.row}"

        return REFERENCE.sub(address, template)

    def _foot(self) -> None:
        if self.form.notes:
            self._space(6)
        for note in self.form.notes:
            self._line(note, 10)
        for signature in self.form.signatures:
            self._space(16)
            self._signature(signature)

    def _signature(self, signature: Signature) -> None:
        """Post, a line to sign on with «(подпись)» under it, name."""
        left, right = self._signature_columns()
        self.row += 1
        row = self.row
        for number in range(left, right + 1):
            self.sheet.value(row, number, None, _RULE)
        height = self._prose((row, 1, row, left - 1), signature.post, 12, _POST)
        self._prose((row, right + 1, row, self.last), signature.name or "_" * 24, 12, _SIGNED)
        self._tall(height)
        self.row += 1
        under = (self.row, left, self.row, right)
        self._tall(self._prose(under, "(подпись)", 9, _look("center")))

    def _signature_columns(self) -> tuple[int, int]:
        """First and last column of the line to sign on: about half way, a fifth of the width."""
        ends = [sum(self.widths[: at + 1]) / sum(self.widths) for at in range(self.last)]
        left = min(max(2, 1 + sum(end <= 0.5 for end in ends)), self.last - 1)
        return left, min(max(left, sum(end <= 0.72 for end in ends)), self.last - 1)


def _look(align: Align, indent: int = 0) -> dict[str, str | int]:
    return {"align": align, "valign": "vcenter", "text_wrap": True, "indent": indent}


@lru_cache(1000)
def _cell_look(align: Align, number_format: str, style: Style, *, total: bool) -> Look:
    """Return the look of a cell of the table; most cells of a book share a few."""
    look = {**_look(align, indent=int(align != "center")), **_BOX, "bold": total or style.bold}
    look["num_format"] = number_format
    if style.ink:
        look["font_color"] = style.ink
    if fill := style.fill or (_TOTAL_FILL if total else ""):
        look["bg_color"] = fill
    return look


_HEADING: Look = {**_look("center"), **_BOX, "bg_color": _HEAD_FILL}
