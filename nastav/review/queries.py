"""Reading what waits for the coordinator, and what was decided a moment ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.facts.kept import queries as kept
from nastav.facts.kept.rules import Numbers, has_lost, numbers_of
from nastav.recall import recalled
from nastav.review.changes import Sent
from nastav.stages.models import (
    Activity,
    Remark,
    SchoolStage,
    Stage,
    StageState,
    Step,
    Transition,
)
from nastav.stages.rules import DECISIONS

UNDO_FOR = timedelta(minutes=10)  # rules.md#undo; by the real clock


@dataclass(frozen=True)
class Waiting:
    """A stage of a school that waits for the coordinator."""

    row_id: int
    school_id: int
    school: str
    first_year: int
    ordinal: int
    roman: str
    short: str
    submitted_at: datetime | None
    days_late: int | None  # of the sending
    fix_late: int | None  # past «исправить до», where it came again
    decided_at: datetime | None  # the first decision: set when it comes again
    reason: str  # why the school asks to open it; "" in the queue
    confirmed: list[str] | None  # remarks of the last sending; None where they were not kept

    @property
    def is_again(self) -> bool:
        """Tell whether it was decided on before."""
        return self.decided_at is not None

    @property
    def came_late(self) -> bool:
        """Tell whether it came past its date, the first time or after a return."""
        return bool(self.days_late or self.fix_late)

    @property
    def notes(self) -> list[str]:
        """Return «повторно», how late it came, and with how many remarks."""
        found = ["повторно"] if self.is_again else []
        if self.days_late:
            found.append(f"отправлен с опозданием на {_days(self.days_late)}")
        if self.fix_late:
            found.append(f"исправлен с опозданием на {_days(self.fix_late)}")
        if self.confirmed:
            forms = ("замечанием", "замечаниями", "замечаниями")
            found.append(f"с {ru.counted(len(self.confirmed), *forms)}")
        return found


@dataclass(frozen=True)
class Decision:
    """A decision of a coordinator, to be named on the next page and perhaps taken back."""

    id: int
    step: Step
    school_id: int
    school: str
    first_year: int
    ordinal: int
    roman: str
    can_be_undone: bool

    @property
    def is_acceptance(self) -> bool:
        """Tell an acceptance from a return."""
        return self.step is Step.ACCEPTED


def _days(count: int) -> str:
    return ru.counted(count, "день", "дня", "дней")


def queue(district_id: int) -> list[Waiting]:
    """Return what is «на проверке» in all school years, the longest waiting first."""
    rows = _waiting(district_id).where(SchoolStage.state == StageState.SUBMITTED)
    return _read(rows.order_by(SchoolStage.submitted_at, SchoolStage.id))


def asked_to_open(district_id: int) -> list[Waiting]:
    """Return the accepted stages that schools ask to open, with their reasons."""
    asked = SchoolStage.reopening_reason != ""
    rows = _waiting(district_id).where(SchoolStage.state == StageState.ACCEPTED, asked)
    return _read(rows.order_by(School.ordinal, Stage.ordinal))


def changed_since(district_id: int, cycle: Cycle) -> set[tuple[int, int]]:
    """Return the accepted stages of a school year of which something they rested on is gone.

    As (school's id, stage's number); two queries, however many schools there are. Of stages accepted before
    numbers were kept nothing is known.
    """
    any_step = aliased(Transition)
    last = (
        select(func.max(any_step.id))
        .where(
            any_step.school_stage_id == SchoolStage.id,
            any_step.step == Step.ACCEPTED,
            any_step.is_undone.is_(False),
        )
        .scalar_subquery()
    )
    rows = (
        select(SchoolStage.school_id, Stage.ordinal, Transition.counted)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(School, School.id == SchoolStage.school_id)
        .join(Transition, Transition.id == last)
        .where(
            School.district_id == district_id,
            Stage.cycle_id == cycle.id,
            SchoolStage.state == StageState.ACCEPTED,
        )
    )
    accepted = [row for row in db.session.execute(rows) if numbers_of(row.counted)]
    keys = {key for row in accepted for key in numbers_of(row.counted)}
    schools = {row.school_id for row in accepted}
    now = _numbers_now(district_id, cycle.first_year, tuple(sorted(schools)), tuple(sorted(keys)))
    return {
        (row.school_id, row.ordinal)
        for row in accepted
        if has_lost(row.counted, now.get(row.school_id, {}))
    }


@recalled
def _numbers_now(
    _district_id: int, first_year: int, schools: tuple[int, ...], keys: tuple[str, ...]
) -> Mapping[int, Numbers]:
    """Return what the figures of stages count now: a save of a stage moves none of it."""
    return kept.of_schools(schools, first_year, keys)


def changed(district_id: int, cycle: Cycle) -> list[Waiting]:
    """Return the stages of `changed_since`, in the order's order."""
    found = changed_since(district_id, cycle)
    if not found:
        return []
    rows = _waiting(district_id).where(
        SchoolStage.state == StageState.ACCEPTED, Stage.cycle_id == cycle.id
    )
    every = _read(rows.order_by(School.ordinal, Stage.ordinal))
    return [row for row in every if (row.school_id, row.ordinal) in found]


def following(waiting: list[Waiting], after: Waiting | None) -> Waiting | None:
    """Return what comes next in the queue after a stage just decided on; at its end the first."""
    if after is None:
        return waiting[0] if waiting else None
    others = [sent for sent in waiting if sent.row_id != after.row_id]
    later = [other for other in others if _place(other) > _place(after)]
    return (later or others or [None])[0]  # type: ignore[list-item]


def _place(waiting: Waiting) -> tuple[datetime, int]:
    return waiting.submitted_at or dates.now(), waiting.row_id


def _waiting(district_id: int) -> Select[Any]:
    """Whose school year is closed waits for nobody."""
    columns: tuple[Any, ...] = (
        SchoolStage.id,
        School.id,
        School.name,
        Cycle.first_year,
        Stage.ordinal,
        Stage.roman,
        Stage.short,
        SchoolStage.submitted_at,
        SchoolStage.days_late,
        SchoolStage.fix_late,
        SchoolStage.decided_at,
        SchoolStage.reopening_reason,
        _last_confirmed(),
    )
    return (
        select(*columns)
        .join(School, School.id == SchoolStage.school_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(Cycle, Cycle.id == Stage.cycle_id)
        .where(School.district_id == district_id, Cycle.closed_on.is_(None))
    )


def _last_confirmed() -> Any:
    """The remarks confirmed with the last sending of a school's stage."""
    return (
        select(Transition.confirmed)
        .where(Transition.school_stage_id == SchoolStage.id, Transition.step == Step.SUBMITTED)
        .order_by(Transition.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _read(rows: Select[Any]) -> list[Waiting]:
    return [Waiting(*tuple(row)) for row in db.session.execute(rows)]


def school_stage(school_id: int, cycle_id: int, ordinal: int) -> tuple[SchoolStage, Stage] | None:
    """Return a stage of a school with what its school year says of it, both to be changed; or None."""
    rows = (
        select(SchoolStage, Stage)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .where(
            SchoolStage.school_id == school_id,
            Stage.cycle_id == cycle_id,
            Stage.ordinal == ordinal,
        )
    )
    found = db.session.execute(rows).first()
    return (found[0], found[1]) if found else None


def last_step(row_id: int) -> Transition | None:
    """Return the last step of a school's stage, undoing included."""
    rows = select(Transition).where(Transition.school_stage_id == row_id)
    return db.session.scalar(rows.order_by(Transition.id.desc()).limit(1))


def earlier(decision: Transition, *steps: Step) -> Transition | None:
    """Return the last step of these kinds before a decision that was not taken back."""
    rows = select(Transition).where(
        Transition.school_stage_id == decision.school_stage_id,
        Transition.id < decision.id,
        Transition.step.in_(steps),
        Transition.is_undone.is_(False),
    )
    return db.session.scalar(rows.order_by(Transition.id.desc()).limit(1))


def undone_return(school_id: int, stage_id: int) -> Transition | None:
    """Return the return that was taken back, while nothing has followed the taking back; or None."""
    rows = (
        select(Transition)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .where(SchoolStage.school_id == school_id, SchoolStage.stage_id == stage_id)
    )
    last = list(db.session.scalars(rows.order_by(Transition.id.desc()).limit(2)))
    are_undoing = [transition.step for transition in last] == [Step.UNDONE, Step.RETURNED]
    return last[1] if are_undoing and last[1].is_undone else None


def remarks_of(transition_id: int) -> list[Remark]:
    """Return the remarks a decision left."""
    return list(db.session.scalars(select(Remark).filter_by(transition_id=transition_id)))


def open_remarks(row: SchoolStage) -> list[Remark]:
    """Return the remarks on a school's stage that no later decision has closed."""
    rows = (
        select(Remark)
        .join(Activity, Activity.id == Remark.activity_id)
        .where(
            Remark.school_id == row.school_id,
            Activity.stage_id == row.stage_id,
            Remark.is_open.is_(True),
        )
    )
    return list(db.session.scalars(rows))


def sent_before(row_id: int | None, state: StageState) -> Sent | None:
    """Return the sending that the stage is compared with, and what was decided on it; None for a first one.

    Of a stage «на проверке» that is the sending before its last, of any other its last; sendings from
    before snapshots were kept are passed over.
    """
    if row_id is None:
        return None
    rows = (
        select(Transition.step, Transition.day, Transition.snapshot)
        .where(
            Transition.school_stage_id == row_id,
            Transition.step.in_((Step.SUBMITTED, *DECISIONS, Step.REOPENED)),
            Transition.is_undone.is_(False),
        )
        .order_by(Transition.id.desc())
    )
    is_passed = state is not StageState.SUBMITTED
    decided: tuple[Step, date] | None = None
    for step, day, snapshot in db.session.execute(rows):
        if step is not Step.SUBMITTED:
            decided = decided or (step, day)
        elif not is_passed:
            is_passed = True
        elif snapshot is not None:
            return Sent(day, snapshot, *(decided or ()))
    return None


def decision(decision_id: int, user_id: int | None, now: datetime) -> Decision | None:
    """Return a decision of this user, if it is one and still the last word; or None."""
    rows = (
        select(Transition, SchoolStage, Stage, School, Cycle.first_year)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(Cycle, Cycle.id == Stage.cycle_id)
        .join(School, School.id == SchoolStage.school_id)
        .where(
            Transition.id == decision_id,
            Transition.actor_id == user_id,
            Transition.step.in_(DECISIONS),
            Transition.is_undone.is_(False),
        )
    )
    found = db.session.execute(rows).first()
    if found is None:
        return None
    step, row, stage, school, first_year = found
    return Decision(
        id=step.id,
        step=step.step,
        school_id=school.id,
        school=school.name,
        first_year=first_year,
        ordinal=stage.ordinal,
        roman=stage.roman,
        can_be_undone=can_be_undone(step, row, now),
    )


def can_be_undone(step: Transition, row: SchoolStage, now: datetime) -> bool:
    """Tell whether a decision may be taken back: fresh, the last word, the school has saved nothing.

    Everything a school saves inside a stage raises the version of its row.
    """
    last = last_step(row.id)
    is_last = last is not None and last.id == step.id
    is_fresh = dates.is_within(UNDO_FOR, step.at, now)
    return is_last and row.version == step.row_version and is_fresh
