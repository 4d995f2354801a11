"""Reading the gatherings of one school: a school year's list, one of them, who took part in what."""

from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import and_, func, literal, select

from nastav import dates
from nastav.db import db
from nastav.gatherings.models import Attendance
from nastav.people import queries as people
from nastav.people.models import Person
from nastav.people.rows import Entry

# of two cards made one that both took part the dropped one's mark stays with it, for the undo
IS_CARD = Person.merged_into_id.is_(None)
Line = TypeVar("Line")


def held(of: type[Attendance], line: type[Line], school_id: int, first_year: int) -> list[Line]:
    """Return the gatherings of a school year, the latest first, each with how many were `present`.

    Args:
        of: which gatherings, by their attendance.
        line: the dataclass of a line; its fields are read from the gathering's columns.
        school_id: the school.
        first_year: of the school year.
    """
    event = of.gathering
    rows = (
        select(*_columns(line, event), func.count(Person.id).label("present"))
        .select_from(event)
        .outerjoin(of, of.gathering_id == event.id)
        .outerjoin(Person, and_(Person.id == of.person_id, IS_CARD))
        .where(event.school_id == school_id, event.held_on.between(*dates.cycle_bounds(first_year)))
        .group_by(event.id)
        .order_by(event.held_on.desc(), event.id.desc())
    )
    return [line(**row) for row in db.session.execute(rows).mappings()]


def attended(of: type[Attendance], line: type[Line], school_id: int, person_id: int) -> list[Line]:
    """Return what a person took part in, in every school year, the latest first."""
    event = of.gathering
    rows = (
        select(*_columns(line, event, of))
        .join_from(event, of, of.gathering_id == event.id)
        .where(event.school_id == school_id, of.person_id == person_id)
        .order_by(event.held_on.desc(), event.id.desc())
    )
    return [line(**row) for row in db.session.execute(rows).mappings()]


def _columns(line: Any, *tables: Any) -> list[Any]:
    """Return the columns of these tables that a line has fields for."""
    return [
        getattr(table, field.name)
        for field in fields(line)
        for table in tables
        if hasattr(table, field.name)
    ]


def gathering(of: type[Attendance], school_id: int, gathering_id: int) -> Any:
    """Return a gathering of a school, to be changed, or None."""
    rows = select(of.gathering).filter_by(id=gathering_id, school_id=school_id)
    return db.session.scalar(rows)


def roles(of: type[Attendance], gathering_id: int) -> dict[int, str]:
    """Return who took part: person's id → as what ("" where nobody asks)."""
    rows = (
        select(of.person_id, getattr(of, "role", literal("")))
        .join(Person, and_(Person.id == of.person_id, IS_CARD))
        .where(of.gathering_id == gathering_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def to_tick(
    of: type[Attendance], school_id: int, cycle: int, ticked: frozenset[int] = frozenset()
) -> list[Entry]:
    """Return who was in the register in the school year, once each, and whoever is ticked."""
    first, last = dates.cycle_bounds(cycle)
    found = {
        entry.person_id: entry
        for entry in people.register(school_id, of.part, first_year=cycle)
        if entry.person_id in ticked
        or (
            not entry.is_mistake
            and entry.joined <= last
            and (entry.left is None or entry.left >= first)
        )
    }
    return list(found.values())


def last_day(cycle: int) -> date:
    """Return today within a school year, or its nearest day."""
    first, last = dates.cycle_bounds(cycle)
    return min(max(dates.today(), first), last)
