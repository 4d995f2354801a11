"""Reading the training of one school's mentors."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from nastav import dates
from nastav.db import db
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people.models import Person

# of two cards made one that both took part the dropped one's mark stays with it, for the undo
IS_CARD = Person.merged_into_id.is_(None)


@dataclass(frozen=True)
class TrainingLine:
    """A training as the list shows it."""

    id: int
    held_on: date
    hours: int
    programme: str
    leader: str
    document: str
    present: int  # mentors who took part


@dataclass(frozen=True)
class Trained:
    """What a mentor's training amounts to: the last day and academic hours in all."""

    last: date
    hours: int


def trainings(school_id: int, first_year: int) -> list[TrainingLine]:
    """Return the training of a school year, the latest first, with how many took part."""
    first, last = dates.cycle_bounds(first_year)
    rows = (
        select(
            Training.id,
            Training.held_on,
            Training.hours,
            Training.programme,
            Training.leader,
            Training.document,
            func.count(Person.id).label("present"),
        )
        .outerjoin(TrainingAttendance, TrainingAttendance.training_id == Training.id)
        .outerjoin(Person, and_(Person.id == TrainingAttendance.person_id, IS_CARD))
        .where(Training.school_id == school_id, Training.held_on.between(first, last))
        .group_by(Training.id)
        .order_by(Training.held_on.desc(), Training.id.desc())
    )
    return [TrainingLine(**row) for row in db.session.execute(rows).mappings()]


def training(school_id: int, training_id: int) -> Training | None:
    """Return a training of a school, to be changed, or None."""
    return db.session.scalar(select(Training).filter_by(id=training_id, school_id=school_id))


def present(training_id: int) -> frozenset[int]:
    """Return the ids of the persons who took part in a training."""
    rows = (
        select(TrainingAttendance.person_id)
        .join(Person, and_(Person.id == TrainingAttendance.person_id, IS_CARD))
        .where(TrainingAttendance.training_id == training_id)
    )
    return frozenset(db.session.scalars(rows))


def trained(school_id: int, until: date) -> dict[int, Trained]:
    """Return who of a school has been trained by a day, in any school year: person's id → what."""
    rows = (
        select(
            TrainingAttendance.person_id,
            func.max(Training.held_on).label("last"),
            func.sum(Training.hours).label("hours"),
        )
        .join(Training, Training.id == TrainingAttendance.training_id)
        .where(Training.school_id == school_id, Training.held_on <= until)
        .group_by(TrainingAttendance.person_id)
    )
    return {row.person_id: Trained(row.last, row.hours) for row in db.session.execute(rows)}


def attended(school_id: int, person_id: int) -> list[TrainingLine]:
    """Return the training a person took part in, the latest first (`present` is 1)."""
    rows = (
        select(Training)
        .join(TrainingAttendance, TrainingAttendance.training_id == Training.id)
        .where(Training.school_id == school_id, TrainingAttendance.person_id == person_id)
        .order_by(Training.held_on.desc())
    )
    return [
        TrainingLine(
            one.id, one.held_on, one.hours, one.programme, one.leader, one.document, present=1
        )
        for one in db.session.scalars(rows)
    ]
