"""Who is kept by a code, and whose names are still there."""

from collections.abc import Collection

from sqlalchemy import func, select

from nastav import ru
from nastav.db import db
from nastav.district.models import District
from nastav.people.models import Kind, Person, RegisterNumber


def is_on(district_id: int) -> bool:
    """Tell whether a district keeps its pupils by codes."""
    return bool(db.session.scalar(select(District.uses_codes).filter_by(id=district_id)))


def named(district_id: int) -> int:
    """Return how many pupils of a district are still kept by name."""
    rows = select(func.count(Person.id)).where(
        Person.district_id == district_id,
        Person.kind == Kind.PUPIL,
        Person.given_name != "",
        Person.merged_into_id.is_(None),
    )
    return db.session.scalar(rows) or 0


def taken(school_ids: Collection[int], *, but: Collection[int] = ()) -> dict[str, int]:
    """Return search key → register number of every code of these schools.

    Whoever left or was merged into another card keeps theirs: they may come back.

    Args:
        school_ids: the schools.
        but: people whose codes are left out.
    """
    rows = (
        select(Person.surname, RegisterNumber.number)
        .join(RegisterNumber, RegisterNumber.person_id == Person.id)
        .where(
            RegisterNumber.school_id.in_(school_ids),
            Person.kind == Kind.PUPIL,
            Person.given_name == "",
            Person.surname != "",
            Person.id.not_in(but),
        )
    )
    return {ru.search_key(code): number for code, number in db.session.execute(rows)}


def schools_of(person_id: int) -> set[int]:
    """Return the schools that ever gave a person a register number."""
    rows = select(RegisterNumber.school_id).filter_by(person_id=person_id)
    return set(db.session.scalars(rows))
