"""Work on the stages: past years accepted, the present one in every state there is."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from nastav import dates
from nastav.demo.book import Row
from nastav.demo.calendar import workday, workday_before
from nastav.demo.desk import Desk
from nastav.papers.catalogue import proofs_of
from nastav.stages import rules
from nastav.stages.activities.operations import Values
from nastav.stages.evidence.operations import Details
from nastav.stages.models import (
    Activity,
    ActivityRevision,
    ActivityStatus,
    Evidence,
    Remark,
    SchoolActivity,
    SchoolStage,
    Stage,
    StageState,
    Step,
    Transition,
)

KINDS = {
    **{key: proofs_of(key) for key in ("regulations", "school_team")},  # as papers call them
    "roadmap": ("Дорожная карта",),
    "reward_system": ("Положение",),
    "effectiveness": ("Аналитическая справка",),
}
USUAL_KINDS = ("Приказ", "Протокол", "Справка")
REMARKS = (
    "Не указаны номер и дата приказа.",
    "План мероприятий назван, но среди документов его нет.",
    "Дата выполнения раньше даты приказа.",
)
ANSWER = "Исправлено: документ добавлен, дата проверена."
NOT_REQUIRED = {
    "psychological_support": "Педагога-психолога в школе нет, пары консультирует районная служба."
}
# how far schools have come with a stage of the present year: (days to its deadline, what becomes of it)
FATES = (
    (10, "accepted accepted accepted accepted submitted submitted returned returned in_progress"),
    (16, "accepted submitted submitted in_progress in_progress in_progress nothing"),
    (25, "submitted in_progress in_progress nothing nothing"),
    (400, "in_progress nothing nothing nothing nothing"),
)
# what came of these in the schools that are behind, whatever the day: (school's ordinal, stage's) → fate
BEHIND = {
    (3, 6): "in_progress",
    (8, 4): "in_progress",
    (8, 6): "submitted",
    (9, 4): "submitted",
    (9, 6): "returned",
    (12, 6): "submitted",
}
SETTLED = 45  # days after a deadline by which everything of it is accepted
SENT = (-12, -8, -6, -5, -3, -2, -1, 0, 0, 2, 5)  # days before or after the deadline
DAY = timedelta(days=1)


@dataclass
class Work:
    """A stage in a school, and the desks of those who work at it."""

    curator: Desk
    coordinator: Desk
    school_id: int
    ordinal: int  # the school's place in the order
    stage: Stage
    responsible: str
    more: int = 0  # documents beside those that are expected
    row: Row = field(default_factory=dict)
    said: dict[int, Row] = field(default_factory=dict)  # activity's id → what the school says of it
    documents: dict[int, list[Details]] = field(default_factory=dict)
    remark: Row | None = None  # the open one

    @property
    def random(self) -> Random:
        return self.curator.random


def fill(work: Work, begun: date) -> None:
    """Work at a stage from a day of the school year on, as far as its days have come."""
    due, last = work.stage.due, work.curator.last
    start = workday(max(begun, due - timedelta(days=work.random.randint(40, 110))))
    is_past = due < last - timedelta(days=SETTLED)
    fate = "accepted" if is_past else _fate(work)
    if is_past and dates.cycle_of(due) == dates.cycle_of(last):
        behind = BEHIND.get((work.ordinal, work.stage.ordinal), fate)
        is_past, fate = behind == fate, behind
    if fate == "nothing" or start >= last - 3 * DAY:
        return
    shift = work.random.choice(SENT) if is_past else 0
    sent = workday(due + shift * DAY) if is_past else last - work.random.randint(2, 16) * DAY
    sent = max(start, workday_before(sent))
    every = fate != "in_progress"
    for activity in work.stage.activities:
        if every or work.random.random() < 0.6:
            _work_at(work, activity, start, sent, every)
    if every and work.said:
        _send_and_decide(work, fate, sent, is_past=is_past)


def _fate(work: Work) -> str:
    left = (work.stage.due - work.curator.last).days
    words = next(words for within, words in FATES if left <= within)
    return work.random.choice(words.split())


def _work_at(work: Work, activity: Activity, start: date, sent: date, every: bool) -> None:
    random = work.random
    day = workday_before(start + random.randint(0, (sent - start).days) * DAY)
    day = max(start, day)
    if not every and random.random() < 0.4:
        save(work, day, activity, Values(ActivityStatus.IN_PROGRESS, responsible=work.responsible))
        return
    reason = NOT_REQUIRED.get(activity.key, "")
    if reason and random.random() < 0.15:
        save(work, day, activity, Values(ActivityStatus.NOT_REQUIRED, reason=reason))
        return
    done = Values(ActivityStatus.DONE, done_on=day, responsible=work.responsible)
    first, *others = [*_documents(work, activity, day), None]
    save(work, day, activity, done, first)
    for document in others:
        if document:
            add_document(work, day, activity, document)


def _documents(work: Work, activity: Activity, day: date) -> list[Details]:
    kinds = KINDS.get(activity.key, USUAL_KINDS)[: max(activity.documents, 0)]
    kinds += USUAL_KINDS[:1] * work.more
    dated = workday_before(day - work.random.randint(0, 5) * DAY)
    numbers = [str(work.random.randint(20, 400)) for _ in kinds]
    if activity.key == "regulations":  # one order approves them
        numbers = numbers[:1] * len(kinds)
    pairs = zip(kinds, numbers, strict=True)
    return [Details(kind, number, dated, True) for kind, number in pairs]


# --- deeds ----------------------------------------------------------------------------------------


def save(
    work: Work, day: date, activity: Activity, values: Values, document: Details | None = None
) -> None:
    """Say something of an activity for the first time (`stages.activities.operations`)."""
    at = work.curator.at(day)
    _begin(work, at)
    said = {name: value for name, value in vars(values).items() if name != "answer"}
    work.said[activity.id] = work.curator.book.add(
        SchoolActivity, at, school_id=work.school_id, activity_id=activity.id, **said
    )
    changes: dict[str, tuple[Any, Any]] = {
        "status": (ActivityStatus.NOT_STARTED.value, values.status.value)
    }
    if values.done_on:
        changes["done_on"] = (None, values.done_on.isoformat())
    changes |= {name: (None, None) for name in ("responsible", "comment", "reason") if said[name]}
    if document:
        _put(work, at, activity, document)
        changes["document"] = (None, document.text)
    _keep(work, at, activity)
    subject = f"Этап {work.stage.roman}, мероприятие {activity.ordinal}"
    work.curator.note(at, "activity:saved", subject, changes)


def add_document(work: Work, day: date, activity: Activity, document: Details) -> None:
    """Add a document to an activity (`stages.evidence.operations.add_document`)."""
    at = work.curator.at(day)
    _begin(work, at)
    _put(work, at, activity, document)
    _keep(work, at, activity)
    subject = f"Этап {work.stage.roman}, мероприятие {activity.ordinal}: {document.text}"
    work.curator.note(at, "document:added", subject)


def answer(work: Work, day: date, activity: Activity, text: str) -> None:
    """Say what was mended after a remark."""
    at = work.curator.at(day)
    _begin(work, at)
    if work.remark:
        work.remark["answer"] = text
    _keep(work, at, activity, text)
    subject = f"Этап {work.stage.roman}, мероприятие {activity.ordinal}"
    work.curator.note(at, "activity:saved", subject, {"answer": (None, None)})


def submit(work: Work, day: date) -> None:
    """Send a stage for review (`stages.sending.operations.submit_stage`)."""
    at, before = work.curator.at(day), work.row["state"]
    is_again = before is StageState.RETURNED
    due = work.row["fix_by"] if is_again else work.stage.due
    late = dates.days_overdue(due, day)
    step = _step(work, work.curator, at, Step.SUBMITTED, snapshot=_snapshot(work))
    step |= {"due": due, "days_late": late, "confirmed": []}
    work.row |= {"before_submit": before, "submitted_at": at, "version": work.row["version"] + 1}
    if work.row["decided_at"] is None:
        work.row |= {"days_late": late, "due_then": due}
    if is_again:
        work.row |= {
            "fix_late": max(work.row["fix_late"] or 0, late),
            "version": work.row["version"] + 1,
        }


def accept(work: Work, day: date) -> None:
    """Accept what was sent (`review.operations.accept_stage`)."""
    at = work.coordinator.at(day)
    _close(work, at)
    step = _step(work, work.coordinator, at, Step.ACCEPTED)
    step["row_version"] = work.row["version"]


def send_back(work: Work, day: date, text: str, fix_by: date) -> None:
    """Return a stage with a remark on its first activity (`review.operations.return_stage`)."""
    at = work.coordinator.at(day)
    _close(work, at)
    work.row["fix_by"] = fix_by
    step = _step(work, work.coordinator, at, Step.RETURNED, fix_by=fix_by)
    activity_id = work.stage.activities[0].id
    named = {"school_id": work.school_id, "activity_id": activity_id}
    work.remark = work.coordinator.book.add(
        Remark, at, transition_id=step["id"], text=text, **named
    )
    step["row_version"] = work.row["version"]


def _send_and_decide(work: Work, fate: str, sent: date, *, is_past: bool) -> None:
    submit(work, sent)
    decided = workday(sent + work.random.randint(1, 3) * DAY)
    if fate == "submitted" or not work.coordinator.may(decided):
        return
    if fate == "accepted" and is_past and work.random.random() < 0.12:
        _mend(work, decided)
    elif fate == "accepted":
        accept(work, decided)
    else:
        text = work.random.choice(REMARKS)
        send_back(work, decided, text, workday(decided + work.random.randint(4, 9) * DAY))


def _mend(work: Work, returned: date) -> None:
    """Return a stage once; it is mended in time and accepted."""
    send_back(work, returned, work.random.choice(REMARKS), workday(returned + 7 * DAY))
    mended = workday(returned + 2 * DAY)
    answer(work, mended, work.stage.activities[0], ANSWER)
    submit(work, workday(mended + DAY))
    accept(work, workday(mended + 3 * DAY))


# --- what stands behind them ----------------------------------------------------------------------


def _begin(work: Work, at: datetime) -> None:
    """The first save makes the row and begins the stage; each one raises its version."""
    if not work.row:
        named = {"school_id": work.school_id, "stage_id": work.stage.id}
        work.row = work.curator.book.add(SchoolStage, at, **named)
        _step(work, work.curator, at, Step.STARTED)
    work.row["version"] += 1


def _put(work: Work, at: datetime, activity: Activity, document: Details) -> None:
    named = {"school_id": work.school_id, "activity_id": activity.id}
    work.curator.book.add(Evidence, at, **named, **vars(document))
    work.documents.setdefault(activity.id, []).append(document)


def _keep(work: Work, at: datetime, activity: Activity, answered: str = "") -> None:
    values = {**_activity_values(work, activity), "answer": answered}
    work.curator.book.add(
        ActivityRevision,
        at,
        school_id=work.school_id,
        activity_id=activity.id,
        actor_name=work.curator.actor.name,
        values=values,
    )


def _activity_values(work: Work, activity: Activity) -> dict[str, Any]:
    said = work.said[activity.id]
    return {
        "status": said["status"].value,
        "done_on": said["done_on"].isoformat() if said["done_on"] else None,
        "responsible": said["responsible"],
        "comment": said["comment"],
        "reason": said["reason"],
        "documents": [document.text for document in work.documents.get(activity.id, ())],
    }


def _snapshot(work: Work) -> list[dict[str, Any]]:
    first = work.stage.activities[0]
    answers = [work.remark["answer"]] if work.remark else []
    return [
        {
            "ordinal": activity.ordinal,
            "title": activity.title,
            **_activity_values(work, activity),
            "answers": answers if activity is first else [],
        }
        for activity in work.stage.activities
    ]


def _close(work: Work, at: datetime) -> None:
    if work.remark:
        work.remark["is_open"] = False
    work.row["decided_at"] = work.row["decided_at"] or at


def _step(work: Work, desk: Desk, at: datetime, step: Step, **more: Any) -> Row:
    before = work.row["state"]
    after = rules.after(step, before, work.row["before_submit"])
    if after is None:
        raise ValueError(f"{step} cannot be taken from {before}")
    work.row |= {"state": after, "version": work.row["version"] + 1}
    desk.book.note(
        at,
        desk.actor,
        f"stage:{step.value}",
        subject=f"Этап {work.stage.roman}",
        school_id=work.school_id,
        changes={"state": (before.value, after.value)},
    )
    return desk.book.add(
        Transition,
        at,
        school_stage_id=work.row["id"],
        step=step,
        before=before,
        after=after,
        actor_id=desk.actor.id,
        actor_name=desk.actor.name,
        **more,
    )
