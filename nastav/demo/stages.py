"""Invented work on the stages: past years accepted, the present one in every state there is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.stages import rules
from nastav.stages.models import (
    Activity,
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
    "regulations": ("Положение", "Приказ", "План мероприятий"),
    "school_team": ("Приказ",),
    "roadmap": ("Дорожная карта",),
    "reward_system": ("Положение",),
    "effectiveness": ("Аналитическая справка",),
}
REMARKS = (
    "Укажите номер и дату приказа.",
    "Приложите план мероприятий: он назван, но не указан среди документов.",
    "Дата выполнения раньше даты приказа — проверьте.",
)
# how far schools have come with a stage of the present year: (days to its deadline, what becomes of it)
FATES = (
    (10, "accepted accepted accepted accepted submitted submitted returned returned in_progress"),
    (16, "accepted submitted submitted in_progress in_progress in_progress nothing"),
    (25, "submitted in_progress in_progress nothing nothing"),
    (400, "in_progress nothing nothing nothing nothing"),
)


@dataclass
class Work:
    """A stage in a school, and the people who did something about it."""

    school: School
    stage: Stage
    random: Random
    curator: tuple[int, str]
    coordinator: tuple[int, str]
    responsible: str
    today: date


def fill(work: Work, cycle: Cycle) -> None:
    """Add what a school did about a stage by today."""
    begun = date(cycle.first_year, 9, 20)
    if work.today <= begun:
        return
    is_past = work.stage.due < work.today - timedelta(days=45)
    fate = "accepted" if is_past else _fate(work)
    if fate == "nothing":
        return
    if is_past:
        sent = work.stage.due + timedelta(days=work.random.choice((-12, -8, -5, -3, -1, 0, 2, 5)))
    else:
        sent = work.today - timedelta(days=work.random.randint(0, 14))
    sent = max(begun, min(sent, work.today))
    row = _row(work)
    every = fate != "in_progress"
    for activity in work.stage.activities:
        if every or work.random.random() < 0.5:
            _activity(work, activity, begun, sent)
    _step(row, Step.STARTED, begun, work.curator)
    if every:
        _send_and_decide(work, row, fate, sent)


def _fate(work: Work) -> str:
    left = (work.stage.due - work.today).days
    words = next(words for within, words in FATES if left <= within)
    return work.random.choice(words.split())


def _row(work: Work) -> SchoolStage:
    row = SchoolStage(
        school_id=work.school.id, stage_id=work.stage.id, state=StageState.NOT_STARTED
    )
    db.session.add(row)
    db.session.flush()
    return row


def _activity(work: Work, activity: Activity, begun: date, sent: date) -> None:
    day = begun + timedelta(days=work.random.randint(0, max((sent - begun).days, 0)))
    db.session.add(
        SchoolActivity(
            school_id=work.school.id,
            activity_id=activity.id,
            status=ActivityStatus.DONE,
            done_on=day,
            responsible=work.responsible,
        )
    )
    kinds = KINDS.get(activity.key, ("Приказ", "Протокол", "Справка"))
    for kind in kinds[: max(activity.documents, 0)]:
        number = str(work.random.randint(20, 400))
        db.session.add(
            Evidence(
                school_id=work.school.id,
                activity_id=activity.id,
                kind=kind,
                number=number,
                dated=day,
                no_names=True,
            )
        )


def _send_and_decide(work: Work, row: SchoolStage, fate: str, sent: date) -> None:
    row.before_submit = StageState.IN_PROGRESS
    row.submitted_at = _moment(sent)
    row.due_then, row.days_late = work.stage.due, dates.days_overdue(work.stage.due, sent)
    stamp = {"due": row.due_then, "days_late": row.days_late, "confirmed": []}
    _step(row, Step.SUBMITTED, sent, work.curator, **stamp)
    decided = min(sent + timedelta(days=work.random.randint(1, 3)), work.today)
    if fate == "accepted":
        row.decided_at = _moment(decided)
        _step(row, Step.ACCEPTED, decided, work.coordinator)
    elif fate == "returned":
        row.decided_at = _moment(decided)
        row.fix_by = decided + timedelta(days=4)
        step = _step(row, Step.RETURNED, decided, work.coordinator, fix_by=row.fix_by)
        db.session.add(
            Remark(
                transition_id=step.id,
                school_id=work.school.id,
                activity_id=work.stage.activities[0].id,
                text=work.random.choice(REMARKS),
            )
        )


def _step(row: SchoolStage, step: Step, day: date, who: tuple[int, str], **more: Any) -> Transition:
    after = rules.after(step, row.state, row.before_submit)
    if after is None:
        raise ValueError(f"{step} cannot be taken from {row.state}")
    transition = Transition(
        school_stage_id=row.id,
        step=step,
        before=row.state,
        after=after,
        at=_moment(day),
        day=day,
        actor_id=who[0],
        actor_name=who[1],
        **more,
    )
    row.state = after
    db.session.add(transition)
    db.session.flush()
    return transition


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(8, 40), UTC)
