"""Reading the training of one school's mentors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from nastav.db import db
from nastav.gatherings import queries as gatherings
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people.models import Person


@dataclass(frozen=True)
class TrainingLine:
    """A training as the list shows it."""

    id: int
    held_on: date
    hours: int
    programme: str
    leader: str
    document: str
    present: int = 1  # mentors who took part


@dataclass(frozen=True)
class Trained:
    """What a mentor's training amounts to: the last day and academic hours in all."""

    last: date
    hours: int


def trainings(school_id: int, first_year: int) -> list[TrainingLine]:
    """Return the training of a school year, the latest first, with how many took part."""
    return gatherings.held(TrainingAttendance, TrainingLine, school_id, first_year)


def present_at(school_id: int, training_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return who took part in each of these trainings of a school: training's id → persons' ids."""
    rows = (
        select(TrainingAttendance.training_id, TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .join(Person, and_(Person.id == TrainingAttendance.person_id, gatherings.IS_CARD))
        .where(Training.school_id == school_id, Training.id.in_(training_ids))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for training_id, person_id in db.session.execute(rows):
        found[training_id].add(person_id)
    return found


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
    return gatherings.attended(TrainingAttendance, TrainingLine, school_id, person_id)
