"""What counting gives: figures of a school and of the district, with the arithmetic done on them."""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from nastav import ru
from nastav.people.models import Part
from nastav.plan.queries import UNEDITED, Edit, Edits


class Basis(StrEnum):
    """Which count of children is compared with the plan: a setting of the district."""

    IN_PAIR = "in_pair"
    MET = "met"
    IN_REGISTER = "in_register"


class Verdict(StrEnum):
    """Whether somebody in a pair (or the register) is counted as a child, else why not."""

    COUNTED = "counted"
    TOO_YOUNG = "too_young"  # a pupil mentor below the grade that the district counts from
    UNDER_AGE = "under_age"  # the same where no class is known: below the age
    TOO_OLD = "too_old"
    NO_CLASS = "no_class"  # a pupil mentor of whom neither a class nor an age is known
    YOUNG_TEACHER = "young_teacher"  # a mentee who is a teacher
    OTHER_ADULT = "other_adult"
    # of children who would count, and do not: how they stand on the last day
    ALONE = "alone"  # in a pair without its other side
    UNDECIDED = "undecided"  # in a pair that counts no more, and nobody decided of it
    # of those counted: every pair they stand in on the last day has not met for long
    SILENT = "silent"


EXCEPTIONS: Final = tuple(verdict for verdict in Verdict if verdict is not Verdict.COUNTED)
"""What stands beside a figure, in the order in which it is told."""


@dataclass(frozen=True)
class Bounds:
    """Which pupils a district counts as mentors: from a grade to a grade; by age where no classes are."""

    grade_from: int
    grade_to: int
    age_from: int


USUAL: Final = Bounds(9, 11, 15)  # what a district begins with


@dataclass(frozen=True)
class Figure:
    """Children of one part against the plan, in people; None is «не введён» or «нет данных»."""

    target: int | None
    actual: int | None  # what the district compares with the plan: one of the three below
    in_pair: int | None
    met: int | None  # of those in a pair, who were at a meeting at least once
    in_register: int | None
    exceptions: Mapping[Verdict, int]  # people told of beside the figure, by why; none left out
    _: KW_ONLY
    edit: Edit | None = (
        None  # what the order prints instead of `target`, where that is another number
    )

    @property
    def gap(self) -> int | None:
        """Return «отклонение», fact minus plan, or None where either is unknown."""
        return None if self.actual is None or self.target is None else self.actual - self.target

    @property
    def shortfall(self) -> int:
        """Return how many people are missing to the plan; a school without data lacks them all."""
        return max(0, (self.target or 0) - (self.actual or 0))

    @property
    def missing(self) -> int | None:
        """Return what stands under «Не хватает по школам»; None, «—», where plan or fact is unknown."""
        return None if self.gap is None else self.shortfall

    @property
    def share(self) -> Decimal | None:
        """Return fact of plan in per cent, one decimal; None for a plan of 0 and for no data."""
        return ru.share(self.actual, self.target)

    @property
    def percent(self) -> str:
        """Return «90,9 %», or «—»."""
        return ru.percent(self.actual, self.target)


@dataclass(frozen=True)
class Total(Figure):
    """Sums over schools: plan and fact of those that have a plan, any other count of all of them.

    A school that has a plan and no data is missing with its whole plan, in both gaps
    (rules.md#two-gaps).
    """

    _: KW_ONLY
    everybody: int | None  # facts of all schools, with a plan or without
    by_schools: int | None  # the sum of the schools' shortfalls; None beside a total that is no sum
    has_begun: bool

    @property
    def gap(self) -> int | None:
        """Return «отклонение»; None without a plan and before the year has begun."""
        known = self.has_begun and self.target is not None
        return (self.actual or 0) - (self.target or 0) if known else None

    @property
    def missing(self) -> int | None:
        """Return «не хватает по школам», the sum of the shortfalls."""
        return self.by_schools

    def printed(self, target: int | None) -> "Total":
        """Return all facts against the total that the order prints."""
        return replace(self, target=target, actual=self.everybody, by_schools=None)


def total(figures: Iterable[Figure], *, has_begun: bool = True) -> Total:
    """Return the sum of figures: unknown ones are left out, and nothing known stays unknown."""
    rows = list(figures)
    planned = [row for row in rows if row.target is not None]
    return Total(
        target=_sum(row.target for row in planned),
        actual=_sum(row.actual for row in planned),
        in_pair=_sum(row.in_pair for row in rows),
        met=_sum(row.met for row in rows),
        in_register=_sum(row.in_register for row in rows),
        exceptions=_sums(row.exceptions for row in rows),
        everybody=_sum(row.actual for row in rows),
        by_schools=_sum(row.shortfall for row in planned if has_begun),
        has_begun=has_begun,
    )


def _sums(counts: Iterable[Mapping[Verdict, int]]) -> dict[Verdict, int]:
    rows = list(counts)
    sums = {verdict: sum(row.get(verdict, 0) for row in rows) for verdict in EXCEPTIONS}
    return {verdict: people for verdict, people in sums.items() if people}


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
    bounds: Bounds

    def of(self, part: Part) -> Figure:
        """Return the figure of a part."""
        return self.mentees if part is Part.MENTEE else self.mentors

    @property
    def has_exceptions(self) -> bool:
        """Tell whether anybody stands beside one of the figures."""
        return bool(self.mentees.exceptions or self.mentors.exceptions)

    def with_edits(self, edits: Edits) -> "SchoolCoverage":
        """Return the same figures with what the order prints beside each edited cell."""
        mentees = replace(self.mentees, edit=edits.mentees)
        return replace(self, mentees=mentees, mentors=replace(self.mentors, edit=edits.mentors))


@dataclass(frozen=True)
class DistrictCoverage:
    """All schools of a district in one calendar year, in the order's order, with the sums.

    `mentees` and `mentors` are sums of the schools' cells: the headline and every text use these.
    """

    district_id: int
    year: int
    on: date  # the last day counted: the day asked for, or 31 December
    basis: Basis
    bounds: Bounds
    has_plan: bool  # somebody opened a plan for this year
    schools: tuple[SchoolCoverage, ...]
    printed_mentees: int | None
    printed_mentors: int | None
    doubles: int  # matches of two schools in the year that nobody has decided: two children, or one

    @property
    def mentees(self) -> Total:
        return self.of(Part.MENTEE)

    @property
    def mentors(self) -> Total:
        return self.of(Part.MENTOR)

    def of(self, part: Part) -> Total:
        """Return the sum of a part."""
        return total((row.of(part) for row in self.schools), has_begun=self.has_begun)

    def printed(self, part: Part) -> Total:
        """Return all people against the total as the order prints it; target None: no total."""
        wanted = self.printed_mentees if part is Part.MENTEE else self.printed_mentors
        return self.of(part).printed(wanted)

    @property
    def has_printed(self) -> bool:
        """Tell whether the order prints totals for this year."""
        return self.printed_mentees is not None or self.printed_mentors is not None

    @property
    def without_data(self) -> list[str]:
        """Return the schools for which nobody was entered in the year."""
        return [row.name for row in self.schools if not row.has_data]

    @property
    def edited(self) -> list[SchoolCoverage]:
        """Return the schools whose plan says something else than the order prints."""
        return [row for row in self.schools if any(row.of(part).edit for part in Part)]

    def unplanned(self, part: Part) -> list[SchoolCoverage]:
        """Return the schools that have no plan for a figure: they are in no sum beside it."""
        return [row for row in self.schools if row.of(part).target is None]

    def planned_without_data(self, part: Part) -> list[SchoolCoverage]:
        """Return the schools that are missing with their whole plan, because nobody was entered."""
        return [row for row in self.schools if row.of(part).target and row.of(part).actual is None]

    def with_edits(self, edits: Mapping[int, Edits]) -> "DistrictCoverage":
        """Return the same figures with what the order prints beside each edited cell."""
        rows = (row.with_edits(edits.get(row.school_id, UNEDITED)) for row in self.schools)
        return replace(self, schools=tuple(rows))

    @property
    def has_begun(self) -> bool:
        """Tell whether the year had begun on the day asked for."""
        return self.on >= date(self.year, 1, 1)
