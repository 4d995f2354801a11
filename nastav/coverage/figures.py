"""What counting gives: figures of a school and of the district, with the arithmetic done on them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nastav import ru
from nastav.people.models import Part


class Basis(StrEnum):
    """Which count of children is compared with the plan: a setting of the district."""

    IN_PAIR = "in_pair"
    MET = "met"
    IN_REGISTER = "in_register"


@dataclass(frozen=True)
class Figure:
    """Children of one part against the plan, in people; None is «не введён» or «нет данных»."""

    target: int | None
    actual: int | None  # what the district compares with the plan: one of the three below
    in_pair: int | None
    met: int | None  # of those in a pair, who were at a meeting at least once
    in_register: int | None
    adults: int  # not pupils, in pairs: young teachers, teacher-mentors; shown apart, never counted

    @property
    def gap(self) -> int | None:
        """Return fact minus plan, or None where either is unknown."""
        return None if self.actual is None or self.target is None else self.actual - self.target

    @property
    def missing(self) -> int:
        """Return how many people are missing to the plan; a school without data lacks them all."""
        return max(0, (self.target or 0) - (self.actual or 0))

    @property
    def share(self) -> Decimal | None:
        """Return fact of plan in per cent, one decimal; None for a plan of 0 and for no data."""
        return ru.share(self.actual, self.target)

    @property
    def percent(self) -> str:
        """Return «90,9 %», or «—»."""
        return ru.percent(self.actual, self.target)

    def against(self, target: int | None) -> "Figure":
        """Return the same people against another plan (the order's printed total)."""
        return replace(self, target=target)


def total(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures: unknown ones are left out, and nothing known stays unknown."""
    rows = list(figures)
    return Figure(
        target=_sum(row.target for row in rows),
        actual=_sum(row.actual for row in rows),
        in_pair=_sum(row.in_pair for row in rows),
        met=_sum(row.met for row in rows),
        in_register=_sum(row.in_register for row in rows),
        adults=sum(row.adults for row in rows),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class SchoolCoverage:
    """One school in one calendar year."""

    school_id: int
    name: str
    has_data: bool  # somebody was entered for this school and year (rules.md#no-data)
    mentees: Figure
    mentors: Figure

    def of(self, part: Part) -> Figure:
        """Return the figure of a part."""
        return self.mentees if part is Part.MENTEE else self.mentors


@dataclass(frozen=True)
class DistrictCoverage:
    """All schools of a district in one calendar year, in the order's order, with the sums.

    `mentees` and `mentors` are sums of the schools' cells: the headline and every text use these.
    """

    district_id: int
    year: int
    on: date  # the last day counted: the day asked for, or 31 December
    basis: Basis
    has_plan: bool  # somebody opened a plan for this year
    schools: tuple[SchoolCoverage, ...]
    printed_mentees: int | None
    printed_mentors: int | None
    doubles: int  # matches of two schools in the year that nobody has decided: two children, or one

    @property
    def mentees(self) -> Figure:
        """Return the sum of mentees."""
        return total(row.mentees for row in self.schools)

    @property
    def mentors(self) -> Figure:
        """Return the sum of mentors."""
        return total(row.mentors for row in self.schools)

    def of(self, part: Part) -> Figure:
        """Return the sum of a part."""
        return self.mentees if part is Part.MENTEE else self.mentors

    def printed(self, part: Part) -> Figure:
        """Return the same people against the total as the order prints it; target None: no total."""
        wanted = self.printed_mentees if part is Part.MENTEE else self.printed_mentors
        return self.of(part).against(wanted)

    @property
    def has_printed(self) -> bool:
        """Tell whether the order prints totals for this year."""
        return self.printed_mentees is not None or self.printed_mentors is not None

    @property
    def without_data(self) -> list[str]:
        """Return the schools for which nobody was entered in the year."""
        return [row.name for row in self.schools if not row.has_data]

    @property
    def has_begun(self) -> bool:
        """Tell whether the year had begun on the day asked for."""
        return self.on >= date(self.year, 1, 1)
