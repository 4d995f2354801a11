"""Changing occasions; the journal names an event by its day and kind, never who took part."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.gatherings.occasions import queries
from nastav.gatherings.occasions.models import SPHERES, Occasion, OccasionPart, Sphere
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class OccasionData:
    """An event as typed."""

    held_on: date
    sphere: Sphere
    name: str


def add_occasion(
    actor: Actor, school_id: int, data: OccasionData, parts: Mapping[int, str]
) -> Occasion:
    """Add an event with those who took part: person's id → as what.

    Raises:
        NotAllowed: nobody took part, or one of them is not among the school's mentees.
    """
    _check(school_id, parts, parts)
    row = Occasion(school_id=school_id, **asdict(data))
    db.session.add(row)
    db.session.flush()
    _set_parts(row, {}, parts)
    _record(actor, "occasion:added", row, len(parts))
    return row


def change_occasion(
    actor: Actor, row: Occasion, data: OccasionData, parts: Mapping[int, str], *, version: int
) -> None:
    """Change an event and who took part. Saving the same again does nothing.

    Raises:
        Conflict: it was saved since the form was opened.
        NotAllowed: nobody is left, or somebody added is not among the school's mentees.
    """
    before = queries.parts(row.id)
    same = all(getattr(row, name) == value for name, value in asdict(data).items())
    if same and before == parts:
        return
    check_version(row, version)
    _check(row.school_id, parts, parts.keys() - before.keys())
    for name, value in asdict(data).items():
        setattr(row, name, value)
    flag_modified(row, "name")  # the version moves with those who took part too
    _set_parts(row, before, parts)
    _record(actor, "occasion:changed", row, len(parts))


def remove_occasion(actor: Actor, row: Occasion, *, version: int) -> None:
    """Remove an event and who took part in it.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    check_version(row, version)
    db.session.execute(delete(OccasionPart).filter_by(occasion_id=row.id))
    db.session.delete(row)
    db.session.flush()
    _record(actor, "occasion:removed", row, 0)


def _check(school_id: int, parts: Mapping[int, str], added: Iterable[int]) -> None:
    if not parts:
        raise NotAllowed("present", "Отметьте хотя бы одного участника.")
    wanted = list(added)
    known = {
        one.person_id
        for one in people.participations(school_id, wanted, Part.MENTEE)
        if not one.is_mistake
    }
    if not known.issuperset(wanted):
        raise NotAllowed("present", "Отмеченного наставляемого нет в реестре: обновите страницу.")


def _set_parts(row: Occasion, before: Iterable[int], parts: Mapping[int, str]) -> None:
    old = OccasionPart.person_id.in_(before)
    db.session.execute(delete(OccasionPart).filter_by(occasion_id=row.id).where(old))
    db.session.add_all(
        OccasionPart(occasion_id=row.id, person_id=one, role=role) for one, role in parts.items()
    )
    db.session.flush()


def _record(actor: Actor, event: str, row: Occasion, count: int) -> None:
    who = ru.counted(count, "участник", "участника", "участников")
    subject = f"{SPHERES[row.sphere]}, {ru.date_short(row.held_on)}" + (f": {who}" if count else "")
    record(actor, event, subject=subject, school_id=row.school_id)
