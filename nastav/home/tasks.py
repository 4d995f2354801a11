"""The weekly list of a school: its tasks, their order, what of them is shown. Pure, no database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from nastav.facts.sentences import Room
from nastav.people.models import Part
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow, StageLine

MOST = 10  # tasks before the fold
MOST_PRESSES = 3  # of them, where there are more, to be declared by one press


class Group(StrEnum):
    """The groups of the list, in their order."""

    URGENT = "urgent"
    PRESS = "press"  # done by one press
    WEEK = "week"


class TaskKind(StrEnum):
    """Why something is a task; the order here is the order in the list."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    WITHOUT_MENTOR = "without_mentor"
    DECLARABLE = "declarable"
    READY = "ready"
    TRANSFERRED = "transferred"
    CLASSES = "classes"
    UNDECIDED = "undecided"
    DRAFTS = "drafts"
    UNSENT = "unsent"
    WEEK_SHEET = "week_sheet"
    WITHOUT_PAIR = "without_pair"
    WITHOUT_MEETINGS = "without_meetings"
    ANSWERS = "answers"
    WITHOUT_CONSENT = "without_consent"
    NAMED = "named"
    DOUBLED = "doubled"


_URGENT = frozenset(
    {TaskKind.RETURNED, TaskKind.OVERDUE, TaskKind.DUE_SOON, TaskKind.WITHOUT_MENTOR}
)
_PRESS = frozenset({TaskKind.DECLARABLE, TaskKind.READY})
_ORDER = tuple(TaskKind)
# what goes on though the school year is closed: registers, consents, classes, transfers, codes
_OF_NO_YEAR = frozenset(
    {
        TaskKind.TRANSFERRED,
        TaskKind.CLASSES,
        TaskKind.WITHOUT_CONSENT,
        TaskKind.NAMED,
        TaskKind.DOUBLED,
    }
)


# what waits today waits there in the school year that is worked in, whichever year is shown
_OF_TODAY = frozenset(
    {
        "classes.board",
        "closing.board",
        "drafts.board",
        "matching.board",
        "pair_list.board",
        "week.sheet",
    }
)


@dataclass(frozen=True)
class Action:
    """What a button leads to, and the permission that offers it."""

    label: str
    room: Room
    needs: str


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is, why, and where; nobody's name is in it.

    Of its actions the first that the reader may take is shown.
    """

    kind: TaskKind
    title: str
    reason: str = ""
    actions: tuple[Action, ...] = ()
    line: StageLine | None = None  # of a task that is a stage
    remarks: tuple[str, ...] = ()  # of the coordinator, on a returned stage
    part: Part | None = None  # of DOUBLED: whose register
    page: StagePage | None = None  # of DECLARABLE, with the activity
    row: ActivityRow | None = None

    @property
    def group(self) -> Group:
        """Return the group the task stands in."""
        if self.kind in _URGENT:
            return Group.URGENT
        return Group.PRESS if self.kind in _PRESS else Group.WEEK

    @property
    def is_declared(self) -> bool:
        """Tell whether the activity was declared by a press, and stands here to be taken back."""
        return self.row is not None and self.row.is_declared


@dataclass(frozen=True)
class Folded:
    """The list as the page shows it: the first rows by group, the others folded."""

    groups: tuple[tuple[Group, tuple[Task, ...]], ...]  # none that is empty
    rest: tuple[Task, ...]

    @property
    def is_urgent(self) -> bool:
        """Tell whether anything is urgent."""
        return bool(self.groups) and self.groups[0][0] is Group.URGENT


def left_when_closed(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks that are left of a school year's once it is closed."""
    return [task for task in tasks if task.kind in _OF_NO_YEAR]


def led_to(tasks: Sequence[Task], year: int) -> list[Task]:
    """Return tasks with the pages of what waits today under the address of a school year."""
    return [replace(task, actions=tuple(_led(one, year) for one in task.actions)) for task in tasks]


def _led(action: Action, year: int) -> Action:
    endpoint, values = action.room
    if endpoint not in _OF_TODAY:
        return action
    return replace(action, room=Room(endpoint, {**values, "cycle": year}))


def ordered(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks in the order of their kinds; within a kind they keep theirs."""
    return sorted(tasks, key=lambda task: _ORDER.index(task.kind))


def folded(tasks: Sequence[Task]) -> Folded:
    """Return ordered tasks as the page shows them: `MOST` rows before the fold.

    Where there are more, `MOST_PRESSES` of them are activities to be declared, so that the others stay
    in sight. What was declared today stays where it was pressed, whatever the number.
    """
    shown: list[Task] = []
    rest: list[Task] = []
    others = sum(task.kind is not TaskKind.DECLARABLE for task in tasks)
    presses = max(MOST_PRESSES, MOST - others)
    for task in tasks:
        is_press = task.kind is TaskKind.DECLARABLE and not task.is_declared
        if not task.is_declared and (len(shown) >= MOST or (is_press and not presses)):
            rest.append(task)
            continue
        shown.append(task)
        presses -= is_press
    by_group = ((group, tuple(task for task in shown if task.group is group)) for group in Group)
    return Folded(tuple((group, rows) for group, rows in by_group if rows), tuple(rest))
