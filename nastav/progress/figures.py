"""What the district's page of coverage shows: one object for sentence, charts, table and workbook.

Of mentees only: the page's large numbers are theirs. Everything follows from `DistrictCoverage` of the day
asked for and from what is kept here beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from nastav import dates
from nastav.coverage.figures import DistrictCoverage, SchoolCoverage, Total
from nastav.people.models import Kind

WEEK: Final = 7
PACE_DAYS: Final = 28
MOST_OF: Final = (4, 5)  # schools shown bold make so much of what is missing by schools


@dataclass(frozen=True)
class Week:
    """Children counted from 1 January to a day; `carried`: who was in on 1 January already."""

    on: date
    total: int
    carried: int

    @property
    def new(self) -> int:
        """Return who came in this year."""
        return self.total - self.carried


@dataclass(frozen=True)
class Pace:
    """How many the last 28 days added, and what the year comes to if it goes on so."""

    gain: int
    ahead: int | None  # on 31 December; None where that is not drawn


@dataclass(frozen=True)
class Standing:
    """The large number of a year, its plan and the pace, where nothing else is asked for."""

    year: int
    target: int | None
    actual: int | None  # None: nobody was entered, or the year has not begun
    pace: Pace | None


@dataclass(frozen=True)
class SchoolYear:
    """A school in one calendar year: on 31 December, or on the day asked for."""

    year: int
    target: int | None
    actual: int | None  # None: nobody was entered


@dataclass(frozen=True)
class SchoolProgress:
    """What is known of a school beside its row of coverage."""

    row: SchoolCoverage
    before: int  # counted on 1 January
    today: int  # of those counted, who stands in a pair on the day asked for
    waiting: int  # pupils in the register on that day who are not counted
    mentors: int  # in the register on that day, adults too
    places: int  # how many more mentees they may lead, by their limits
    years: tuple[SchoolYear, ...]

    @property
    def shortfall(self) -> int:
        """Return how many mentees are missing to the school's plan."""
        return self.row.mentees.shortfall

    @property
    def to_enter(self) -> int:
        """Return how many of the missing nobody has entered yet."""
        return max(0, self.shortfall - self.waiting)


@dataclass(frozen=True)
class Group:
    """People of one kind in a part of a form: distinct within it."""

    kind: Kind
    people: int


@dataclass(frozen=True)
class FormOfYear:
    """A form of mentoring in the year up to the day: adults apart from children."""

    name: str
    pairs: int
    mentees: tuple[Group, ...]
    mentors: tuple[Group, ...]

    @property
    def children(self) -> int:
        """Return the mentees who count towards the plan."""
        return sum(group.people for group in self.mentees if group.kind is Kind.PUPIL)


@dataclass(frozen=True)
class OrderShare:
    """What share of all pupils the order wants covered, by its percentage for a year."""

    year: int
    percent: Decimal
    pupils: int


@dataclass(frozen=True)
class Progress:
    """The district's year: coverage of the day asked for, how it came about, what is missing where."""

    coverage: DistrictCoverage
    weeks: tuple[Week, ...]  # of the schools that the total compares; none without data
    pace: Pace | None
    schools: tuple[SchoolProgress, ...]
    years: tuple[int, ...]  # drawn side by side; none before there are two with facts
    forms: tuple[FormOfYear, ...]
    in_pairs: int  # distinct mentees in pairs of all forms, of all schools
    order_share: OrderShare | None

    @property
    def total(self) -> Total:
        """Return the sum of the mentees."""
        return self.coverage.mentees

    @property
    def actual(self) -> int | None:
        """Return the large number: of the schools with a plan, of all where none has one."""
        return headline(self.total)

    @property
    def compared(self) -> tuple[SchoolProgress, ...]:
        """Return the schools whose children are in the large number."""
        return compared(self.schools, self.total.target)

    @property
    def today(self) -> int:
        """Return how many of the large number stand in a pair on the day asked for."""
        return sum(school.today for school in self.compared)

    @property
    def days_left(self) -> int:
        """Return the days from the day asked for to 31 December."""
        return (dates.plan_year_bounds(self.coverage.year)[1] - self.coverage.on).days

    @property
    def goes_on(self) -> bool:
        """Tell whether days are left to close the gap in."""
        return self.days_left > 0

    @property
    def below(self) -> tuple[SchoolProgress, ...]:
        """Return the schools that are below their plan, in the order's order."""
        return tuple(school for school in self.schools if school.shortfall)

    @property
    def surplus(self) -> list[SchoolProgress]:
        """Return the schools above their plan."""
        return [school for school in self.schools if (school.row.mentees.gap or 0) > 0]

    @property
    def most(self) -> list[SchoolProgress]:
        """Return the fewest schools that make four fifths of what is missing, the most missing first."""
        ordered = sorted(self.below, key=lambda school: -school.shortfall)
        part, whole = MOST_OF
        wanted, found = sum(school.shortfall for school in ordered) * part, 0
        taken = []
        for school in ordered:
            if found * whole >= wanted:
                break
            taken.append(school)
            found += school.shortfall
        return taken

    @property
    def twice(self) -> int:
        """Return what the forms' children exceed the distinct ones by: those in two forms."""
        return sum(form.children for form in self.forms) - self.in_pairs


def compared(schools: Sequence[SchoolProgress], target: int | None) -> tuple[SchoolProgress, ...]:
    """Return the schools that have a plan, or all where nobody has one."""
    return tuple(
        school for school in schools if target is None or school.row.mentees.target is not None
    )


def headline(total: Total) -> int | None:
    """Return the large number of a sum: facts of the schools with a plan, of all where none has one."""
    return total.everybody if total.target is None else total.actual
