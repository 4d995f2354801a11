"""How much room a text takes: widths of columns and heights of rows, estimated.

A row of merged cells never grows by itself, and a file without heights is laid out anew by each
program. So heights are written, and estimated generously: a font put in place of ours may be wider.
Widths are in characters (digits of the sheet's font), heights in points.
"""

import unicodedata
from functools import cache
from math import ceil

from nastav.excel.form import Cell, Form

FONT_SIZE = 11
_PAGE_WIDTH = 138  # characters across A4 landscape between our margins
_PAGE_HEIGHT = 510  # points between them
_DATE_LINE = len("до 10.12.2020")  # a line of a heading that looks bad when wrapped
_NARROWEST, _WIDEST = 7, 44  # columns whose width follows from what they hold


def column_widths(form: Form) -> list[float]:
    """Widths of the columns; those nobody set share what is left of the page."""
    widths = [column.width or _natural_width(form, at) for at, column in enumerate(form.columns)]
    free = [at for at, column in enumerate(form.columns) if column.width is None]
    spare = _PAGE_WIDTH - sum(widths)
    if free and spare > 0:
        growth = min(1.6, 1 + spare / sum(widths[at] for at in free))
        for at in free:
            widths[at] *= growth
    return [round(width, 1) for width in widths]


def _natural_width(form: Form, at: int) -> float:
    """From the longest word of the heading and the longest value, within sane limits."""
    heading = form.columns[at].title.split("\n")
    whole = [line for line in heading if len(line) <= _DATE_LINE]
    words = [length(word) * 1.1 for word in [*whole, *" ".join(heading).split()]]
    cells = [row[at] for row in [*form.rows, *form.totals]]
    texts = [cell.value for cell in cells if isinstance(cell, Cell)]
    shown = [length(value) if isinstance(value, str) else 10 for value in texts]
    return min(max([_NARROWEST, *words, *shown]) * 1.05 + 3, _WIDEST)


def length(content: str) -> float:
    """Width of the longest line of a text, in digits of the same font."""
    return max((sum(map(_breadth, line)) for line in content.split("\n")), default=0)


@cache
def _breadth(character: str) -> float:
    if character in " .,:;!|'()[]-Iilj\u00a0":
        return 0.6
    if character.isupper() or character in "жмшщюыфmw@%№—":
        return 1.45
    return 2.2 if unicodedata.east_asian_width(character) in "WF" else 1.0


def line_count(content: str, width: float, size: int = FONT_SIZE, *, bold: bool = False) -> int:
    """Lines that a text takes when wrapped at words; rather one too many than one too few."""
    room = (width - 1) / 1.05 * FONT_SIZE / size / (1.08 if bold else 1)
    lines, space = 0, _breadth(" ")
    for paragraph in content.split("\n"):
        used, lines = 0.0, lines + 1
        for word in paragraph.split(" "):
            need = sum(map(_breadth, word))
            if used and used + need > room:
                used, lines = 0.0, lines + 1
            if need > room:
                lines += ceil(need / room) - 1
                used += need % room
            else:
                used += need + space
    return lines


def line_height(size: int) -> float:
    """Height of one line of text of that size, points."""
    return round(size * 1.28 + 1)


def pages_tall(width: float, height: float) -> int:
    """For «fit to»: 1 page for what is just too tall for one, else 0 (as many as it takes).

    A signature alone on a second page could be put under anything.
    """
    pages = height * min(1, _PAGE_WIDTH / width) / _PAGE_HEIGHT
    return 1 if pages <= 1.25 else 0
