"""What the queries of stages return: small frozen records, with the facts that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from nastav.stages import rules
from nastav.stages.documents import Document
from nastav.stages.models import ActivityStatus, StageState
from nastav.stages.rules import Contradiction, Standing


@dataclass(frozen=True)
class StageHead:
    """A stage as the school year words it."""

    id: int
    cycle_id: int
    ordinal: int
    key: str
    roman: str
    title: str
    short: str
    due: date  # inclusive
    printed_due: str
    due_note: str
    due_reason: str  # why the district moved the deadline; "" = it did not
    follows_pair_period: bool
    version: int

    @property
    def heading(self) -> str:
        """Return «Этап I. Подготовка условий …»."""
        return f"Этап {self.roman}. {self.title}"


class StageLine(NamedTuple):
    """A stage of one school in a few figures: a cell of the matrix, a line of the school's list.

    A tuple: a district has a thousand, and a frozen dataclass takes three times as long to make.
    """

    school_id: int
    stage_id: int
    ordinal: int
    standing: Standing  # state, binding date, days late today
    version: int  # of the school's stage; 0 while there is no row
    fix_by: date | None
    submitted_at: datetime | None  # the last sending
    sent_late: (
        int | None
    )  # days past the deadline at the sending; None before any (rules.md#lateness)
    done: int  # activities declared «выполнено»
    not_required: int
    total: int
    fix_late: int | None = None  # days past «исправить до», of the worst sending after a return
    roman: str = ""  # «VI»

    @property
    def state(self) -> StageState:
        """Return the stored state; `standing.key` says «overdue» where that wins."""
        return self.standing.state

    @property
    def is_locked(self) -> bool:
        """Tell whether the coordinator has it: sent or accepted."""
        return self.state in rules.LOCKED

    @property
    def ready(self) -> int:
        """Return how many activities stand in no one's way: выполнено or не требуется."""
        return self.done + self.not_required

    @property
    def came_late(self) -> bool:
        """Tell whether what the school sent came past its date, the first time or after a return."""
        return bool(self.sent_late or self.fix_late)


@dataclass(frozen=True)
class RemarkRow:
    """A remark the coordinator's last return left on an activity, with the school's answer."""

    id: int
    activity_id: int
    text: str
    answer: str


@dataclass(frozen=True)
class ActivityRow:
    """An activity with what the school says of it."""

    id: int
    ordinal: int
    key: str
    title: str
    ref: str
    counts: str | None  # what the site itself can count for it
    expected_documents: int
    version: int  # 0 while the school has said nothing
    status: ActivityStatus
    done_on: date | None
    responsible: str
    comment: str
    reason: str
    before: Mapping[str, Any] | None = (
        None  # what it was, if the last save was one press of a button
    )
    documents: tuple[Document, ...] = ()
    remarks: tuple[RemarkRow, ...] = ()  # open ones

    @property
    def contradictions(self) -> list[Contradiction]:
        """Return what of it contradicts its status."""
        has_documents = bool(self.documents)
        return rules.contradictions(self.status, done_on=self.done_on, has_documents=has_documents)

    @property
    def is_declared(self) -> bool:
        """Tell whether «Отметить выполненным» made it what it is, so that it can be taken back."""
        return self.status is ActivityStatus.DONE and self.before is not None


@dataclass(frozen=True)
class StageSheet:
    """A stage of a school with all its activities: the page, the paper and the self-check."""

    school_id: int
    head: StageHead
    row_id: int | None  # of the school's stage
    version: int  # 0 while there is no row
    standing: Standing
    before_submit: StageState | None
    submitted_at: datetime | None
    fix_by: date | None
    sent_late: int | None
    due_then: date | None  # the deadline that `sent_late` was judged by
    fix_late: int | None  # days past «исправить до», of the worst sending after a return
    decided_at: datetime | None
    reopening_reason: str
    returned_note: str  # of the last return or reopening that was not undone
    returned_by: str  # and who did it
    returned_on: date | None
    declined_note: str  # why the last request to reopen was declined; "" once there is a newer word
    activities: tuple[ActivityRow, ...]

    @property
    def state(self) -> StageState:
        return self.standing.state

    @property
    def is_locked(self) -> bool:
        """Tell whether activities and documents may not be changed now."""
        return self.state in rules.LOCKED

    @property
    def done(self) -> int:
        """Return how many activities are declared «выполнено»."""
        return sum(row.status is ActivityStatus.DONE for row in self.activities)

    @property
    def not_required(self) -> int:
        """Return how many activities are declared «не требуется»."""
        return sum(row.status is ActivityStatus.NOT_REQUIRED for row in self.activities)

    @property
    def total(self) -> int:
        return len(self.activities)

    @property
    def came_late(self) -> bool:
        """Tell whether what the school sent came past its date, the first time or after a return."""
        return bool(self.sent_late or self.fix_late)

    @property
    def former_due(self) -> date | None:
        """Return the deadline that held at the sending, where the district has moved it since."""
        return self.due_then if self.due_then != self.head.due else None

    @property
    def remarks(self) -> list[RemarkRow]:
        """Return the open remarks of all activities."""
        return [remark for row in self.activities for remark in row.remarks]

    def activity(self, ordinal: int) -> ActivityRow | None:
        """Return the activity with this number, or None."""
        return next((row for row in self.activities if row.ordinal == ordinal), None)
