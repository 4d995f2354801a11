"""What the start pages are made of: small frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nastav.accounts.queries import Contact
from nastav.coverage.figures import Basis, SchoolCoverage
from nastav.home.tasks import MOST, Task
from nastav.stages.records import StageHead, StageLine


@dataclass(frozen=True)
class ReturnedActivity:
    """An open remark of the coordinator, with the activity it stands on."""

    ordinal: int  # of the activity
    text: str


@dataclass(frozen=True)
class Return:
    """Why a stage came back: what was said of the whole, and of single activities."""

    note: str = ""
    remarks: tuple[ReturnedActivity, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something done in or for a school; nobody's name is in it."""

    at: datetime
    what: str
    subject: str
    by: str  # the role, in Russian


@dataclass(frozen=True)
class SchoolHome:
    """Everything on «Моя школа»."""

    is_new: bool  # the school has never saved anything, and no pupil is offered to it
    lines: tuple[StageLine, ...]
    heads: Mapping[int, StageHead]  # by ordinal
    all_tasks: tuple[Task, ...]
    next_due: StageLine | None
    returns: Mapping[int, Return]  # by the stage's ordinal
    year: int  # the plan year shown: today's
    coverage: SchoolCoverage
    basis: Basis
    within: int  # days after which a pair that has not met is a task
    events: tuple[Event, ...]
    contacts: tuple[Contact, ...]  # the school's curators

    @property
    def tasks(self) -> tuple[Task, ...]:
        return self.all_tasks[:MOST]

    @property
    def more_tasks(self) -> int:
        """Return how many tasks are not shown."""
        return max(0, len(self.all_tasks) - MOST)


@dataclass(frozen=True)
class SettingsFacts:
    """The present values that the index of settings shows."""

    year: int  # today's plan year
    next_due: date | None  # the nearest deadline of the current school year
    next_stages: tuple[str, ...]  # roman numbers of the stages due then
    planned: int  # schools whose plan of the year is entered
    schools: int
    users: int  # active accounts
    without_curator: tuple[str, ...]  # schools
    cycles: tuple[str, ...]  # «2020/21», the earliest first
    team: int  # members of the district's working group
    named: int  # cards of pupils with a name, where the district keeps codes
