"""Filters of a register: which of its lines are shown, and how many there are of each sort."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nastav import ru
from nastav.coverage.lacking import State
from nastav.people.models import Kind
from nastav.people.rows import Entry


class Show(StrEnum):
    """Which lines of a register are shown."""

    CURRENT = "current"
    UNPAIRED = "unpaired"
    ALONE = "alone"  # of these, in a pair that has nobody on the other side
    UNDECIDED = "undecided"  # in a pair of which nobody decided what comes after 31 August
    FINISHED = "finished"  # a pair of theirs was closed, and they are in none now
    UNCONSENTED = "unconsented"
    DOUBLED = "doubled"  # may stand in another school's register as well
    LEFT = "left"
    MISTAKES = "mistakes"


class Sort(StrEnum):
    """How a register is sorted."""

    NAME = "name"
    CLASS = "class"


@dataclass(frozen=True)
class Marks:
    """What the filters ask besides the register itself: ids of persons."""

    paired: Container[int]  # in a pair or group today
    states: Mapping[int, State]  # how each of the register stands today
    finished: Container[int]  # in a pair that was closed
    unconsented: Container[int]
    doubled: Container[int] = ()


@dataclass(frozen=True)
class Tally:
    """How many stand in a register now, pupils among them, and how many each filter shows."""

    people: int
    pupils: int
    shown: Mapping[Show, int]


class Register:
    """All lines of a register, sorted by name, with what is known of their people."""

    def __init__(self, entries: list[Entry], marks: Marks) -> None:
        self._entries = entries
        self._marks = marks
        self._current = {entry.person_id for entry in entries if _is_current(entry)}

    def tally(self) -> Tally:
        """Return the counts."""
        current = [entry for entry in self._entries if _is_current(entry)]
        pupils = sum(entry.kind is Kind.PUPIL for entry in current)
        shown = {show: len(self._lines(show)) for show in Show}
        return Tally(len(current), pupils, shown)

    def chosen(self, show: Show, sort: Sort, query: str) -> list[Entry]:
        """Return the lines asked for: by name, or by class and then by name.

        Args:
            show: which of them.
            sort: the order.
            query: what was typed into the search.
        """
        words = ru.search_words(query)
        rows = [line for line in self._lines(show) if line.matches(words)]
        return sorted(rows, key=lambda entry: entry.class_key) if sort is Sort.CLASS else rows

    def _lines(self, show: Show) -> list[Entry]:
        return [entry for entry in self._entries if self._is_shown(entry, show)]

    def _is_shown(self, entry: Entry, show: Show) -> bool:
        if show is Show.MISTAKES or entry.is_mistake:
            return show is Show.MISTAKES and entry.is_mistake
        if show is Show.LEFT:
            return entry.left is not None
        if show is Show.FINISHED:
            return self._has_finished(entry)
        if entry.left is not None:
            return False
        marks, state = self._marks, self._marks.states.get(entry.person_id)
        marked = {
            Show.UNPAIRED: state in (State.ALONE, State.WITHOUT),
            Show.ALONE: state is State.ALONE,
            Show.UNDECIDED: state is State.UNDECIDED,
            Show.UNCONSENTED: entry.person_id in marks.unconsented,
            Show.DOUBLED: entry.person_id in marks.doubled,
        }
        return marked.get(show, True)

    def _has_finished(self, entry: Entry) -> bool:
        """Tell it once of a person: by the line that stands, or by those that ended."""
        is_last = entry.left is None or entry.person_id not in self._current
        marks = self._marks
        return is_last and entry.person_id in marks.finished and entry.person_id not in marks.paired


def _is_current(entry: Entry) -> bool:
    return entry.left is None and not entry.is_mistake
