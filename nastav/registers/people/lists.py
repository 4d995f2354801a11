"""Filters of a register: which of its lines are shown, and how many there are of each sort."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

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


class Column(StrEnum):
    """What a register is sorted by."""

    NUMBER = "number"
    NAME = "name"
    CLASS = "class"
    NEED = "need"
    TRAINED = "trained"
    OTHERS = "others"  # the mentor of a mentee, the mentees of a mentor
    CONSENT = "consent"
    JOINED = "joined"


@dataclass(frozen=True)
class Order:
    """How a register is sorted, as an address says it: «class», backwards «-class»."""

    column: Column = Column.NAME
    is_backward: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Read an address.

        Raises:
            ValueError: it names no column.
        """
        return cls(Column(text.removeprefix("-")), text.startswith("-"))

    def __str__(self) -> str:
        return f"{'-' if self.is_backward else ''}{self.column}"

    def towards(self, column: str) -> str:
        """Return the order that a press on a heading asks for."""
        return f"-{column}" if (self.column, self.is_backward) == (column, False) else column

    def aria(self, column: str) -> str:
        """Return how a screen reader is told of a column: which way, or nothing."""
        if self.column != column:
            return ""
        return "descending" if self.is_backward else "ascending"


@dataclass(frozen=True)
class Asked:
    """What an address asks of a register: no name."""

    show: Show = Show.CURRENT
    order: Order = field(default_factory=Order)
    class_name: str = ""  # «7 «А»», as the filter's choices are written
    kind_id: int = 0  # form of mentoring

    def address(self, **changed: Any) -> dict[str, Any]:
        """Return the fields of an address that asks for this, with some of them changed."""
        fields = {
            "show": self.show.value,
            "sort": str(self.order),
            "class": self.class_name,
            "form": self.kind_id,
        }
        return {name: value for name, value in (fields | changed).items() if value}


@dataclass(frozen=True)
class Marks:
    """What the filters ask besides the register itself: ids of persons."""

    paired: Container[int]  # in a pair or group today
    states: Mapping[int, State]  # how each of the register stands today
    finished: Container[int]  # in a pair that was closed
    unconsented: Container[int]
    doubled: Container[int] = ()
    others: Mapping[int, str] = field(
        default_factory=dict
    )  # the first on the other side, to sort by
    kinds: Mapping[int, Container[int]] = field(default_factory=dict)  # forms of their pairs
    consented: Mapping[int, date] = field(default_factory=dict)
    trained: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """How many stand in a register now, pupils among them, and how many each filter shows."""

    people: int
    pupils: int
    shown: Mapping[Show, int]


class Register:
    """All lines of a register, sorted by name, with what is known of their people."""

    def __init__(self, entries: list[Entry], marks: Marks) -> None:
        self.entries = entries
        self._marks = marks
        self._current = {entry.person_id for entry in entries if _is_current(entry)}

    def tally(self) -> Tally:
        """Return the counts."""
        current = [entry for entry in self.entries if _is_current(entry)]
        pupils = sum(entry.kind is Kind.PUPIL for entry in current)
        shown = {show: len(self._lines(show)) for show in Show}
        return Tally(len(current), pupils, shown)

    def classes(self) -> list[str]:
        """Return the classes of those in the register now, the lowest first."""
        current = [entry for entry in self.entries if _is_current(entry) and entry.school_class]
        return list(dict.fromkeys(entry.group for entry in sorted(current, key=_by_class)))

    def chosen(self, asked: Asked, query: str) -> list[Entry]:
        """Return the lines asked for in their order, equals by name.

        Args:
            asked: which of them, and the order.
            query: what was typed into the search.
        """
        words = ru.search_words(query)
        rows = [
            line
            for line in self._lines(asked.show)
            if line.matches(words)
            and asked.class_name in ("", line.group)
            and (not asked.kind_id or asked.kind_id in self._marks.kinds.get(line.person_id, ()))
        ]
        return self._sorted(rows, asked.order)

    def _sorted(self, rows: list[Entry], order: Order) -> list[Entry]:
        """Sort by a column; who has nothing in it comes last, whichever way."""
        if order.column is Column.NAME:
            return rows[::-1] if order.is_backward else rows
        value = self._values(order.column)
        known = [(value(row), row) for row in rows]
        full = [pair for pair in known if pair[0] is not None]
        full.sort(key=lambda pair: pair[0], reverse=order.is_backward)
        return [row for _, row in full] + [row for key, row in known if key is None]

    def _values(self, column: Column) -> Callable[[Entry], Any]:
        marks = self._marks
        return {
            Column.NUMBER: lambda row: row.number,
            Column.CLASS: lambda row: row.class_key if row.school_class else None,
            Column.NEED: lambda row: ru.sort_key(row.need) or None,
            Column.TRAINED: lambda row: marks.trained.get(row.person_id),
            Column.OTHERS: lambda row: marks.others.get(row.person_id),
            Column.CONSENT: lambda row: marks.consented.get(row.person_id),
            Column.JOINED: lambda row: row.joined,
        }[column]

    def _lines(self, show: Show) -> list[Entry]:
        return [entry for entry in self.entries if self._is_shown(entry, show)]

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


def _by_class(entry: Entry) -> tuple[int, str]:
    return entry.class_key


def _is_current(entry: Entry) -> bool:
    return entry.left is None and not entry.is_mistake
