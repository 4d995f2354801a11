"""Filters of a register: which of its lines are shown, and how many there are of each sort."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from nastav import ru
from nastav.people.models import Kind
from nastav.people.queries import Entry


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


def _is_current(one: Entry) -> bool:
    return one.left is None and not one.is_mistake


def _is_shown(one: Entry, paired: Container[int], show: Show) -> bool:
    if show is Show.MISTAKES:
        return one.is_mistake
    if show is Show.LEFT:
        return one.left is not None and not one.is_mistake
    return _is_current(one) and (show is Show.CURRENT or one.person_id not in paired)
