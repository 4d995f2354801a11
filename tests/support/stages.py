"""Stages of schools brought into a state, as if the schools and the coordinator had worked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask

from nastav import dates
from nastav.access import Actor
from nastav.db import db, writing
from nastav.district.models import School
from nastav.stages.models import (
    Activity,
    ActivityStatus,
    Remark,
    SchoolActivity,
    SchoolStage,
    Stage,
    StageState,
    Step,
    Transition,
)
from nastav.stages.operations import take_step

SCHOOL = Actor.system("школа")
FIRST_SENT = datetime(2020, 12, 1, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class StageOf:
    """A stage of a school in the order's school year."""

    school: str
    ordinal: int

    def find(self) -> tuple[int, Stage, list[Activity]]:
        """Return the school's id, the stage and its activities (needs an application context)."""
        school_id = db.session.query(School.id).filter_by(name=self.school).scalar()
        stage = db.session.query(Stage).filter_by(cycle_id=1, ordinal=self.ordinal).one()
        own = db.session.query(Activity).filter_by(stage_id=stage.id).order_by(Activity.ordinal)
        return int(school_id), stage, list(own)

    def row(self) -> SchoolStage:
        """Return the school's row of the stage."""
        school_id, stage, _ = self.find()
        return db.session.query(SchoolStage).filter_by(school_id=school_id, stage_id=stage.id).one()


def work(place: StageOf, done: int | None = None) -> SchoolStage:
    """Declare the first `done` activities (all by default) and begin the stage; caller commits."""
    school_id, stage, activities = place.find()
    for activity in activities[: len(activities) if done is None else done]:
        db.session.add(
            SchoolActivity(
                school_id=school_id,
                activity_id=activity.id,
                status=ActivityStatus.DONE,
                done_on=date(2020, 11, 20),
                responsible="Завуч Зимина",
            )
        )
    row = SchoolStage(school_id=school_id, stage_id=stage.id, state=StageState.NOT_STARTED)
    db.session.add(row)
    db.session.flush()
    take_step(SCHOOL, row, stage, Step.STARTED)
    return row


def send(place: StageOf, row: SchoolStage, minutes: int = 0) -> None:
    """Send a stage so many minutes after the first one; caller commits."""
    _, stage, _ = place.find()
    row.before_submit = row.state
    row.submitted_at = FIRST_SENT + timedelta(minutes=minutes)
    row.days_late = dates.days_overdue(stage.due, date(2020, 12, 1))
    take_step(SCHOOL, row, stage, Step.SUBMITTED)


def put(app: Flask, *states: tuple[str, int, str]) -> None:
    """Bring (school, stage, state) into being; state: a StageState, or «3» activities done."""
    with app.app_context(), writing():
        for number, (school, ordinal, state) in enumerate(states):
            place = StageOf(school, ordinal)
            is_started = state.isdecimal() or state == StageState.IN_PROGRESS
            row = work(place, int(state) if state.isdecimal() else None)
            if is_started:
                continue
            send(place, row, minutes=number)
            _decide(place, row, state)


def _decide(place: StageOf, row: SchoolStage, state: str, fix_by: date = date(2020, 12, 5)) -> None:
    school_id, stage, activities = place.find()
    if state == StageState.SUBMITTED:
        return
    row.decided_at = FIRST_SENT
    step = Step.ACCEPTED if state == StageState.ACCEPTED else Step.RETURNED
    if step is Step.RETURNED:
        row.fix_by = fix_by
    made = take_step(SCHOOL, row, stage, step, fix_by=row.fix_by)
    made.at = FIRST_SENT
    if step is Step.RETURNED:
        text = "Укажите номер приказа."
        db.session.add(
            Remark(
                transition_id=made.id, school_id=school_id, activity_id=activities[0].id, text=text
            )
        )


def stage_row(app: Flask, school: str, ordinal: int) -> SchoolStage:
    """Return the row of a school's stage as the database holds it."""
    with app.app_context():
        return StageOf(school, ordinal).row()


def steps(app: Flask, school: str, ordinal: int) -> list[Transition]:
    """Return the steps of a school's stage, the earliest first."""
    with app.app_context():
        row = StageOf(school, ordinal).row()
        rows = db.session.query(Transition).filter_by(school_stage_id=row.id)
        return list(rows.order_by(Transition.id))


def remarks(app: Flask, **which: Any) -> list[Remark]:
    """Return the remarks kept."""
    with app.app_context():
        return list(db.session.query(Remark).filter_by(**which).order_by(Remark.id))


def send_again(app: Flask, school: str, ordinal: int) -> None:
    """Have the school send a stage it mended, with an answer to each open remark."""
    with app.app_context(), writing():
        place = StageOf(school, ordinal)
        for remark in db.session.query(Remark).filter_by(is_open=True):
            remark.answer = "Номер указан."
        send(place, place.row(), minutes=600)


def withdraw(app: Flask, school: str, ordinal: int) -> None:
    """Have the school take back what it sent."""
    with app.app_context(), writing():
        place = StageOf(school, ordinal)
        take_step(SCHOOL, place.row(), place.find()[1], Step.WITHDRAWN)
