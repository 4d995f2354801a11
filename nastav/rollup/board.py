"""The matrix of a school year as it was read: its cells, what is counted of them, its filter. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from nastav.rollup import words
from nastav.stages.models import StageState
from nastav.stages.records import StageHead, StageLine
from nastav.stages.rules import LOCKED

OVERDUE = "overdue"  # counted beside the states (rules.md#state-and-lateness)
OVERDUE_RETURNED = "overdue_returned"
SOON = timedelta(days=1)  # a stage due today or tomorrow has its column marked


@dataclass(frozen=True)
class Filter:
    """What of the matrix is asked for; None and False ask for everything."""

    state: StageState | None = None
    stage: int | None = None  # its number
    school: int | None = None  # its id
    only_overdue: bool = False

    @property
    def is_set(self) -> bool:
        """Tell whether anything is left out."""
        return self != Filter()

    @property
    def query(self) -> dict[str, str]:
        """Return what of an address asks for the same."""
        asked = {"state": self.state, "stage": self.stage, "school": self.school}
        found = {name: str(value) for name, value in asked.items() if value is not None}
        return found | ({"overdue": "y"} if self.only_overdue else {})

    def takes(self, line: StageLine) -> bool:
        """Tell whether a cell of the columns shown is among those asked for."""
        return (
            self.state in (None, line.state)
            and self.school in (None, line.school_id)
            and (line.standing.is_overdue or not self.only_overdue)
        )


class Cell(NamedTuple):
    """A stage of a school in the matrix."""

    line: StageLine
    stage: StageHead
    school: str
    is_changed: bool = False  # accepted, and something it rested on is gone
    is_asked: bool = True  # False: shown pale, beside the cells a filter asked for

    @property
    def key(self) -> str:
        """Return the key for colour and icon: lateness first."""
        return self.line.standing.key

    @property
    def counts(self) -> tuple[str, ...]:
        """Return the keys under which the cell is counted: its state, and lateness beside it."""
        if not self.line.standing.is_overdue:
            return (self.line.state.value,)
        is_returned = self.line.state is StageState.RETURNED
        return (self.line.state.value, OVERDUE, *((OVERDUE_RETURNED,) if is_returned else ()))

    @property
    def short(self) -> str:
        """Return what stands in the cell."""
        return words.short(self.line)

    @property
    def reason(self) -> str:
        """Return why the cell is late, or until when it is to be mended, beside what stands in it."""
        return words.reason(self.line)

    @property
    def mark(self) -> str:
        """Return the small mark of what came late."""
        return words.mark(self.line, is_changed=self.is_changed)

    @property
    def full(self) -> str:
        """Return the state in words, as Excel has it."""
        return words.full(self.line, is_changed=self.is_changed)

    @property
    def unseen(self) -> str:
        """Return the state in words where the cell shows signs; a screen reader has the headings beside."""
        seen = f"{self.short}, {self.mark}" if self.mark else self.short
        return "" if self.full == seen else self.full


class Sent(NamedTuple):
    """How complete and how timely something is: stages expected, sent, and sent on time.

    Sent is what waits for the coordinator or is accepted; both shares are of what is expected.
    """

    expected: int
    actual: int
    on_time: int


def sent(cells: Iterable[Cell]) -> Sent:
    """Return how many stages are expected, how many sent, how many of these on time."""
    lines = [cell.line for cell in cells]
    locked = [line for line in lines if line.is_locked]
    return Sent(len(lines), len(locked), sum(not line.came_late for line in locked))


@dataclass(frozen=True)
class Row:
    """A school's line of the matrix."""

    school_id: int
    school: str
    cells: tuple[Cell, ...]

    def count(self, key: str) -> int:
        """Return how many stages of the school stand so; `key` as in `Cell.counts`."""
        return sum(key in cell.counts for cell in self.cells)

    @property
    def sent(self) -> Sent:
        """Return how many of the school's stages are sent, and how many on time."""
        return sent(self.cells)


@dataclass(frozen=True)
class Board:
    """The matrix of a school year on a day: its stages, its schools in the order's order."""

    first_year: int
    today: date
    stages: tuple[StageHead, ...]
    rows: tuple[Row, ...]

    @cached_property
    def cells(self) -> list[Cell]:
        """Return all cells, school by school."""
        return [cell for row in self.rows for cell in row.cells]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(key for cell in self.cells for key in cell.counts)

    def count(self, key: str) -> int:
        """Return how many cells stand so; `key` as in `Cell.counts`."""
        return self._counts[key]

    @property
    def asked(self) -> int:
        """Return how many cells a filter asked for."""
        return sum(cell.is_asked for cell in self.cells)

    @property
    def next_due(self) -> date | None:
        """Return the nearest deadline to come, today included; None when all are past."""
        return min((stage.due for stage in self.stages if stage.due >= self.today), default=None)

    @property
    def unsent_by_next_due(self) -> int:
        """Return how many stages due on the nearest deadline are not sent yet."""
        due = self.next_due
        return sum(cell.stage.due == due and cell.line.state not in LOCKED for cell in self.cells)

    def sent_of(self, stage: StageHead) -> Sent:
        """Return how many schools have sent a stage, and how many on time."""
        return sent(cell for cell in self.cells if cell.stage.id == stage.id)

    @cached_property
    def sent(self) -> Sent:
        """Return how many stages of the whole district are sent, and how many on time."""
        return sent(self.cells)

    def is_soon(self, stage: StageHead) -> bool:
        """Tell whether a stage is due today or tomorrow."""
        return self.is_within(stage, SOON)

    def is_within(self, stage: StageHead, span: timedelta) -> bool:
        """Tell whether a stage is due today or within a span."""
        return self.today <= stage.due <= self.today + span

    def due_words(self, stage: StageHead) -> str:
        """Return «до», or «завтра,» and «сегодня,» where the deadline is that near."""
        if stage.due == self.today:
            return "сегодня,"
        return "завтра," if self.is_soon(stage) else "до"

    def only(self, asked: Filter) -> "Board":
        """Return the schools that have a cell asked for, the column asked for; other cells are pale."""
        if not asked.is_set:
            return self
        shown = tuple(stage for stage in self.stages if asked.stage in (None, stage.ordinal))
        rows = (_narrowed(row, asked) for row in self.rows)
        kept = tuple(row for row in rows if any(cell.is_asked for cell in row.cells))
        return replace(self, stages=shown, rows=kept)


def _narrowed(row: Row, asked: Filter) -> Row:
    cells = (
        cell._replace(is_asked=asked.takes(cell.line))
        for cell in row.cells
        if asked.stage in (None, cell.line.ordinal)
    )
    return replace(row, cells=tuple(cells))


def overdue(matrix: Board) -> list[Row]:
    """Return the schools that are behind, with their overdue stages alone, in the order's order."""
    is_late: Callable[[Cell], bool] = lambda cell: cell.line.standing.is_overdue  # noqa: E731
    rows = (replace(row, cells=tuple(filter(is_late, row.cells))) for row in matrix.rows)
    return [row for row in rows if row.cells]
