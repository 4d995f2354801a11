"""Reading merges, and who may be the same person within one school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from nastav import ru
from nastav.db import db
from nastav.identity.merging.models import PersonMerge
from nastav.people import queries as people
from nastav.people.models import Participation, Person, RegisterNumber
from nastav.people.rows import Entry


@dataclass(frozen=True)
class Merge:
    """A merge that holds, as the kept person's card shows it; `can_undo`: none came later."""

    id: int
    at: datetime
    by: str
    number: int  # of the dropped card
    name: str
    can_undo: bool


def merges_into(school_id: int, person_id: int) -> list[Merge]:
    """Return the cards that became this person's, the latest first."""
    rows = (
        select(PersonMerge, Person, RegisterNumber.number)
        .join(Person, Person.id == PersonMerge.dropped_id)
        .join(
            RegisterNumber,
            (RegisterNumber.person_id == PersonMerge.dropped_id)
            & (RegisterNumber.school_id == PersonMerge.school_id),
        )
        .where(
            PersonMerge.kept_id == person_id,
            PersonMerge.school_id == school_id,
            PersonMerge.undone_at.is_(None),
        )
        .order_by(PersonMerge.id.desc())
    )
    last = last_into(person_id)
    return [
        Merge(row.id, row.at, row.actor_name, number, person.full_name, row.id == last)
        for row, person, number in db.session.execute(rows)
    ]


def merge(school_id: int, person_id: int, merge_id: int) -> PersonMerge | None:
    """Return a merge into a person of this school, to be undone, or None."""
    rows = select(PersonMerge).filter_by(id=merge_id, school_id=school_id, kept_id=person_id)
    return db.session.scalar(rows)


def last_into(person_id: int) -> int | None:
    """Return the id of the last merge into a person that was not undone."""
    rows = select(func.max(PersonMerge.id)).filter_by(kept_id=person_id, undone_at=None)
    return db.session.scalar(rows)


def schools_of(person_id: int) -> set[int]:
    """Return the ids of the schools in whose registers a person is or was."""
    return set(db.session.scalars(select(Participation.school_id).filter_by(person_id=person_id)))


def candidates(school_id: int, person_id: int, *, first_year: int) -> list[Entry]:
    """Return the school's other people, once each: those whose name is alike first."""
    others: dict[int, Entry] = {}
    own = None
    for person in people.everybody(school_id, first_year=first_year):
        if person.person_id == person_id:
            own = person
        else:
            others.setdefault(person.person_id, person)
    return sorted(others.values(), key=lambda entry: not (own and is_alike(own, entry)))


def is_alike(entry: Entry, other: Entry) -> bool:
    """Tell whether two people may be one by their names: surname and first letter of the name."""
    return ru.search_key(entry.surname) == ru.search_key(other.surname) and (
        ru.search_key(entry.given_name)[:1] == ru.search_key(other.given_name)[:1]
    )


def person(school_id: int, person_id: int) -> Person | None:
    """Return a person of this school's registers, to be merged, or None."""
    rows = (
        select(Person)
        .join(RegisterNumber, RegisterNumber.person_id == Person.id)
        .where(Person.id == person_id, RegisterNumber.school_id == school_id)
    )
    return db.session.scalar(rows)


def cards_of(person_ids: Iterable[int]) -> list[int]:
    """Return these people and every card that was merged into one of theirs, however often."""
    found, new = list(person_ids), list(person_ids)
    while new:
        new = list(db.session.scalars(select(Person.id).where(Person.merged_into_id.in_(new))))
        found += new
    return found
