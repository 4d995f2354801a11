"""Run by `intake` as a process of its own: a workbook in, its sheets as plain text out, as JSON.

It imports nothing of the site, and limits its own time and memory before openpyxl sees the file.
"""

import io
import json
import os
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

SECONDS = 8  # of work, before it gives up by itself
MEMORY = 768 * 1024 * 1024  # bytes of addresses, where the system keeps such a limit
MOST_SHEETS = 12
MOST_ROWS = 2100  # that hold anything, on one sheet
MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # characters: Excel's own limit, far over what any column takes
MOST_TEXT = 8_000_000  # characters of the whole answer


class TooLarge(Exception):
    """More than may be read."""


def sheets(content: bytes) -> list[dict[str, Any]]:
    """Return the visible sheets: name, rows as [number in Excel, cells], whether any were left out.

    Raises:
        TooLarge: it takes too long or holds too much text.
        Exception: any other, where openpyxl cannot read the file.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - only once the limits hold

    ends = time.monotonic() + SECONDS
    warnings.simplefilter("ignore")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    room = MOST_TEXT
    found = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible" or not hasattr(sheet, "reset_dimensions"):
            continue
        sheet.reset_dimensions()  # a stale tag silently drops rows
        rows, is_cut = _rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), ends)
        room -= sum(len(cell) for _, cells in rows for cell in cells)
        if room < 0:
            raise TooLarge
        found.append({"name": str(sheet.title), "rows": rows, "is_cut": is_cut})
    return found


def _rows(lines: Iterable[tuple[Any, ...]], ends: float) -> tuple[list[Any], bool]:
    rows: list[Any] = []
    for number, cells in _within(lines, ends):
        texts = [_text(cell)[:LONGEST_CELL] for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            if len(rows) == MOST_ROWS or len(texts) > MOST_COLUMNS:
                return rows, True
            rows.append([number, texts])
    return rows, False


def _within(lines: Iterable[Any], ends: float) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, start=1):
        if time.monotonic() > ends:
            raise TooLarge
        yield number, line


def _text(value: Any) -> str:
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


def _limit() -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    try:
        import resource  # noqa: PLC0415 - Windows has none; there `intake` ends us by the clock
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def answer(content: bytes) -> dict[str, Any]:
    """Return {"sheets": …}, or {"error": "large" or "broken"}."""
    try:
        return {"sheets": sheets(content)}
    except (TooLarge, MemoryError, OverflowError):
        return {"error": "large"}
    except Exception:
        return {"error": "broken"}


def main() -> None:
    """Read the standard input; answer on the standard output, in ASCII."""
    content = sys.stdin.buffer.read()
    _limit()
    sys.stdout.write(json.dumps(answer(content)))


if __name__ == "__main__":
    main()
