"""Reads a text whose cells are parted by a sign: .csv and .txt, as Excel and other programs save them."""

import re
from collections import Counter
from itertools import islice
from typing import Any

from nastav.intake import clipboard
from nastav.intake.grid import Budget, Grid

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEPARATORS = "\t;,|"
_NAMED = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*\n', re.IGNORECASE)  # Excel's own first line
_TRIED = 200  # rows by which the separator is found,
_BEGINNING = 100_000  # and signs


def answer(content: bytes, budget: Budget) -> dict[str, Any]:
    """Return the text as one sheet, and whether its letters had to be guessed.

    Raises:
        TooLarge: it takes too long or holds too much text.
        ValueError: it is no text.
    """
    text, is_guessed = decoded(content)
    grid = Grid("", budget)
    named = _NAMED.match(text)
    separator = named[1] if named else max(_SEPARATORS, key=lambda sign: _agreement(text, sign))
    for number, cells in enumerate(clipboard.rows(text, separator), start=1):
        if (number > 1 or not named) and not grid.add(number, list(cells)):
            break
    return {"sheets": [grid.answer()], "is_guessed": is_guessed}


def decoded(content: bytes) -> tuple[str, bool]:
    """Return the text and whether it was taken for Windows-1251, because it is no UTF-8."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding), False
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace"), True


def _agreement(text: str, sign: str) -> int:
    """How well a sign parts the first rows: many of the same number of cells, the more cells the better.

    Sentences above a table have commas too, but seldom so many, and seldom equally many.
    """
    widths: Counter[int] = Counter()
    for cells in islice(clipboard.rows(text[:_BEGINNING], sign), _TRIED):
        widths[len(cells)] += 1
    return max((count * (width - 1) ** 2 for width, count in widths.items()), default=0)
