"""The plan of a few years as appendix 1 lays it out: a line a school, a pair of columns a year. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from nastav import ru
from nastav.plan.models import PlanYear
from nastav.plan.rules import share

MENTEES, MENTORS = "mentees", "mentors"
BASES = {MENTEES: "mentee_base", MENTORS: "mentor_base"}
_WHO = {MENTEES: "наставляемых", MENTORS: "наставников"}


@dataclass(frozen=True)
class Column:
    """A column of cells: of whom, in which year; the pupils of a base have no year."""

    part: str  # MENTEES or MENTORS
    year: int | None
    label: str  # «2020 год, наставляемых»

    @property
    def name(self) -> str:
        """Return the begin of its fields' names, also its key in a workbook."""
        return f"{self.part}_{self.year}" if self.year else BASES[self.part]


Key = tuple[int, str]  # a school and the name of a column
Figures = Mapping[Key, int | None]
Change = tuple[str, int | None, int | None]  # «СОШ №7, 2022 год, наставляемых», from, to


@dataclass(frozen=True)
class Foot:
    """What stands under a column; None where there is nothing to add up or to compare."""

    name: str
    total: int | None
    share: str  # of the pupils: «10,0 %» or «—»
    printed: int | None
    gap: int | None  # the sum less what the order prints


@dataclass(frozen=True)
class Grid:
    """The cells of a few years; None is «не введён», 0 is a plan of nobody.

    Attributes:
        plans: the years, the earliest first.
        schools: (id, name) in the order's order.
        grades: of the pupils that the mentors' plan is a share of: «9–11».
        cells: of every school and column.
        printed: what the order prints; only of cells in a year that it prints.
    """

    plans: tuple[PlanYear, ...]
    schools: tuple[tuple[int, str], ...]
    grades: str
    cells: Figures = field(default_factory=dict)
    printed: Figures = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """Return the years, the earliest first."""
        return [plan.year for plan in self.plans]

    @property
    def span(self) -> str:
        """Return «2020–2024»."""
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first}–{last}"

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns from left to right: the two bases, then the years."""
        pupils = (
            Column(MENTEES, None, "обучающихся всего"),
            Column(MENTORS, None, f"обучающихся {self.grades} классов"),
        )
        years = [
            Column(part, year, f"{year} год, {who}")
            for year in self.years
            for part, who in _WHO.items()
        ]
        return (*pupils, *years)

    def label(self, key: Key) -> str:
        """Return «СОШ №7, 2022 год, наставляемых»."""
        return f"{self._names[key[0]]}, {self._labels[key[1]]}"

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self.schools)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {column.name: column.label for column in self.columns}

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Return the keys of the cells, line after line."""
        return tuple((row, column.name) for row, _ in self.schools for column in self.columns)

    def with_cells(self, cells: Figures) -> "Grid":
        """Return the grid with other figures in some of its cells."""
        return replace(self, cells={**self.cells, **cells})

    def as_ordered(self) -> "Grid":
        """Return the grid with what the order prints in each of the cells it has."""
        return self.with_cells(self.printed)

    def changes(self, wanted: Figures) -> dict[Key, Change]:
        """Return the cells that would say something else, in the order of the grid."""
        return {
            key: (self.label(key), self.cells.get(key), wanted[key])
            for key in self.keys
            if key in wanted and wanted[key] != self.cells.get(key)
        }

    def in_order(self, key: Key) -> str:
        """Return «в приказе 45» of a cell that says something else; empty where it does not."""
        if key not in self.printed or self.printed[key] == self.cells.get(key):
            return ""
        printed = self.printed[key]
        return f"в приказе {'нет' if printed is None else ru.number(printed)}"

    @property
    def edited(self) -> list[Key]:
        """Return the cells that say something else than the order, line after line."""
        return [key for key in self.keys if self.in_order(key)]

    @property
    def foot(self) -> list[Foot]:
        """Return the sums under the columns beside what the order prints."""
        return [self._foot(column) for column in self.columns]

    def _foot(self, column: Column) -> Foot:
        total = _sum(self._down(column.name))
        if column.year is None:
            return Foot(column.name, total, "", None, None)
        plan = next(plan for plan in self.plans if plan.year == column.year)
        printed = plan.printed_mentees if column.part == MENTEES else plan.printed_mentors
        gap = None if total is None or printed is None else total - printed
        pairs = zip(self._down(column.name), self._down(BASES[column.part]), strict=True)
        return Foot(column.name, total, share(pairs), printed, gap)

    def _down(self, name: str) -> list[int | None]:
        return [self.cells.get((school_id, name)) for school_id, _ in self.schools]


def _sum(cells: Iterable[int | None]) -> int | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known else None
