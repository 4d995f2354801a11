"""Reads a table that somebody sent (security.md#s13): judged by its content before anything opens it.

A process of its own reads it (`child`), so that a file nobody thought of costs a sentence and not the site.
"""

from dataclasses import dataclass
from typing import Any

from nastav import signs
from nastav.intake import apart
from nastav.intake.inspection import BadWorkbook, inspect

CHILD = "nastav.intake.child"


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: rows that hold anything, by their number in Excel; `is_cut`: more was there."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_cut: bool = False
    is_hidden: bool = False
    hidden: frozenset[int] = frozenset()  # rows, by hand or by a filter


@dataclass(frozen=True)
class File:
    """What was read of a file, and what its kind leaves open."""

    sheets: tuple[Sheet, ...]
    is_text: bool = False  # shows neither what is hidden nor what is merged
    is_guessed: bool = False  # its letters were taken for Windows-1251


def read(content: bytes) -> File:
    """Return the sheets of a table. To be called outside a transaction: it takes a moment.

    Raises:
        BadWorkbook: the file is no table, too large, damaged, or dangerous to open; or others' files
            are being read.
    """
    try:
        with apart.turn():
            kind = inspect(content)
            return as_file(kind, apart.answer(CHILD, [kind], content))
    except apart.Busy:
        raise BadWorkbook("busy") from None


def as_file(kind: str, answer: Any) -> File:
    """Return what the child said of a file of that kind.

    Raises:
        BadWorkbook: it could not read the file.
    """
    if reason := answer.get("error"):
        raise BadWorkbook({"large": "bomb"}.get(reason, reason))
    sheets = tuple(map(_sheet, answer["sheets"]))
    return File(sheets, is_text=kind == "text", is_guessed=answer.get("is_guessed", False))


def _sheet(answer: Any) -> Sheet:
    return Sheet(
        signs.readable(answer["name"]),
        tuple((number, tuple(map(signs.readable, cells))) for number, cells in answer["rows"]),
        answer["is_cut"],
        answer["is_hidden"],
        frozenset(answer["hidden"]),
    )
