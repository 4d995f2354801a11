"""What is read of a sheet, whatever kind of file it stands in: rows as texts, merged and hidden ones known.

Like all that the child runs it knows nothing of the site.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sized
from datetime import date, datetime
from typing import Any, TypeVar

SECONDS = 8  # of work, before it gives up by itself
MOST_SHEETS = 100
MOST_ROWS = 2100  # that hold anything, on one sheet
MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # characters: Excel's own limit, far over what any column takes
MOST_TEXT = 8_000_000  # characters of the whole answer
MOST_NUMBER = 10_000_000  # of a row: over what any program numbers, or a text of 5 MB has lines
NO_RESULT = "#ФОРМУЛА!"  # a formula whose result the file does not hold

Sheets = TypeVar("Sheets", bound=Sized)


class TooLarge(Exception):
    """More than may be read."""


class Protected(Exception):
    """A password is needed to read it."""


class Budget:
    """What one file may cost: time of the processor, for a busy server is no fault of a file, and text."""

    def __init__(self) -> None:
        self._ends, self._text = time.process_time() + SECONDS, MOST_TEXT

    def check(self) -> None:
        """Raise TooLarge once the time is over."""
        if time.process_time() > self._ends:
            raise TooLarge

    def spend(self, characters: int) -> None:
        """Take so many characters; raise TooLarge where they are more than the answer may hold."""
        self._text -= characters
        if self._text < 0:
            raise TooLarge


class Grid:
    """One sheet as its rows come: `add` them, `merge` its ranges, then take the `answer`."""

    def __init__(self, name: str, budget: Budget, *, is_hidden: bool = False) -> None:
        self.name, self.is_hidden, self.is_cut = name, is_hidden, False
        self._budget = budget
        self._rows: dict[int, list[str]] = {}
        self._hidden: list[int] = []
        self._last, self._filled = 0, 0

    def add(self, number: int, values: list[Any], *, is_hidden: bool = False) -> bool:
        """Keep a row that holds anything; return whether there is room for more.

        Args:
            number: its number in Excel.
            values: of its cells from the first column on.
            is_hidden: by hand or by a filter.

        Raises:
            TooLarge: it takes too long.
            ValueError: rows do not come in their order.
        """
        self._budget.check()
        if not self._last < number < MOST_NUMBER:
            raise ValueError("rows in no order")
        self._last = number
        texts = [shown(value)[:LONGEST_CELL] for value in values[: MOST_COLUMNS + 1]]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            return True
        if len(self._rows) == MOST_ROWS or len(texts) > MOST_COLUMNS:
            self.is_cut = True
            return False
        self._rows[number] = texts
        if is_hidden:
            self._hidden.append(number)
        return True

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Give the value of a merged range to all its cells in rows that hold anything; from 1."""
        self._budget.check()
        row = self._rows.get(top, [])
        value = row[left - 1] if 0 < left <= len(row) else ""
        if value:
            for number in self._between(top, bottom):
                self._fill()
                texts = self._rows[number]
                texts += [""] * (min(right, MOST_COLUMNS) - len(texts))
                texts[left - 1 : right] = [value] * (min(right, len(texts)) - left + 1)

    def _fill(self) -> None:
        """Ranges do not lie over each other, so no more rows are filled than there are cells."""
        self._filled += 1
        if self._filled > MOST_ROWS * MOST_COLUMNS:
            raise TooLarge

    def _between(self, top: int, bottom: int) -> Iterator[int]:
        numbers = list(self._rows)  # in the order of the sheet
        yield from numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]

    def answer(self) -> dict[str, Any]:
        """Return the sheet for `reader.as_file`.

        Raises:
            TooLarge: it holds too much text.
        """
        self._budget.spend(sum(len(cell) for row in self._rows.values() for cell in row))
        return {
            "name": self.name,
            "rows": list(self._rows.items()),
            "hidden": self._hidden,
            "is_hidden": self.is_hidden,
            "is_cut": self.is_cut,
        }


def few(sheets: Sheets) -> Sheets:
    """Return the sheets, if they are not too many: one that is not read could not be named."""
    if len(sheets) > MOST_SHEETS:
        raise TooLarge
    return sheets


def shown(value: Any) -> str:
    """What a person sees in the cell, or nearly: whole numbers without a point, dates as 09.12.2020."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.12g}".replace(".", ",")
    if isinstance(value, datetime | date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return str(value).strip()
