"""What is known of the order on a day: counts of a district, read once for every text and table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nastav.coverage.byform.rules import Line
from nastav.coverage.figures import DistrictCoverage
from nastav.samples.rules import Tally


@dataclass(frozen=True)
class Goal:
    """What the order wants in the end: a share of all pupils by the last year it has a percentage for."""

    year: int
    percent: int
    pupils: int  # of the schools whose base is known
    coverage: DistrictCoverage | None  # of that year; None while it is not over


@dataclass(frozen=True)
class LateSchool:
    """A school with the stages that are overdue."""

    name: str
    romans: tuple[str, ...]


@dataclass(frozen=True)
class Stages:
    """The matrix of a school year in counts; a stage of a school stands in one state."""

    first_year: int
    schools: int
    activities: int  # of one school
    accepted: int
    submitted: int
    returned: int
    unsent: int  # in work, or not begun
    overdue: int  # beside the states
    overdue_returned: int
    done: int  # activities of all schools, «выполнено» or «не требуется»
    documents: int
    begun: int  # stages that are in any state but «не начат»
    first_due: date | None
    late: tuple[LateSchool, ...] = ()
    # of the first stage: the conditions that п. 2.1 speaks of
    first_roman: str = "I"
    first_accepted: int = 0
    first_submitted: int = 0
    first_overdue: int = 0
    first_begun: int = 0
    with_team: int = 0  # schools with a document about their working group

    @property
    def total(self) -> int:
        """Return how many stages there are in all schools."""
        return self.accepted + self.submitted + self.returned + self.unsent

    @property
    def decided(self) -> int:
        """Return on how many stages the coordinator's last word holds."""
        return self.accepted + self.returned


@dataclass(frozen=True)
class Decisions:
    """What schools decided of the pairs of a school year (п. 2.3)."""

    first_year: int
    carried_on: int
    finished: int
    undecided: int  # of that year
    earlier: int = 0  # pairs of earlier years of which nobody has decided

    @property
    def pairs(self) -> int:
        return self.carried_on + self.finished + self.undecided

    @property
    def decided(self) -> int:
        return self.carried_on + self.finished


@dataclass(frozen=True)
class Participation:
    """Who of the mentees counted took part in an event of the calendar year (п. 2.2)."""

    took_part: int
    occasions: int
    schools: int  # that wrote down an event


@dataclass(frozen=True)
class Practices:
    """Practices on the district's board (п. 2.1)."""

    published: int
    schools: int


@dataclass(frozen=True)
class Control:
    """How the district itself looked at what schools say (п. 3), beside its decisions on stages."""

    sample: Tally = field(default_factory=Tally)  # pairs drawn by lot in the school year
    sampled: int = 0  # schools where they were drawn
    kept: tuple[date, ...] = ()  # days of the calendar year on which a report was kept


@dataclass(frozen=True)
class Execution:
    """The order on a day. The points, the workbook and the справка are made of this alone."""

    on: date
    is_today: bool
    coverage: DistrictCoverage  # of the calendar year of the day
    goal: Goal | None
    carried: int  # mentees who stood in a pair on 1 January
    in_pair_now: int  # mentees who stand in one on the day
    forms: tuple[Line, ...]
    adult_mentors: int
    stages: Stages | None  # None: no school year was open
    decisions: Decisions | None  # None: there was no pair to decide of
    participation: Participation
    practices: Practices
    control: Control
    team: int
    coordinator: str
    words: Mapping[str, str] = field(default_factory=dict)  # point → the order's own, or its file's

    @property
    def year(self) -> int:
        """Return the calendar year counted."""
        return self.coverage.year
