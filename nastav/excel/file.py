"""A workbook in the making, as XlsxWriter writes it; rows and columns count from 1, as in Excel.

Text has one way in, `Sheet.text`: it never becomes a formula, a link or markup.
"""

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from nastav.excel.measure import FONT_SIZE
from nastav.late import late

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.worksheet import Worksheet
else:
    Workbook = late("xlsxwriter", "Workbook")
    Chart = late("xlsxwriter.chart", "Chart")
    Format = late("xlsxwriter.format", "Format")
    xl_col_to_name = late("xlsxwriter.utility", "xl_col_to_name")
    Worksheet = late("xlsxwriter.worksheet", "Worksheet")

Box = tuple[int, int, int, int]  # top, left, bottom, right
Number = int | float | Decimal
Look = Mapping[str, str | int]  # properties of a cell, as XlsxWriter names them

CREATOR = "Наставничество"
AS_TEXT = "@"
_RISKY_START = ("=", "+", "-", "@", "\t", "\n", "'")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML holds none of them
_HALF = re.compile("[\ud800-\udfff]")  # of a pair of UTF-16
_LONGEST_TEXT = 32767  # Excel's limit for a cell, in UTF-16 units
_LONGEST_NAME = 31  # of a sheet, in the same
_PIXELS = 7  # of a digit of such a font at its usual size, the unit of a column's width
_LEFT_OUT = 20  # pixels: XlsxWriter leaves such a height out, and the next program guesses
_A4 = 9
NO_LOOK: Look = {}


class File:
    """An XLSX file: the same sheets give the same bytes."""

    def __init__(self, title: str, made_at: datetime, font: Look) -> None:
        """Begin a file; `font` is that of all cells, and the unit of the columns' widths."""
        self._raw = io.BytesIO()
        self._font = font
        options = {"in_memory": True, "default_format_properties": {**font, "font_size": FONT_SIZE}}
        self._book = Workbook(self._raw, options)
        made_at = made_at.replace(tzinfo=None, microsecond=0)
        properties = {"title": clean(title), "author": CREATOR, "created": made_at}
        self._book.set_properties(properties)
        self._formats: dict[frozenset[tuple[str, str | int]], Format] = {}

    def sheet(self, name: str) -> "Sheet":
        """Begin the next sheet."""
        return Sheet(self, self._book.add_worksheet(sheet_name(name)))

    def format(self, look: Look) -> Format:
        """Return the format of this look, one for all cells that share it."""
        key = frozenset(look.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**self._font, **look})
        return self._formats[key]

    def new_chart(self, options: dict[str, str]) -> Chart:
        """Return an empty chart, to be filled and put on a sheet."""
        chart: Chart = self._book.add_chart(options)  # type: ignore[assignment]  # None: no such type
        return chart

    def content(self) -> bytes:
        """End the file and return it."""
        self._book.close()
        return self._raw.getvalue()


class Sheet:
    """One sheet; `page` is XlsxWriter's own, for what is set once (panes, margins, headers)."""

    def __init__(self, file: File, page: Worksheet) -> None:
        self._file, self.page = file, page

    def width(self, column: int, characters: float, look: Look = NO_LOOK) -> None:
        """Set the width of a column, and the look of cells that nobody filled."""
        format_ = self._file.format(look) if look else None
        at = column - 1
        _done(self.page.set_column_pixels(at, at, characters * _PIXELS, format_))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        pixels = points * 4 / 3
        if pixels == _LEFT_OUT:
            pixels += 0.001
        _done(self.page.set_row_pixels(row - 1, pixels))

    def text(self, box: Box, content: str, look: Look) -> str:
        """Write text into a cell, or over the cells of a box; returns it as it was written.

        Excel keeps it text when somebody edits the cell, for LibreOffice some need the format of text.
        """
        row, column, *_ = box
        self._merge(box, look)
        cleaned = clean(content)
        look = {**look, "quote_prefix": True}
        if cleaned.startswith(_RISKY_START):
            look["num_format"] = AS_TEXT
        self._text(row - 1, column - 1, cleaned, self._file.format(look))
        return cleaned

    def _text(self, row: int, column: int, content: str, format_: Format) -> None:
        if not content:
            _done(self.page.write_blank(row, column, None, format_))
        elif content.startswith("<r>"):  # a whole string would go into the file as markup
            parts = (content[:1], format_, content[1:], format_)
            _done(self.page.write_rich_string(row, column, *parts))
        else:
            _done(self.page.write_string(row, column, content, format_))

    def _merge(self, box: Box, look: Look) -> None:
        top, left, bottom, right = box
        if (top, left) != (bottom, right):
            cells = (top - 1, left - 1, bottom - 1, right - 1)
            _done(self.page.merge_range(*cells, "", self._file.format(look)))

    def value(self, row: int, column: int, value: Number | date | None, look: Look) -> None:
        """Write a number, a date or nothing."""
        at, format_ = (row - 1, column - 1), self._file.format(look)
        if value is None:
            _done(self.page.write_blank(*at, None, format_))
        elif isinstance(value, date):
            _done(self.page.write_datetime(*at, value, format_))  # type: ignore[call-overload]
        else:
            _done(self.page.write_number(*at, float(value), format_))

    def formula(
        self, row: int, column: int, formula: str, result: Number | str, look: Look
    ) -> None:
        """Write a formula with what it amounts to."""
        format_ = self._file.format(look)
        _done(self.page.write_formula(row - 1, column - 1, f"={formula}", format_, result))

    def new_chart(self, options: dict[str, str]) -> Chart:
        """Return an empty chart of the workbook."""
        return self._file.new_chart(options)

    def chart(self, row: int, column: int, chart: Chart, below: int, right: int = 0) -> None:
        """Put a chart over the cells, its corner so many pixels below and right of that of a cell."""
        offsets = {"y_offset": below, "x_offset": right}
        _done(self.page.insert_chart(row - 1, column - 1, chart, offsets))

    def landscape(self, wide: int, tall: int) -> None:
        """Print on so many pages of A4 landscape side by side and one above another (0: any number)."""
        self.page.set_landscape()
        self.page.set_paper(_A4)
        self.page.fit_to_pages(wide, tall)


def _done(code: int) -> None:
    """Raise what XlsxWriter only hints at: the cell was not written."""
    if code:
        raise ValueError(f"XlsxWriter refused a cell: {code}")


def letter(column: int) -> str:
    """Return the letters of a column counted from 1."""
    return str(xl_col_to_name(column - 1))


def sheet_name(name: str) -> str:
    """Return the name as Excel takes it for a sheet."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip("' ")
    return _cut(plain, _LONGEST_NAME).rstrip("'") or "Лист"


def clean(content: str) -> str:
    """Text as XML and Excel can hold it: no control characters, at most 32,767 UTF-16 units."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = _FORBIDDEN.sub("", lines)
    if 2 * len(cleaned) <= _LONGEST_TEXT and not _HALF.search(cleaned):
        return cleaned  # nearly all
    return _cut(cleaned, _LONGEST_TEXT)


def units(content: str) -> int:
    """Return the length as Excel counts it, in UTF-16 units."""
    return len(content.encode("utf-16-le")) // 2


def _cut(content: str, units: int) -> str:
    """At most so many UTF-16 units; halves of a pair are dropped."""
    return content.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")
