"""Reading the history of a stage in a school: steps, and revisions with what changed in each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from nastav.db import db
from nastav.stages.models import (
    WAS,
    Activity,
    ActivityRevision,
    SchoolStage,
    StageState,
    Step,
    Transition,
)


@dataclass(frozen=True)
class StepRow:
    """A step of a stage."""

    id: int
    step: Step
    before: StageState
    after: StageState
    at: datetime
    day: date  # by the site's calendar
    actor_name: str
    note: str
    fix_by: date | None
    is_undone: bool
    due: date | None  # of a sending: the date that bound, the days past it, the remarks confirmed
    days_late: int | None
    confirmed: list[str] | None
    counted: dict[str, Any] | None  # of an acceptance, as `Transition.counted`


@dataclass(frozen=True)
class Revision:
    """A save of an activity: what it was before and what after, field by field."""

    activity_ordinal: int
    at: datetime
    actor_name: str
    changes: tuple[tuple[str, Any, Any], ...]  # (field, old, new)


@dataclass(frozen=True)
class LastSave:
    """Who saved an activity last, and when."""

    actor_name: str
    at: datetime


def steps(row_id: int | None) -> list[StepRow]:
    """Return the steps of a school's stage, the latest first; none where there is no row."""
    if row_id is None:
        return []
    rows = (
        select(
            Transition.id,
            Transition.step,
            Transition.before,
            Transition.after,
            Transition.at,
            Transition.day,
            Transition.actor_name,
            Transition.note,
            Transition.fix_by,
            Transition.is_undone,
            Transition.due,
            Transition.days_late,
            Transition.confirmed,
            Transition.counted,
        )
        .where(Transition.school_stage_id == row_id)
        .order_by(Transition.id.desc())
    )
    return [StepRow(*tuple(row)) for row in db.session.execute(rows)]


def last_sending(school_id: int, stage_id: int) -> Transition | None:
    """Return the last sending of a stage with its snapshot, or None."""
    rows = (
        select(Transition)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .where(
            SchoolStage.school_id == school_id,
            SchoolStage.stage_id == stage_id,
            Transition.step == Step.SUBMITTED,
        )
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return db.session.scalar(rows)


def acceptance(row_id: int | None) -> Transition | None:
    """Return the last acceptance of a school's stage that was not taken back, or None."""
    rows = select(Transition).where(
        Transition.school_stage_id == row_id,
        Transition.step == Step.ACCEPTED,
        Transition.is_undone.is_(False),
    )
    return db.session.scalar(rows.order_by(Transition.id.desc()).limit(1))


def revisions(school_id: int, stage_id: int) -> list[Revision]:
    """Return the saves of a stage's activities, the latest first."""
    rows = (
        select(
            Activity.ordinal,
            ActivityRevision.at,
            ActivityRevision.actor_name,
            ActivityRevision.values,
        )
        .join(Activity, Activity.id == ActivityRevision.activity_id)
        .where(ActivityRevision.school_id == school_id, Activity.stage_id == stage_id)
        .order_by(ActivityRevision.id)
    )
    before: dict[int, dict[str, Any]] = {}
    found = []
    for ordinal, at, actor_name, values in db.session.execute(rows):
        found.append(Revision(ordinal, at, actor_name, _changes(before.get(ordinal, {}), values)))
        before[ordinal] = values
    return found[::-1]


def last_revision(school_id: int, activity_id: int) -> LastSave | None:
    """Return who saved an activity last, and when; None where nobody has."""
    rows = (
        select(ActivityRevision.actor_name, ActivityRevision.at)
        .filter_by(school_id=school_id, activity_id=activity_id)
        .order_by(ActivityRevision.id.desc())
        .limit(1)
    )
    found = db.session.execute(rows).first()
    return LastSave(found.actor_name, found.at) if found else None


def _changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    return tuple(
        (name, old.get(name), value)
        for name, value in new.items()
        if name != WAS and (old.get(name) or None) != (value or None)
    )
