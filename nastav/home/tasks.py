"""«Сначала это»: which tasks of a school come first. Pure, no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from nastav.people.models import Part
from nastav.stages import rules
from nastav.stages.models import StageState
from nastav.stages.records import StageLine

MOST = 5  # tasks shown at once
SOON = 3  # days before a deadline from which it is a task


class TaskKind(StrEnum):
    """Why something is a task; the order here is the order on the page."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    TRANSFERRED = "transferred"
    NAMED = "named"
    WITHOUT_PAIR = "without_pair"
    UNDECIDED = "undecided"
    WITHOUT_MEETINGS = "without_meetings"
    WITHOUT_CONSENT = "without_consent"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Task:
    """One thing to do first: a stage, people without a pair or a consent, pairs that do not meet."""

    kind: TaskKind
    line: StageLine | None = None
    days: int = 0  # past the binding date, or, of a stage due soon, until it
    people: int = 0  # of TRANSFERRED, NAMED, WITHOUT_PAIR, WITHOUT_CONSENT and DOUBLED
    pairs: int = 0  # of UNDECIDED and WITHOUT_MEETINGS
    alone: int = 0  # of WITHOUT_PAIR: how many are in a pair that lost its mentor
    part: Part | None = None  # of DOUBLED: whose register; None: both cards are the school's own


def urgent(
    lines: Sequence[StageLine],
    without_pair: int,
    today: date,
    *,
    alone: int = 0,
    undecided: int = 0,
    silent: int = 0,
    without_consent: int = 0,
    transferred: int = 0,
    named: int = 0,
    doubled: Mapping[Part, Collection[int]] = MappingProxyType({}),
    twice: int = 0,
) -> list[Task]:
    """Return every task of a school, the most urgent first; the page shows the first `MOST`.

    Within a kind the earlier binding date comes first. What waits for the coordinator or is
    accepted is nobody's task here.

    Args:
        lines: the stages of one school as they stand on the day.
        without_pair: how many mentees of the register are in no pair or group on the day.
        today: the day.
        alone: how many of these are in a pair without a mentor.
        undecided: how many pairs count no more and wait for the decision of п. 2.3.
        silent: how many active pairs have not met for longer than the district's setting says.
        without_consent: how many people of both registers have no sufficient consent.
        transferred: how many pupils other schools offer to this one.
        named: how many names wait for a code, where the district keeps pupils by codes.
        doubled: who of a register may stand in another school's as well.
        twice: how many cards of the school's own may be somebody's second.
    """
    found = [(task, line) for line in lines if (task := _of_stage(line, today))]
    order = list(TaskKind)
    found.sort(key=lambda row: (order.index(row[0].kind), row[1].standing.due, row[1].ordinal))
    tasks = [task for task, _ in found]
    if transferred:
        tasks.append(Task(TaskKind.TRANSFERRED, people=transferred))
    if named:
        tasks.append(Task(TaskKind.NAMED, people=named))
    if without_pair:
        tasks.append(Task(TaskKind.WITHOUT_PAIR, people=without_pair, alone=alone))
    if undecided:
        tasks.append(Task(TaskKind.UNDECIDED, pairs=undecided))
    if silent:
        tasks.append(Task(TaskKind.WITHOUT_MEETINGS, pairs=silent))
    if without_consent:
        tasks.append(Task(TaskKind.WITHOUT_CONSENT, people=without_consent))
    tasks += [
        Task(TaskKind.DOUBLED, people=len(ids), part=part) for part, ids in doubled.items() if ids
    ]
    if twice:
        tasks.append(Task(TaskKind.DOUBLED, people=twice))
    return tasks


def next_due(lines: Sequence[StageLine], today: date) -> StageLine | None:
    """Return the unsent stage whose deadline comes next, or None where all is sent or past."""
    ahead = [line for line in lines if _is_open(line) and line.standing.due >= today]
    return min(ahead, key=lambda line: (line.standing.due, line.ordinal), default=None)


def _of_stage(line: StageLine, today: date) -> Task | None:
    if not _is_open(line):
        return None
    late, left = line.standing.days_late, (line.standing.due - today).days
    if line.state is StageState.RETURNED:
        return Task(TaskKind.RETURNED, line, late)
    if line.standing.is_overdue:
        return Task(TaskKind.OVERDUE, line, late)
    if 0 <= left <= SOON:
        return Task(TaskKind.DUE_SOON, line, left)
    return None


def _is_open(line: StageLine) -> bool:
    return line.state not in rules.LOCKED
