"""What a column of a register's table is, and the readers that columns share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nastav import dates, ru
from nastav.people.models import Part
from nastav.people.rows import Entry

Value = str | int | date | None
Cells = dict[str, str]  # key of the column → what stands there, never empty
BOTH = tuple(Part)
SKIPPED = "skipped"  # what somebody said is not to be loaded
DROPPED = "dropped"  # numbering, and what our own file of bad rows adds


class Room(StrEnum):
    """Where a column's value is kept."""

    REGISTER = "register"
    PROFILE = "profile"
    CONSENT = "consent"
    PAIR = "pair"


@dataclass(frozen=True)
class Column:
    """A column: its title in our files, the pattern its heading's search key matches.

    `write`: what our files hold of a person (None: understood, but not in our files); `read`: the value
    of a cell for the field called `key`, a ValueError says what to mend (None: `rules.py` reads it).
    Beside the register `said` takes the place of `write`: a value as our files and pages say it, and
    what is read as None says nothing.
    """

    key: str
    title: str
    heading: str
    write: Callable[[Entry], Value] | None = None
    read: Callable[[str], Any] | None = None
    room: Room = Room.REGISTER
    said: Callable[[Any], Value] | None = None
    parts: tuple[Part, ...] = BOTH
    hint: str = ""
    example: str = ""
    width: float = 18
    is_day: bool = False
    in_template: bool = True
    of_parents: bool = False  # the heading may name parents or teachers: «Согласие родителей»
    of_pairs: bool = False  # … and the other register: «Желаемый возраст наставляемых»


@dataclass(frozen=True)
class Change:
    """A value of a known person that the row has otherwise; `key` as in `columns` or `Entry`."""

    key: str
    title: str
    old: str
    new: str
    value: Any
    room: Room = Room.REGISTER


@dataclass(frozen=True)
class Asked:
    """A column that nobody understands: its key in the rows, its heading, the first values in it."""

    key: str
    heading: str
    place: int  # from 1
    samples: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return «Дети» in quotes, or «3-й» of a column without a heading."""
        return f"«{self.heading[:60]}»" if self.heading else f"{self.place}-й"


class TooLong(ValueError):
    """A text that does not fit: it is refused, for cutting it would lose what was typed."""


def plain(value: str) -> str:
    """Return a text with its spaces and line breaks folded, as cells are compared."""
    return " ".join(value.split())


def text(limit: int) -> Callable[[str], str]:
    """Return a reader of a text of at most so many signs."""

    def read(cell: str) -> str:
        if len(cell) > limit:
            raise TooLong(f"«{cell[:30]}…». {ru.too_long(len(cell), limit)}")
        return cell

    return read


def passed_over(title: str, cell: str, mistake: ValueError) -> str:
    """Return the notice of an optional cell that cannot be read: its row loads without it."""
    why = str(mistake)
    return f"«{title}»: «{cell[:40]}» не загрузится. {why}{'' if why.endswith('.') else '.'}"


def day(cell: str) -> date:
    """Return a date that is not in the future."""
    found = ru.parse_date(cell, today=dates.today())
    if found > dates.today():
        raise ValueError(f"Дата {ru.date_short(found)} ещё не наступила.")
    return found
