"""What the start pages are made of: small frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nastav.accounts.queries import Contact
from nastav.coverage.figures import Basis, SchoolCoverage
from nastav.home.events import Day
from nastav.home.steps import Begun, Step
from nastav.home.tasks import Folded, Task
from nastav.stages.models import Step as StageStep
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
class News:
    """What was decided of the school's stages since its reader was last here."""

    since: date
    decisions: Mapping[int, StageStep]  # by the stage's ordinal


@dataclass(frozen=True)
class Standing:
    """Where a school stands, beside its tasks."""

    lines: tuple[StageLine, ...]
    heads: Mapping[int, StageHead]  # by ordinal
    ahead: tuple[StageLine, ...]  # not sent, with the deadline to come: the nearest first
    year: int  # the plan year shown: today's
    coverage: SchoolCoverage
    basis: Basis
    drafted: int  # mentees without a pair who stand in drafts
    contacts: tuple[Contact, ...]  # the school's curators

    @property
    def later(self) -> list[tuple[date, list[str]]]:
        """Return the two deadlines after the nearest, each with the roman numbers of its stages."""
        found: dict[date, list[str]] = {}
        for line in self.ahead[1:]:
            found.setdefault(line.standing.due, []).append(self.heads[line.ordinal].roman)
        return list(found.items())[:2]

    @property
    def unsent(self) -> int:
        """Return how many stages the school still has to send."""
        return sum(not line.is_locked for line in self.lines)


@dataclass(frozen=True)
class SchoolHome:
    """Everything on «Моя школа»."""

    standing: Standing
    begun: Begun
    all_tasks: tuple[Task, ...]  # in order
    steps: tuple[Step, ...]  # that lead a school which begins, or one in September
    week: Folded  # the tasks that are no step
    news: News | None
    days: tuple[Day, ...]  # what was done last, by day

    @property
    def declarable(self) -> int:
        """Return how many activities of the stage due next can be declared by one press."""
        ahead = self.standing.ahead
        found = [task.page for task in self.all_tasks if task.page and not task.is_declared]
        return sum(page.sheet.head.ordinal == ahead[0].ordinal for page in found) if ahead else 0

    @property
    def is_autumn(self) -> bool:
        """Tell whether the steps are what carries over from last year."""
        return bool(self.steps) and self.begun.everything


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
