"""Which cards of one school may be one child's, and which it said are not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import School
from nastav.identity.matches.models import PersonMatch, match_key
from nastav.people import queries as people
from nastav.people.alike import couples
from nastav.people.models import Kind, Participation, Person, PersonClass, RegisterNumber
from nastav.people.rows import Entry


@dataclass(frozen=True)
class Twice:
    """Two pupils of a school's registers with one name, the lower number first; nobody has decided."""

    one: Entry
    other: Entry

    @property
    def key(self) -> str:
        """Return what names the two cards in a form."""
        return match_key(self.one.number, self.other.number)

    @property
    def cards(self) -> tuple[Entry, Entry]:
        return self.one, self.other

    @property
    def numbers(self) -> str:
        """Return «№ 3 и № 17», which holds no name."""
        return _numbers(self.one.number, self.other.number)


def _numbers(*numbers: int) -> str:
    return ru.list_and(f"№{ru.NBSP}{number}" for number in numbers)


def of_school(school_id: int, first: date, last: date) -> list[Twice]:
    """Return the undecided ones among pupils in the registers between two days, by number.

    Their classes are those of the last day's school year.
    """
    lines = people.everybody(school_id, first_year=dates.cycle_of(last))
    pupils = [line for line in lines if line.kind is Kind.PUPIL and _touches(line, first, last)]
    settled = _settled([school_id])
    found = []
    for pair in couples(pupils):
        entry, other = sorted(pair, key=lambda card: card.number)
        if (school_id, entry.number, other.number) not in settled:
            found.append(Twice(entry, other))
    return sorted(found, key=lambda twice: (twice.one.number, twice.other.number))


def count_cards(school: School, today: date) -> int:
    """Return how many cards of a school's pupils stand in a match of `of_school` on a day."""
    rows = db.session.execute(_pupils(today, today).where(School.id == school.id))
    pairs = [{card.number, other.number} for card, other in couples(_Card(*row) for row in rows)]
    settled = _settled([school.id])
    open_ones = [pair for pair in pairs if (school.id, *sorted(pair)) not in settled]
    return len(set().union(*open_ones))


def _touches(entry: Entry, first: date, last: date) -> bool:
    return (
        not entry.is_mistake
        and entry.joined <= last
        and (entry.left is None or entry.left >= first)
    )


def decided(school_id: int) -> list[PersonMatch]:
    """Return what the school said of two of its cards, the latest first."""
    rows = select(PersonMatch).filter_by(one_school_id=school_id, other_school_id=school_id)
    return list(db.session.scalars(rows.order_by(PersonMatch.id.desc())))


def decision(school_id: int, match_id: int) -> PersonMatch | None:
    """Return what the school said of two of its cards, to be taken back, or None."""
    return next((row for row in decided(school_id) if row.id == match_id), None)


# --- the district's view: numbers and classes -----------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """Two cards of one school as the district sees them."""

    school_id: int
    cards: tuple[str, str]  # «№ 3, 7 «А»», the lower number first


@dataclass(frozen=True)
class NumberPair:
    """Two cards of one school by their numbers, the lower first."""

    school_id: int
    lower: int
    higher: int

    @property
    def numbers(self) -> str:
        """Return «№ 3 и № 17», which holds no name."""
        return _numbers(self.lower, self.higher)


@dataclass(frozen=True)
class _Card:
    school_id: int
    number: int
    person_id: int
    surname: str
    given_name: str
    patronymic: str
    kind: Kind = Kind.PUPIL


def of_district(district_id: int, first: date, last: date) -> list[Numbers]:
    """Return what `of_school` gives for every school, without a name; three queries for all of them."""
    open_ones = _open_ones(School.district_id == district_id, first, last)
    known = _classes([card.person_id for pair in open_ones for card in pair])
    return [
        Numbers(card.school_id, (_said(card, known), _said(other, known)))
        for card, other in open_ones
    ]


def of_schools(school_ids: Collection[int], first: date, last: date) -> list[NumberPair]:
    """Return what `of_school` gives for each of these schools, by number; two queries."""
    open_ones = _open_ones(School.id.in_(school_ids), first, last)
    found = [NumberPair(card.school_id, card.number, other.number) for card, other in open_ones]
    return sorted(found, key=lambda pair: (pair.lower, pair.higher))


def _open_ones(where: ColumnElement[bool], first: date, last: date) -> list[list[_Card]]:
    """The undecided ones of the schools asked for, the lower number first."""
    by_school: dict[int, list[_Card]] = {}
    for row in db.session.execute(_pupils(first, last).where(where)):
        by_school.setdefault(row.school_id, []).append(_Card(*row))
    settled = _settled(list(by_school))
    pairs = [
        sorted(pair, key=lambda card: card.number)
        for cards in by_school.values()
        for pair in couples(cards)
    ]
    return [
        pair
        for pair in pairs
        if (pair[0].school_id, *(card.number for card in pair)) not in settled
    ]


def _pupils(first: date, last: date) -> Select[*tuple[Any, ...]]:
    own = and_(
        RegisterNumber.person_id == Person.id, RegisterNumber.school_id == Participation.school_id
    )
    names = (Person.surname, Person.given_name, Person.patronymic)
    return (
        select(Participation.school_id, RegisterNumber.number, Person.id, *names)
        .join(Person, Person.id == Participation.person_id)
        .join(RegisterNumber, own)
        .join(School, School.id == Participation.school_id)
        .where(
            Person.kind == Kind.PUPIL,
            Person.given_name != "",
            Participation.is_mistake.is_(False),
            Participation.joined <= last,
            or_(Participation.left.is_(None), Participation.left >= first),
        )
        .order_by(School.ordinal, RegisterNumber.number)
    )


def _classes(person_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    rows = select(PersonClass).where(PersonClass.person_id.in_(person_ids))
    found = db.session.scalars(rows.order_by(PersonClass.first_year))
    return {(row.school_id, row.person_id): row.name for row in found}


def _said(card: _Card, known: dict[tuple[int, int], str]) -> str:
    class_text = known.get((card.school_id, card.person_id), "класс не указан")
    return f"№{ru.NBSP}{card.number}, {class_text}"


def _settled(school_ids: Sequence[int]) -> set[tuple[int, int, int]]:
    """What these schools said of two cards of their own: school, lower and higher number."""
    rows = select(
        PersonMatch.one_school_id, PersonMatch.one_number, PersonMatch.other_number
    ).where(
        PersonMatch.one_school_id.in_(school_ids),
        PersonMatch.other_school_id == PersonMatch.one_school_id,
    )
    return {(school, person_id, other) for school, person_id, other in db.session.execute(rows)}
