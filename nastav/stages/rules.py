"""The state rules of a stage (rules.md#stage): pure functions, no database."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nastav import dates
from nastav.db import Conflict
from nastav.stages.models import ActivityStatus, StageState, Step, Transition

# step → the states it may be taken from; a returned stage is reached again from every other state
ALLOWED: dict[Step, frozenset[StageState]] = {
    Step.STARTED: frozenset({StageState.NOT_STARTED}),
    Step.SUBMITTED: frozenset({StageState.IN_PROGRESS, StageState.RETURNED}),
    Step.WITHDRAWN: frozenset({StageState.SUBMITTED}),
    Step.ACCEPTED: frozenset({StageState.SUBMITTED}),
    Step.RETURNED: frozenset({StageState.SUBMITTED}),
    Step.REOPENED: frozenset({StageState.ACCEPTED}),
    Step.REOPENING_ASKED: frozenset({StageState.ACCEPTED}),
    Step.REOPENING_DECLINED: frozenset({StageState.ACCEPTED}),
}
_AFTER: dict[Step, StageState] = {
    Step.STARTED: StageState.IN_PROGRESS,
    Step.SUBMITTED: StageState.SUBMITTED,
    Step.ACCEPTED: StageState.ACCEPTED,
    Step.RETURNED: StageState.RETURNED,
    Step.REOPENED: StageState.RETURNED,
    Step.REOPENING_ASKED: StageState.ACCEPTED,
    Step.REOPENING_DECLINED: StageState.ACCEPTED,
}
NOT_NOW: dict[Step, str] = {
    Step.STARTED: "Этап уже начат.",
    Step.SUBMITTED: "Отправить можно только этап, который в работе или возвращён.",
    Step.WITHDRAWN: "Этап не на проверке: отзывать нечего.",
    Step.ACCEPTED: "Этап не на проверке: решать пока нечего.",
    Step.RETURNED: "Этап не на проверке: решать пока нечего.",
    Step.REOPENED: "Этап не принят: открывать заново нечего.",
    Step.REOPENING_ASKED: "Этап не принят: его можно менять и без просьбы, если он не на проверке.",
    Step.REOPENING_DECLINED: "Этап не принят: отвечать на просьбу открыть его не нужно.",
}
"""Why a step cannot be taken from another state."""
DECISIONS = (Step.ACCEPTED, Step.RETURNED)
LOCKED = frozenset({StageState.SUBMITTED, StageState.ACCEPTED})  # activities and documents


class Locked(Conflict):
    """The stage waits for the coordinator, or is accepted: nothing in it may be changed now (409)."""


class Gap(StrEnum):
    """What an activity lacks for the status declared of it."""

    STATUS = "status"  # neither «выполнено» nor «не требуется»: the stage cannot be sent
    DATE = "date"
    FUTURE = "future"
    PROOF = "proof"
    REASON = "reason"


class Standing(NamedTuple):
    """How a stage of a school stands on a day; overdue is computed here and stored nowhere."""

    state: StageState
    due: date  # the date that binds now: the deadline, or «исправить до»; inclusive
    days_late: int  # whole days past it; 0 when nothing is overdue

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    @property
    def key(self) -> str:
        """Return the state's key for colours and words; overdue wins (rules.md#lateness)."""
        return "overdue" if self.is_overdue else self.state.value


def standing(
    state: StageState, *, due: date, fix_by: date | None, today: date, before_site: bool = False
) -> Standing:
    """Return how a stage stands: overdue belongs to whoever holds the ball.

    What waits for the coordinator, or is accepted, is never overdue for the school; nor is anything in a
    school year that was over before the site was there.
    """
    binding = fix_by if state is StageState.RETURNED and fix_by else due
    late = 0 if state in LOCKED or before_site else dates.days_overdue(binding, today)
    return Standing(state, binding, late)


def after(step: Step, before: StageState, before_submit: StageState | None) -> StageState | None:
    """Return the state a step leads to, or None where it cannot be taken."""
    if before not in ALLOWED[step]:
        return None
    if step is Step.WITHDRAWN:
        return before_submit or StageState.IN_PROGRESS
    return _AFTER[step]


class Taken(NamedTuple):
    """A step of a stage, as far as it says how the stage stands: a few columns of `Transition`."""

    id: int
    step: Step
    before: StageState
    after: StageState
    days_late: int | None
    fix_by: date | None
    is_undone: bool


def days_late_after_return(steps: Iterable[Transition | Taken]) -> int | None:
    """Return the worst lateness against «исправить до»; None where nothing came back after a return.

    Args:
        steps: of one school's stage, the earliest first; a sending that was taken back does not count.
    """
    found: list[int] = []
    waiting: int | None = None
    for step in steps:
        if step.step is Step.SUBMITTED and step.before is StageState.RETURNED:
            waiting = step.days_late
        elif step.step is Step.WITHDRAWN:
            waiting = None
        elif step.step in DECISIONS and not step.is_undone and waiting is not None:
            found.append(waiting)
            waiting = None
    return max([*found, *([waiting] if waiting is not None else [])], default=None)


def gaps(
    status: ActivityStatus, *, done_on: date | None, reason: str, has_proof: bool, today: date
) -> list[Gap]:
    """Return what keeps a declared status from holding (rules.md#activity); empty when nothing.

    «Выполнено» needs a date not in the future and a proof, «не требуется» a reason.
    """
    if status is ActivityStatus.NOT_REQUIRED:
        return [] if reason else [Gap.REASON]
    if status is not ActivityStatus.DONE:
        return []
    found = []
    if done_on is None:
        found.append(Gap.DATE)
    elif done_on > today:
        found.append(Gap.FUTURE)
    if not has_proof:
        found.append(Gap.PROOF)
    return found


class Contradiction(StrEnum):
    """A status that a date or a document of the same activity speaks against."""

    NO_DATE = "no_date"  # «выполнено» without its day
    DATE = "date"  # a day of what is not done
    DOCUMENT = "document"  # documents of what is «не требуется»


def contradictions(
    status: ActivityStatus, *, done_on: date | None, has_documents: bool
) -> list[Contradiction]:
    """Return what of an activity contradicts its status; saved all the same, and remarked at once."""
    if status is ActivityStatus.DONE:
        return [] if done_on else [Contradiction.NO_DATE]
    found = [Contradiction.DATE] if done_on else []
    if status is ActivityStatus.NOT_REQUIRED and has_documents:
        found.append(Contradiction.DOCUMENT)
    return found


def gaps_for_sending(
    status: ActivityStatus, *, done_on: date | None, reason: str, has_proof: bool, today: date
) -> list[Gap]:
    """Return what keeps a stage with this activity from being sent."""
    if not status.is_ready:
        return [Gap.STATUS]
    return gaps(status, done_on=done_on, reason=reason, has_proof=has_proof, today=today)


def is_last_proof(status: ActivityStatus, documents: int, counted: int) -> bool:
    """Tell whether taking one document away would leave «выполнено» without a proof."""
    return status is ActivityStatus.DONE and documents <= 1 and counted <= 0
