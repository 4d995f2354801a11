"""What Excel puts on the clipboard or saves as text: lines of cells parted by a sign, some in quotes."""

import re
from collections.abc import Iterator
from functools import cache


@cache
def _cell(separator: str) -> re.Pattern[str]:
    """Possessive, so no text makes it slow. A first quote counts only if its closing one ends the cell."""
    sign = re.escape(separator)
    return re.compile(rf'"((?:[^"]++|"")*+)"(?=[{sign}\n]|\Z)|([^{sign}\n]*+)')


def cells(text: str) -> list[list[str]]:
    r"""Return the cells of each row of a pasted block; a row's number in Excel is its place.

    A cell in quotes may hold tabs, line breaks and doubled quotes; in any other cell a quote is an
    ordinary sign, so a stray one swallows no row. Line breaks come back as «\n», spaces as they were;
    the line break after the last row makes no row of its own, an empty text has none.
    """
    return list(rows(text, "\t"))


def rows(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the cells of each row, as `cells`, one after another.

    Args:
        text: of a whole table.
        separator: the sign between two cells.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    pattern, at = _cell(separator), 0
    row: list[str] = []
    while at <= len(plain):
        found = pattern.match(plain, at)
        assert found is not None  # noqa: S101  # its second half matches an empty text too
        quoted, bare = found.groups()
        row.append(bare if quoted is None else quoted.replace('""', '"'))
        at = found.end() + 1
        if plain[at - 1 : at] == "\n":
            yield row
            row = []
    if row != [""]:
        yield row
