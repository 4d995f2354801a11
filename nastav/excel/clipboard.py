"""What Excel puts on the clipboard: lines of cells parted by tabs, some cells in quotes."""

import re

# Possessive, so that no text makes it slow. A leading quote is one only if its closing one ends the cell.
_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*+)')


def cells(text: str) -> list[list[str]]:
    r"""Return the cells of each row of a pasted block; a row's number in Excel is its place.

    A cell in quotes may hold tabs, line breaks and doubled quotes; in any other cell a quote is an
    ordinary sign, so a stray one swallows no row. Line breaks come back as «\n», spaces as they were;
    the line break after the last row makes no row of its own, an empty text has none.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(plain):
        found = _CELL.match(plain, at)
        assert found is not None  # noqa: S101  # its second half matches an empty text too
        quoted, bare = found.groups()
        rows[-1].append(bare if quoted is None else quoted.replace('""', '"'))
        if plain[found.end() : found.end() + 1] == "\n":
            rows.append([])
        at = found.end() + 1
    return rows[:-1] if rows[-1] == [""] else rows
