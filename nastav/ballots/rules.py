"""Codes of links, and what a link or a set says of itself; no database."""

import secrets
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST, MOST = 5, 60  # links in a set; a smaller set would tell who answered
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"  # 32 signs: no 0, 1, l, o
LENGTH = 13  # × 5 bits = 65 bits: not to be guessed
DAYS = 14  # how long links work unless another day is chosen


class Standing(StrEnum):
    """What can be done with a link."""

    OPEN = "open"
    USED = "used"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SetStanding:
    """A set as its page shows it."""

    size: int
    given: int  # ballots in the box, or taken out of it
    is_counted: bool
    is_expired: bool

    @property
    def may_open(self) -> bool:
        """Tell whether the box may be opened: with fewer ballots one could tell who said what."""
        return not self.is_counted and self.given >= LEAST

    @property
    def words(self) -> str:
        if self.is_counted:
            return "закрыт, ответы учтены"
        return "срок прошёл" if self.is_expired else "открыт"


def new_code() -> str:
    """Return the code of a new link."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed_code(text: str) -> str:
    """Return a code as it is kept, from how a person typed it: capitals, spaces, hyphens."""
    return "".join(letter for letter in text.lower() if letter.isalnum())[:LENGTH]


def shown(code: str) -> str:
    """Return a code in groups that are easy to type."""
    return "-".join((code[:4], code[4:8], code[8:]))


def coarse(made_on: date) -> date:
    """Return the day kept with answers of a set: the first of the month the set was made in."""
    return made_on.replace(day=1)
