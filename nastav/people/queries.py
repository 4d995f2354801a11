"""Reading the registers of one school; another school's people are never looked into."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from nastav.db import db
from nastav.people.models import (
    TEXTS,
    Part,
    Participation,
    Person,
    PersonClass,
    PersonGroup,
    RegisterNumber,
)
from nastav.people.rows import AgeGroup, Entry, SchoolClass
from nastav.statements import among, made_once, read, singled


def register(school_id: int, part: Part, *, first_year: int) -> list[Entry]:
    """Return everybody ever entered into a register, mistakes included, sorted by name.

    Args:
        school_id: the school.
        part: whose register.
        first_year: the school year whose classes are shown.
    """
    return _entries(school_id, _of_school(school_id).where(Participation.part == part), first_year)


def everybody(school_id: int, *, first_year: int) -> list[Entry]:
    """Return every line of both registers, mistakes included, sorted by name."""
    return _entries(school_id, _of_school(school_id), first_year)


def entry(school_id: int, part: Part, participation_id: int, *, first_year: int) -> Entry | None:
    """Return one line of a school's register, or None if the school has no such line."""
    rows = _of_school(school_id).where(
        Participation.part == part, Participation.id == participation_id
    )
    return next(iter(_entries(school_id, rows, first_year)), None)


def history(school_id: int, person_id: int, *, first_year: int) -> list[Entry]:
    """Return every participation of a person in this school, in both parts, the earliest first."""
    rows = _of_school(school_id).where(Participation.person_id == person_id)
    return sorted(_entries(school_id, rows, first_year), key=lambda entry: (entry.joined, entry.id))


def participations(school_id: int, person_ids: Sequence[int], part: Part) -> list[Entry]:
    """Return these people's lines in a register, without mistakes, in the order of joining."""
    rows = _of_school(school_id).where(
        Participation.part == part,
        Participation.person_id.in_(person_ids),
        Participation.is_mistake.is_(False),
    )
    return sorted(_entries(school_id, rows, 0), key=lambda entry: entry.joined)


def present(school_id: int, part: Part, on: date, *, first_year: int) -> list[Entry]:
    """Return everybody in a register on a day, by name, for a list to choose from."""
    people = register(school_id, part, first_year=first_year)
    return [person for person in people if person.is_on(on)]


def participation(school_id: int, part: Part, participation_id: int) -> Participation | None:
    """Return a participation with its person, to be changed, or None if the school has none."""
    params = {"id": participation_id, "school_id": school_id, "part": part}
    return db.session.scalar(_participation(), params)


@made_once
def _participation() -> Select[Participation]:
    """Made once: every page and form of a person asks."""
    line = Participation
    own = (line.id == bindparam("id"), line.school_id == bindparam("school_id"))
    rows = select(line).where(*own, line.part == bindparam("part"))
    return rows.options(joinedload(line.person))


def participations_of(school_id: int, person_ids: Sequence[int]) -> list[Participation]:
    """Return these people's lines in both registers, mistakes left out, with the person, to be changed."""
    rows = (
        select(Participation)
        .where(
            Participation.school_id == school_id,
            Participation.person_id.in_(person_ids),
            Participation.is_mistake.is_(False),
        )
        .options(joinedload(Participation.person))
        .order_by(Participation.id)
    )
    return list(db.session.scalars(rows))


def standing(school_id: int, part: Part, participation_ids: Sequence[int]) -> list[Participation]:
    """Return those of these lines that stand in a register now, with the person, to be changed, by name."""
    rows = (
        select(Participation)
        .join(Participation.person)
        .where(
            Participation.school_id == school_id,
            Participation.part == part,
            Participation.id.in_(participation_ids),
            Participation.left.is_(None),
            Participation.is_mistake.is_(False),
        )
        .options(contains_eager(Participation.person))
        .order_by(Person.sort_key, Participation.id)
    )
    return list(db.session.scalars(rows))


def versions(school_id: int, participation_ids: Sequence[int]) -> dict[int, int]:
    """Return the versions of these lines of a school's registers, by id."""
    rows = select(Participation.id, Participation.version).where(
        Participation.school_id == school_id, Participation.id.in_(participation_ids)
    )
    return {row.id: row.version for row in db.session.execute(rows)}


def numbers(school_id: int, person_ids: Sequence[int]) -> dict[int, int]:
    """Return the register numbers of those of these people who have one in this school."""
    ones, params = singled(person_ids=person_ids)
    rows = read(_numbers(ones), {"school_id": school_id, **params}).all()
    return {row.person_id: row.number for row in rows}


@made_once
def _numbers(ones: frozenset[str]) -> Select[int, int]:
    """Made once: the journal names people by their numbers."""
    line = RegisterNumber
    own = line.school_id == bindparam("school_id")
    return select(line.person_id, line.number).where(own, among(line.person_id, "person_ids", ones))


def last_number(school_id: int) -> int:
    """Return the highest register number given out in a school; 0 before the first."""
    rows = select(func.max(RegisterNumber.number)).filter_by(school_id=school_id)
    return db.session.scalar(rows) or 0


def surnames(school_id: int) -> list[str]:
    """Return every surname ever entered into a school's registers, each once; no codes."""
    rows = (
        select(Person.surname)
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.school_id == school_id, Person.given_name != "")
        .distinct()
    )
    return list(db.session.scalars(rows))


def possible_namesakes(school_id: int, name_key: str, *, first_year: int) -> list[Entry]:
    """Return the school's people of both parts whose name begins so, mistakes left out.

    Args:
        school_id: the school; no other is looked into.
        name_key: the search key of surname and given name; empty for everybody.
        first_year: the school year the classes are compared in.
    """
    rows = _of_school(school_id).where(
        Participation.is_mistake.is_(False),
        or_(Person.search_key == name_key, Person.search_key.startswith(f"{name_key} "))
        if name_key
        else Person.id.is_not(None),
    )
    return _entries(school_id, rows, first_year)


def classes(school_id: int, people: Select[int], first_year: int) -> dict[int, SchoolClass]:
    """Return the last class a school entered up to a school year, by person, of those selected."""
    return read_classes(last_classes(people), {"school_id": school_id}, first_year)


def last_classes(people: Select[int]) -> Select[*tuple[Any, ...]]:
    """Return what `read_classes` reads: the classes of those selected in the school asked."""
    own = PersonClass.school_id == bindparam("school_id"), PersonClass.person_id.in_(people)
    columns = (PersonClass.first_year, PersonClass.grade, PersonClass.letter)
    rows = select(PersonClass.person_id, *columns).where(*own)
    until = bindparam("last_year", type_=Integer)
    return rows.where(PersonClass.first_year <= until).order_by(PersonClass.first_year)


def read_classes(
    statement: Select[*tuple[Any, ...]], asked: Mapping[str, Any], first_year: int
) -> dict[int, SchoolClass]:
    """Return `classes` by their statement, which is asked of a school (`school_id`)."""
    rows = read(statement, {**asked, "last_year": first_year}).all()
    return {row.person_id: SchoolClass(*row[1:]) for row in rows}


def age_groups(school_id: int, people: Select[int]) -> dict[int, AgeGroup]:
    """Return the groups of those selected who have one in a school, by person."""
    rows = select(
        PersonGroup.person_id, PersonGroup.name, PersonGroup.age, PersonGroup.aged_on
    ).where(PersonGroup.school_id == school_id, PersonGroup.person_id.in_(people))
    return {row[0]: AgeGroup(*row[1:]) for row in db.session.execute(rows)}


def age_group(school_id: int, person_id: int) -> PersonGroup | None:
    """Return the group of a person in a school, to be changed, or None."""
    return db.session.scalar(_age_group(), {"school_id": school_id, "person_id": person_id})


@made_once
def _age_group() -> Select[PersonGroup]:
    """Made once: every save of a person asks."""
    own = PersonGroup.school_id == bindparam("school_id")
    return select(PersonGroup).where(own, PersonGroup.person_id == bindparam("person_id"))


def moved_on(school_id: int, first_year: int) -> set[int]:
    """Return who of a school's registers has a class entered for a later school year: they stayed."""
    own = select(Participation.person_id).where(Participation.school_id == school_id)
    rows = select(PersonClass.person_id).where(
        PersonClass.person_id.in_(own),
        PersonClass.school_id == school_id,
        PersonClass.first_year > first_year,
    )
    return set(db.session.scalars(rows))


def classes_by_year(school_id: int, person_id: int) -> list[SchoolClass]:
    """Return every class a school entered of a person, the latest school year first."""
    rows = (
        select(PersonClass.first_year, PersonClass.grade, PersonClass.letter)
        .filter_by(school_id=school_id, person_id=person_id)
        .order_by(PersonClass.first_year.desc())
    )
    return [SchoolClass(*row) for row in db.session.execute(rows)]


def _of_school(school_id: int) -> Select[*tuple[Any, ...]]:
    """Select what `Entry` keeps of a line, in the order of its fields."""
    return (
        select(
            Participation.id,
            Participation.person_id,
            RegisterNumber.number,
            Participation.part,
            Person.kind,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            Person.post,
            *(getattr(Participation, name) for name in TEXTS),
            Participation.joined,
            Participation.left,
            Participation.left_reason,
            Participation.is_mistake,
            Person.search_key,
        )
        .join(Person, Person.id == Participation.person_id)
        .join(
            RegisterNumber,
            (RegisterNumber.person_id == Participation.person_id)
            & (RegisterNumber.school_id == Participation.school_id),
        )
        .where(Participation.school_id == school_id)
        .order_by(Person.sort_key, Participation.id)
    )


def _entries(school_id: int, rows: Select[*tuple[Any, ...]], first_year: int) -> list[Entry]:
    people = rows.with_only_columns(Participation.person_id).order_by(None)
    known = classes(school_id, people, first_year) if first_year else {}
    groups = age_groups(school_id, people) if first_year else {}
    # by place, as `_of_school` selects them: by name it takes twice as long for a thousand people
    return [
        Entry(*(*row, known.get(row.person_id), first_year, groups.get(row.person_id)))
        for row in db.session.execute(rows)
    ]


def is_elsewhere(school_id: int, person_id: int) -> bool:
    """Tell whether another school has the same person in a register now."""
    rows = select(Participation.id).where(
        Participation.person_id == person_id,
        Participation.school_id != school_id,
        Participation.is_mistake.is_(False),
        Participation.left.is_(None),
    )
    return db.session.scalars(rows).first() is not None
