"""Changing gatherings and who took part; the journal counts people and names none."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.years import refuse_in_closed_year
from nastav.gatherings import queries
from nastav.gatherings.models import Attendance, Gathering
from nastav.people import queries as people
from nastav.refusals import NotAllowed

Values = Mapping[str, Any]  # column of the gathering → value
Roles = Mapping[int, str]  # person's id → as what


def add(actor: Actor, of: type[Attendance], school_id: int, values: Values, roles: Roles) -> None:
    """Add a gathering with those who took part.

    Raises:
        NotAllowed: one of them is not in the school's register.
    """
    refuse_in_closed_year(school_id, values["held_on"], field="held_on")
    _check(of, school_id, roles)
    row = of.gathering(school_id=school_id, **values)
    db.session.add(row)
    db.session.flush()
    _set_roles(of, row, {}, roles)
    _record(actor, of, "added", row, len(roles))


def change(
    actor: Actor,
    of: type[Attendance],
    row: Gathering,
    values: Values,
    roles: Roles,
    *,
    version: int,
) -> None:
    """Change a gathering and who took part. Saving the same again does nothing.

    Raises:
        Conflict: it was saved since the form was opened.
        NotAllowed: somebody added is not in the school's register.
    """
    before = queries.roles(of, row.id)
    if before == roles and all(getattr(row, name) == value for name, value in values.items()):
        return
    check_version(row, version)
    day = values.get("held_on", row.held_on)
    refuse_in_closed_year(row.school_id, row.held_on, day, field="held_on")
    _check(of, row.school_id, roles.keys() - before.keys())
    for name, value in values.items():
        setattr(row, name, value)
    flag_modified(row, "held_on")  # the version moves with those who took part too
    _set_roles(of, row, before, roles)
    _record(actor, of, "changed", row, len(roles))


def remove(actor: Actor, of: type[Attendance], row: Gathering, *, version: int) -> None:
    """Remove a gathering that was entered by mistake, and who took part in it.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    check_version(row, version)
    refuse_in_closed_year(row.school_id, row.held_on)
    _record(actor, of, "removed", row, len(queries.roles(of, row.id)))
    db.session.execute(delete(of).where(of.gathering_id == row.id))
    db.session.delete(row)
    db.session.flush()


def _check(of: type[Attendance], school_id: int, person_ids: Iterable[int]) -> None:
    wanted = set(person_ids)
    rows = people.participations(school_id, list(wanted), of.part)
    if wanted - {row.person_id for row in rows if not row.is_mistake}:
        raise NotAllowed("present", "Кого-то из отмеченных нет в базе: обновите страницу.")


def _set_roles(of: type[Attendance], row: Gathering, before: Roles, after: Roles) -> None:
    gone = {person_id for person_id, role in before.items() if after.get(person_id) != role}
    if gone:
        rows = delete(of).where(of.gathering_id == row.id, of.person_id.in_(gone))
        db.session.execute(rows)
    for person_id, role in sorted(after.items()):
        if before.get(person_id) != role:
            more = {"role": role} if role else {}
            db.session.add(of(gathering_id=row.id, person_id=person_id, **more))
    db.session.flush()


def _record(actor: Actor, of: type[Attendance], what: str, row: Gathering, present: int) -> None:
    event = f"{of.event}:{what}"
    record(actor, event, subject=row.subject(present), school_id=row.school_id)
