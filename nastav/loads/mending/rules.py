"""The rows of a load after some of them were mended. Pure."""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from nastav.columns.column import Cells, plain

Rows = Sequence[tuple[int, Cells]]


def print_of(cells: Cells) -> str:
    """Return a short print of a row's cells: a form made from others is out of date."""
    return hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()[:16]


def replaced(rows: Rows, number: int, typed: Mapping[str, str]) -> list[list[object]]:
    """Return the rows with what was typed into one of them; cells its form does not show stay."""
    return [[at, _merged(cells, typed) if at == number else dict(cells)] for at, cells in rows]


def filled(rows: Rows, key: str, value: str, numbers: Collection[int]) -> list[list[object]]:
    """Return the rows with one value in a column of several of them."""
    return [
        [at, _merged(cells, {key: value}) if at in numbers else dict(cells)] for at, cells in rows
    ]


def _merged(cells: Cells, typed: Mapping[str, str]) -> Cells:
    merged = {**cells, **{key: plain(text) for key, text in typed.items()}}
    return {key: text for key, text in merged.items() if text}
