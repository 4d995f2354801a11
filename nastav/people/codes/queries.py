"""Who is kept by a code, and whose names are still there."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import District
from nastav.people import queries as people
from nastav.people.models import Kind, Participation, Person, RegisterNumber
from nastav.people.rows import Entry


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


def taken(
    school_id: int, *, others: Collection[int] = (), but: Collection[int] = ()
) -> dict[str, int]:
    """Return search key → register number of every code of a school; 0 for a code of another one.

    Whoever left or was merged into another card keeps theirs: they may come back.

    Args:
        school_id: the school.
        others: further schools in which a code has to be free.
        but: people whose codes are left out.
    """
    rows = (
        select(Person.surname, RegisterNumber.school_id, RegisterNumber.number)
        .join(RegisterNumber, RegisterNumber.person_id == Person.id)
        .where(
            RegisterNumber.school_id.in_({school_id, *others}),
            Person.kind == Kind.PUPIL,
            Person.given_name == "",
            Person.surname != "",
            Person.id.not_in(but),
        )
        .order_by(RegisterNumber.school_id == school_id)
    )
    return {
        ru.search_key(code): number if where == school_id else 0
        for code, where, number in db.session.execute(rows)
    }


def schools_of(person_id: int) -> set[int]:
    """Return the schools that ever gave a person a register number."""
    rows = select(RegisterNumber.school_id).filter_by(person_id=person_id)
    return set(db.session.scalars(rows))


@dataclass(frozen=True)
class Replaceable:
    """The pupils whose names a school can replace with codes, and what codes they cannot have."""

    people: tuple[Entry, ...]  # once each, by name
    elsewhere: int  # named pupils who went to another school, which writes their name now
    taken: Mapping[str, int]  # search key → register number
    foreign: Mapping[int, Collection[str]]  # person → keys given in the other schools of theirs

    @property
    def ids(self) -> set[int]:
        """Return whose names they are."""
        return {person.person_id for person in self.people}

    @property
    def mark(self) -> str:
        """Return a mark of exactly these people and names; replacing any others is refused."""
        shown = sorted((person.person_id, person.full_name) for person in self.people)
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def replaceable(school_id: int, today: date) -> Replaceable:
    """Return the pupils of both registers who are kept by name, those who left among them."""
    lines = people.everybody(school_id, first_year=dates.cycle_of(today))
    named = {line.person_id: line for line in lines if line.kind is Kind.PUPIL and line.given_name}
    here = {line.person_id for line in lines if line.left is None and not line.is_mistake}
    gone = _in_other_registers(school_id, named.keys() - here)
    found = tuple(entry for key, entry in named.items() if key not in gone)
    ids = [entry.person_id for entry in found]
    return Replaceable(found, len(gone), taken(school_id), _foreign(school_id, ids))


def named_in(school_id: int) -> int:
    """Return how many names of pupils a school can replace with codes."""
    left = select(Participation.person_id).where(
        Participation.school_id != school_id,
        Participation.left.is_(None),
        Participation.is_mistake.is_(False),
    )
    here = and_(
        Participation.school_id == school_id,
        Participation.left.is_(None),
        Participation.is_mistake.is_(False),
    )
    rows = (
        select(func.count(Person.id.distinct()))
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Participation.school_id == school_id,
            Person.kind == Kind.PUPIL,
            Person.given_name != "",
            or_(here, Person.id.not_in(left)),
        )
    )
    return db.session.scalar(rows) or 0


def _in_other_registers(school_id: int, person_ids: Collection[int]) -> set[int]:
    rows = select(Participation.person_id).where(
        Participation.person_id.in_(person_ids),
        Participation.school_id != school_id,
        Participation.left.is_(None),
        Participation.is_mistake.is_(False),
    )
    return set(db.session.scalars(rows))


def _foreign(school_id: int, person_ids: Collection[int]) -> dict[int, set[str]]:
    """What is given in the other schools that know these people."""
    own, other = aliased(RegisterNumber), aliased(RegisterNumber)
    rows = (
        select(own.person_id, Person.surname)
        .join(other, other.school_id == own.school_id)
        .join(Person, Person.id == other.person_id)
        .where(
            own.person_id.in_(person_ids),
            own.school_id != school_id,
            Person.kind == Kind.PUPIL,
            Person.given_name == "",
            Person.surname != "",
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, code in db.session.execute(rows):
        found[person_id].add(ru.search_key(code))
    return found
