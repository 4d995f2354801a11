"""Changing the training of mentors; the journal names a training by its day."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.gatherings.training import queries
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class TrainingData:
    """A training as typed; hours are academic ones."""

    held_on: date
    hours: int
    programme: str
    leader: str = ""
    document: str = ""


def add_training(
    actor: Actor, school_id: int, data: TrainingData, present: frozenset[int]
) -> Training:
    """Add a training with those who took part.

    Raises:
        NotAllowed: one of them is not among the school's mentors.
    """
    _check_mentors(school_id, present)
    row = Training(school_id=school_id, **asdict(data))
    db.session.add(row)
    db.session.flush()
    _set_present(row, frozenset(), present)
    _record(actor, "training:added", row, len(present))
    return row


def change_training(
    actor: Actor, row: Training, data: TrainingData, present: frozenset[int], *, version: int
) -> None:
    """Change a training and who took part. Saving the same again does nothing.

    Raises:
        Conflict: it was saved since the form was opened.
        NotAllowed: somebody added is not among the school's mentors.
    """
    before = queries.present(row.id)
    same = all(getattr(row, name) == value for name, value in asdict(data).items())
    if same and before == present:
        return
    check_version(row, version)
    _check_mentors(row.school_id, present - before)
    for name, value in asdict(data).items():
        setattr(row, name, value)
    flag_modified(row, "hours")  # the version moves with the attendance too
    _set_present(row, before, present)
    _record(actor, "training:changed", row, len(present))


def remove_training(actor: Actor, row: Training, *, version: int) -> None:
    """Remove a training that was entered by mistake, with its attendance.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    check_version(row, version)
    _record(actor, "training:removed", row, len(queries.present(row.id)))
    db.session.execute(delete(TrainingAttendance).filter_by(training_id=row.id))
    db.session.delete(row)
    db.session.flush()


def _check_mentors(school_id: int, person_ids: frozenset[int]) -> None:
    known = {
        one.person_id for one in people.participations(school_id, list(person_ids), Part.MENTOR)
    }
    if person_ids - known:
        raise NotAllowed("present", "Кого-то из отмеченных нет в реестре: обновите страницу.")


def _set_present(row: Training, before: frozenset[int], after: frozenset[int]) -> None:
    gone = before - after
    if gone:
        db.session.execute(
            delete(TrainingAttendance).where(
                TrainingAttendance.training_id == row.id, TrainingAttendance.person_id.in_(gone)
            )
        )
    db.session.add_all(
        TrainingAttendance(training_id=row.id, person_id=one) for one in sorted(after - before)
    )
    db.session.flush()


def _record(actor: Actor, event: str, row: Training, present: int) -> None:
    people_count = ru.counted(present, "участник", "участника", "участников")
    subject = f"обучение {ru.date_short(row.held_on)}, {people_count}"
    record(actor, event, subject=subject, school_id=row.school_id)
