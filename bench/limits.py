"""What this machine could do at best: a commit without a site around it, a workbook without looks."""

import io
import re
import time
import zipfile
from pathlib import Path

from xlsxwriter import Workbook

from bench.load import Measured, timed
from nastav import sqlite

_CELL = re.compile(rb"<c [^>]*>")
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_TURNS = 7
_WIDE = 10  # cells of a row


def commits(folder: Path, seconds: float) -> tuple[Measured, float]:
    """Insert a row and commit, over and over, by the site's own rules; return it with CPU ms a commit."""
    with_rules = sqlite.connect(folder / "raw.sqlite3")
    sqlite.prepare(with_rules, 1000)
    with_rules.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, said TEXT)")
    times: list[float] = []
    begun, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() < begun + seconds:
        start = time.perf_counter()
        with_rules.execute("BEGIN IMMEDIATE")
        with_rules.execute("INSERT INTO line (said) VALUES ('запись')")
        with_rules.execute("COMMIT")
        times.append(time.perf_counter() - start)
    spent = time.process_time() - cpu
    with_rules.close()
    return timed(times, time.perf_counter() - begun), 1000 * spent / len(times)


def cells(book: bytes) -> list[int]:
    """Return how many cells each sheet of a workbook has."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = [name for name in parts.namelist() if _SHEET.fullmatch(name)]
        return [len(_CELL.findall(parts.read(name))) for name in sheets]


def plain_book(sheets: list[int]) -> float:
    """Return the least CPU milliseconds XlsxWriter takes for as many sheets and cells, all numbers."""
    times = []
    for _ in range(_TURNS):
        begun = time.process_time()
        with Workbook(io.BytesIO(), {"in_memory": True}) as book:
            for count in sheets:
                sheet = book.add_worksheet()
                for at in range(count):
                    sheet.write_number(at // _WIDE, at % _WIDE, at)
        times.append(time.process_time() - begun)
    return 1000 * min(times)
