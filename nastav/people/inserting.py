"""The rows of people who enter a register: many in a handful of statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import School
from nastav.people import queries
from nastav.people.changes.models import NAME
from nastav.people.models import (
    Kind,
    Part,
    Person,
    PersonClass,
    PersonGroup,
    RegisterNumber,
    texts_of,
)
from nastav.people.rules import NewPerson

PERSON = (*NAME, "kind", "post")


def insert_people(school: School, people: Sequence[NewPerson]) -> list[int]:
    """Insert those who are new in a statement or two; the ids of all, in the order given.

    A database returns many rows in any order, so each id is found by what was inserted: two rows that
    are equal in all of it may change places.
    """
    rows = [person_row(school.district_id, new) for new in people if not new.same_as]
    statement = insert(Person).returning(Person.id, *(getattr(Person, name) for name in PERSON))
    made: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person_id, *key in db.session.execute(statement, rows) if rows else ():
        made[tuple(key)].append(person_id)
    return [
        new.same_as or made[tuple(getattr(new, name) for name in PERSON)].pop(0) for new in people
    ]


def person_row(district_id: int, new: NewPerson) -> dict[str, Any]:
    """Return the values of a new person's row."""
    return {
        **{name: getattr(new, name) for name in PERSON},
        "district_id": district_id,
        "search_key": ru.search_key(new.full_name),
        "sort_key": ru.sort_key(new.full_name),
        "version": 1,
    }


def line_row(school_id: int, part: Part, person_id: int, new: NewPerson) -> dict[str, Any]:
    """Return the values of a new line of a register."""
    return {
        "person_id": person_id,
        "school_id": school_id,
        "part": part,
        "joined": new.joined,
        "left_reason": "",
        "is_mistake": False,
        **texts_of(new),
        "version": 1,
    }


def insert_classes(school_id: int, ids: Sequence[int], people: Iterable[NewPerson]) -> None:
    """Keep the classes typed, unless the school entered one of that school year already."""
    typed = {
        (person_id, class_year(new)): (new.grade, new.letter)
        for person_id, new in zip(ids, people, strict=True)
        if new.kind is Kind.PUPIL and new.grade
    }
    rows = select(PersonClass.person_id, PersonClass.first_year).where(
        PersonClass.school_id == school_id, PersonClass.person_id.in_(ids)
    )
    known = {tuple(row) for row in db.session.execute(rows)}
    fresh = [
        {
            "person_id": person_id,
            "school_id": school_id,
            "first_year": year,
            "grade": grade,
            "letter": letter,
        }
        for (person_id, year), (grade, letter) in typed.items()
        if (person_id, year) not in known
    ]
    if fresh:
        db.session.execute(insert(PersonClass), fresh)


def insert_groups(school_id: int, ids: Sequence[int], people: Iterable[NewPerson]) -> None:
    """Keep the groups and ages typed, unless the school has entered one already."""
    typed = {
        person_id: new.age_group
        for person_id, new in zip(ids, people, strict=True)
        if new.age_group
    }
    if not typed:
        return
    rows = select(PersonGroup.person_id).where(
        PersonGroup.school_id == school_id, PersonGroup.person_id.in_(typed)
    )
    known = set(db.session.scalars(rows))
    fresh = [
        {"person_id": person_id, "school_id": school_id, **asdict(group)}
        for person_id, group in typed.items()
        if person_id not in known
    ]
    if fresh:
        db.session.execute(insert(PersonGroup), fresh)


def class_year(new: NewPerson) -> int:
    """Return the school year of the class typed."""
    return new.class_year or dates.cycle_of(dates.today())


def give_numbers(school_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Give a register number to those who have none in this school yet."""
    numbers = queries.numbers(school_id, ids)
    unnumbered = [person_id for person_id in ids if person_id not in numbers]
    rows = [
        {"school_id": school_id, "person_id": person_id, "number": number}
        for number, person_id in enumerate(unnumbered, start=queries.last_number(school_id) + 1)
    ]
    if rows:
        db.session.execute(insert(RegisterNumber), rows)
    return numbers | {row["person_id"]: row["number"] for row in rows}
