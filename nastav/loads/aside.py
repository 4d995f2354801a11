"""What of a file is kept aside, and what somebody takes of it: other sheets, hidden rows. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from nastav.columns.column import Cells
from nastav.tables.lines import ASIDE, HIDDEN, SHEET
from nastav.tables.table import place
from nastav.tables.values import listed


@dataclass(frozen=True)
class OfferedSheet:
    """A sheet that may be loaded."""

    name: str
    rows: int  # that are not hidden
    is_taken: bool


@dataclass(frozen=True)
class Offer:
    """What may be loaded of a file beside the rows that are, or left out."""

    sheets: tuple[OfferedSheet, ...]
    hidden: int  # rows
    where: str  # they stand
    takes_hidden: bool

    def __bool__(self) -> bool:
        return bool(self.sheets or self.hidden)


def offer(rows: Sequence[Any]) -> Offer:
    """Return what may be chosen of the rows of a load; nothing where all of them are loaded."""
    by_sheet: dict[str, list[Cells]] = {}
    hidden: list[tuple[int, Cells]] = []
    for number, cells in rows:
        if SHEET in cells:
            by_sheet.setdefault(cells[SHEET], []).append(cells)
        if HIDDEN in cells:
            hidden.append((number, cells))
    sheets = tuple(
        OfferedSheet(
            name,
            sum(HIDDEN not in cells for cells in found),
            any(cells.get(ASIDE) != SHEET for cells in found),
        )
        for name, found in by_sheet.items()
    )
    takes_hidden = any(ASIDE not in cells for _, cells in hidden)
    return Offer(sheets, len(hidden), _where(hidden), takes_hidden)


def _where(hidden: Sequence[tuple[int, Cells]]) -> str:
    if not any(SHEET in cells for _, cells in hidden):
        word = "строка" if len(hidden) == 1 else "строки"
        return f"{word} {listed(number for number, _ in hidden)}"
    places = [place(number, cells) for number, cells in hidden[:10]]
    return "; ".join([*places, *(["другие"] if len(hidden) > 10 else [])])


def taken(rows: Sequence[Any]) -> list[tuple[int, Cells]]:
    """Return the rows that are to be loaded."""
    return [(number, cells) for number, cells in rows if ASIDE not in cells]


def chosen(rows: Sequence[Any], sheets: Collection[str], *, with_hidden: bool) -> list[Any]:
    """Return the rows of a load with those marked that are to be left aside.

    Args:
        rows: all of them.
        sheets: names of those to be loaded, where there are several.
        with_hidden: whether hidden rows are loaded too.
    """
    return [[number, _marked(cells, sheets, with_hidden=with_hidden)] for number, cells in rows]


def _marked(cells: Cells, sheets: Collection[str], *, with_hidden: bool) -> Cells:
    bare = {key: cell for key, cell in cells.items() if key != ASIDE}
    if SHEET in cells and cells[SHEET] not in sheets:
        return {**bare, ASIDE: SHEET}
    return {**bare, ASIDE: HIDDEN} if HIDDEN in cells and not with_hidden else bare
