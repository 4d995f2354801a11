"""Writing down rewards; the journal gets the day and register numbers, never a name or a reason."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.years import refuse_in_closed_year
from nastav.mentors.awards import queries
from nastav.mentors.awards.models import KIND_LABELS, Award, AwardKind, RewardSystem
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class AwardData:
    """An award as typed, without who was given it."""

    given_on: date
    kind: AwardKind
    reason: str
    document: str = ""


@dataclass(frozen=True)
class SystemData:
    """A school's system of rewards as typed."""

    what_for: str
    how: str
    document: str = ""


def save_system(actor: Actor, school_id: int, data: SystemData, *, version: int) -> None:
    """Save how a school rewards its mentors, made by its first save (version 0).

    Raises:
        Conflict: it was saved since the form was opened.
    """
    row = queries.system(school_id)
    if row and all(getattr(row, name) == value for name, value in asdict(data).items()):
        return
    if row is None:
        db.session.add(RewardSystem(school_id=school_id, **asdict(data)))
    else:
        check_version(row, version)
        for name, value in asdict(data).items():
            setattr(row, name, value)
    db.session.flush()
    record(actor, "reward_system:saved", school_id=school_id)


def give(actor: Actor, school_id: int, person_ids: Collection[int], data: AwardData) -> None:
    """Write down the same award for each of these mentors.

    Raises:
        NotAllowed: one of them is not among the school's mentors.
    """
    refuse_in_closed_year(school_id, data.given_on, field="given_on")
    known = {
        participation.person_id
        for participation in people.participations(school_id, list(person_ids), Part.MENTOR)
    }
    if set(person_ids) - known:
        raise NotAllowed("mentors", "Кого-то из отмеченных нет в базе: обновите страницу.")
    for person_id in sorted(set(person_ids)):
        db.session.add(Award(school_id=school_id, person_id=person_id, **asdict(data)))
    db.session.flush()
    _record(actor, "award:added", school_id, person_ids, data.kind, data.given_on)


def change_award(actor: Actor, row: Award, data: AwardData, *, version: int) -> None:
    """Change an award; whose it is stays. Saving the same again does nothing.

    Raises:
        Conflict: it was saved since the form was opened.
    """
    if all(getattr(row, name) == value for name, value in asdict(data).items()):
        return
    check_version(row, version)
    refuse_in_closed_year(row.school_id, row.given_on, data.given_on, field="given_on")
    for name, value in asdict(data).items():
        setattr(row, name, value)
    db.session.flush()
    _record(actor, "award:changed", row.school_id, [row.person_id], row.kind, row.given_on)


def remove_award(actor: Actor, row: Award, *, version: int) -> None:
    """Remove an award that was entered by mistake.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    check_version(row, version)
    refuse_in_closed_year(row.school_id, row.given_on)
    _record(actor, "award:removed", row.school_id, [row.person_id], row.kind, row.given_on)
    db.session.delete(row)
    db.session.flush()


def _record(
    actor: Actor,
    event: str,
    school_id: int,
    person_ids: Collection[int],
    kind: AwardKind,
    day: date,
) -> None:
    numbers = sorted(people.numbers(school_id, list(person_ids)).values())
    whom = ", ".join(f"№ {number}" for number in numbers)
    subject = f"{KIND_LABELS[kind]} {ru.date_short(day)}: {whom}"
    record(actor, event, subject=subject, school_id=school_id)
