"""What a report is made of: read once, then every sheet and figure follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nastav.coverage.byform.rules import Numbers
from nastav.coverage.figures import DistrictCoverage
from nastav.execution.facts import Execution
from nastav.execution.words import Point
from nastav.feedback.summary import Group
from nastav.plan.grid import Grid
from nastav.progress.figures import Progress
from nastav.rollup.board import Board
from nastav.stages.models import ActivityStatus


@dataclass(frozen=True)
class ActivityLine:
    """An activity of a stage in one school, as it stood on the day."""

    school: str
    roman: str
    due: date
    title: str
    status: ActivityStatus
    done_on: date | None
    responsible: str
    documents: tuple[str, ...]  # their details: «Приказ № 145 от 12.10.2020»


@dataclass(frozen=True)
class Counts:
    """A place and a form in numbers; people are distinct within the line."""

    numbers: Numbers
    trained: int  # of the mentors
    consented: int  # of the participants, mentees and mentors
    participants: int
    young_teachers: int  # of the mentees
    employers: int  # of the mentors


@dataclass(frozen=True)
class MonitoringLine:
    """One form of mentoring in one school or in the district, or all of its forms together."""

    place: str
    form: str
    counts: Counts


@dataclass(frozen=True)
class Monitoring:
    """The schools that have a pair, by form, and the district."""

    schools: tuple[MonitoringLine, ...]
    district: tuple[MonitoringLine, ...]

    @property
    def total(self) -> Counts:
        """Return the district's numbers of all forms."""
        return self.district[-1].counts


@dataclass(frozen=True)
class Material:
    """A district on a day. Whoever adds a sheet adds what it is made of here."""

    on: date
    progress: Progress
    execution: Execution
    points: tuple[Point, ...]
    board: Board | None  # None: no school year was open by the day
    years: Mapping[int, DistrictCoverage]  # of the plan, the earliest first
    plans: tuple[Grid, ...]  # the same years as appendix 1 has them
    activities: tuple[ActivityLine, ...]
    monitoring: Monitoring
    feedback: tuple[Group, ...]  # of the school year, by the day
    first_year: int  # the school year

    @property
    def coverage(self) -> DistrictCoverage:
        """Return the coverage of the calendar year of the day."""
        return self.progress.coverage


@dataclass(frozen=True)
class Contents:
    """What the book holds, in counts, without making it."""

    schools: int
    has_printed: bool  # the order prints totals of the year: two rows «ИТОГО»
    years: tuple[int, ...]  # of the plan
    first_year: int | None  # the school year; None: none was open
    rows: int  # schools by activities
    overdue: int
    late_schools: int
    threshold: int
