"""Filters and pages of the lists: what of a register or of the pairs is shown."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from nastav import ru
from nastav.pairs.models import PairState
from nastav.pairs.queries import PairRow
from nastav.people.models import Kind
from nastav.people.queries import Entry

PER_PAGE = 100
Row = TypeVar("Row")


class Show(StrEnum):
    """Which lines of a register are shown."""

    CURRENT = "current"
    UNPAIRED = "unpaired"
    LEFT = "left"
    MISTAKES = "mistakes"


class Sort(StrEnum):
    """How a register is sorted."""

    NAME = "name"
    CLASS = "class"


class ShowPairs(StrEnum):
    """Which pairs are shown."""

    ALL = "all"
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    LACKING = "lacking"  # go on, but lost their mentor or every mentee


STATES = {
    ShowPairs.DRAFT: (PairState.DRAFT,),
    ShowPairs.OPEN: (PairState.ACTIVE, PairState.PAUSED),
    ShowPairs.CLOSED: (PairState.CLOSED,),
}


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list, and how long the whole is."""

    rows: list[Row]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Tally:
    """How many stand in a register now: people, pupils among them, those without a pair."""

    people: int
    pupils: int
    unpaired: int


def tally(entries: list[Entry], paired: Container[int]) -> Tally:
    """Return the counts of a register."""
    current = [one for one in entries if _is_current(one)]
    pupils = sum(one.kind is Kind.PUPIL for one in current)
    return Tally(len(current), pupils, sum(one.person_id not in paired for one in current))


def chosen(
    entries: list[Entry], paired: Container[int], show: Show, sort: Sort, query: str
) -> list[Entry]:
    """Return the lines of a register that are asked for, in the order asked for.

    Args:
        entries: the whole register, sorted by name.
        paired: ids of the persons who are in a pair today.
        show: which of them.
        sort: by name, or by class and then by name.
        query: what was typed into the search.
    """
    key = ru.search_key(query)
    rows = [one for one in entries if _is_shown(one, paired, show) and one.matches(key)]
    return sorted(rows, key=lambda one: one.class_key) if sort is Sort.CLASS else rows


def chosen_pairs(pairs: list[PairRow], show: ShowPairs, query: str) -> list[PairRow]:
    """Return the pairs that are asked for."""
    key = ru.search_key(query)
    if show is ShowPairs.LACKING:
        pairs = [one for one in pairs if one.lacks]
    elif show in STATES:
        pairs = [one for one in pairs if one.state in STATES[show]]
    return [one for one in pairs if one.matches(key)]


def page_of(rows: list[Row], page: int) -> Slice[Row]:
    """Return a page of a list; a number beyond the last gives the last."""
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(page, 1), pages)
    return Slice(rows[(page - 1) * PER_PAGE : page * PER_PAGE], len(rows), page, pages)


def _is_current(one: Entry) -> bool:
    return one.left is None and not one.is_mistake


def _is_shown(one: Entry, paired: Container[int], show: Show) -> bool:
    if show is Show.MISTAKES:
        return one.is_mistake
    if show is Show.LEFT:
        return one.left is not None and not one.is_mistake
    return _is_current(one) and (show is Show.CURRENT or one.person_id not in paired)


@dataclass(frozen=True)
class Options:
    """Mentees to tick: those ticked first, then those without a pair, then the others."""

    ticked: list[Entry]
    free: list[Entry]
    paired: list[Entry]

    @property
    def total(self) -> int:
        """Return how many a search found, those ticked left out."""
        return len(self.free) + len(self.paired)


def options(
    entries: list[Entry], paired: Container[int], ticked: set[int], on: date, query: str
) -> Options:
    """Return the mentees of a register on a day for a picker; what is ticked is never searched away."""
    key = ru.search_key(query)
    present = [one for one in entries if one.is_on(on)]
    rest = [one for one in present if one.person_id not in ticked and one.matches(key)]
    return Options(
        ticked=[one for one in present if one.person_id in ticked],
        free=[one for one in rest if one.person_id not in paired],
        paired=[one for one in rest if one.person_id in paired],
    )
