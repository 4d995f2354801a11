"""A native chart of a sheet, as plain data: which columns are drawn, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a column is drawn; areas stand one upon the other."""

    AREA = "area"
    BARS = "column"
    LINE = "line"
    POINTS = "points"  # a line with a dot at each number, so that a lonely one is seen
    DASHES = "dashes"
    TICKS = "ticks"  # short level marks, no line between them


UNDER = (Mark.AREA, Mark.BARS)  # what lies under the lines; one of them a chart


@dataclass(frozen=True)
class Series:
    """A column of the form: `first` and `last` of its rows, counted from 0 (None: to the end)."""

    key: str
    mark: Mark
    colour: str  # «#RRGGBB»
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Chart:
    """A chart beside the table: `along` is the column of what stands under it."""

    title: str
    along: str
    series: Sequence[Series]
    is_of_days: bool = False  # `along` holds days, a month apart from the next

    def __post_init__(self) -> None:
        if len({each.mark for each in self.series if each.mark in UNDER}) != 1:
            raise ValueError(f"{self.title}: a chart needs areas or bars, not both")


@dataclass(frozen=True)
class Run:
    """Neighbouring columns of a row, drawn from left to right; an empty cell breaks the line."""

    first: str
    last: str
    title: str
    mark: Mark
    colour: str


@dataclass(frozen=True)
class Small:
    """Small charts under the table, one a row of it, each on a scale of its own from zero.

    What is in the first column is its title, the headings of the first run stand under it.
    """

    runs: Sequence[Run]
