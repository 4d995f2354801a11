"""Which cards of two schools may be one child's; whoever asks gets numbers and classes, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Exists,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import School
from nastav.identity.matches.models import PersonMatch, match_key
from nastav.people.models import Kind, Part, Participation, Person, PersonClass, RegisterNumber
from nastav.statements import made_once


@dataclass(frozen=True)
class Card:
    """A card as the district sees it, and whose it is."""

    school_id: int
    number: int
    person_id: int
    school_class: str = (
        ""  # «7 «А» в 2020/21» as last entered; empty where the register does not say
    )


@dataclass(frozen=True)
class Match:
    """Two cards of two schools with one name, in one class by their years; nobody has decided yet."""

    one: Card
    other: Card

    @property
    def key(self) -> str:
        """Return what names the two cards in a form."""
        both = (self.one, self.other)
        return match_key(*(part for card in both for part in (card.school_id, card.number)))

    @property
    def cards(self) -> tuple[Card, Card]:
        return self.one, self.other


def suspected(district_id: int, first: date, last: date) -> list[Match]:
    """Return the undecided matches among pupils in registers between two days, both included."""
    found = _cards(district_id, first, last)
    known = _classes([card.person_id for pair in found for card in pair])
    return [Match(_with_class(card, known), _with_class(other, known)) for card, other in found]


def count(district_id: int, first: date, last: date) -> int:
    """Return how many matches `suspected` gives."""
    return len(_cards(district_id, first, last))


def of_school(school: School, today: date) -> dict[Part, set[int]]:
    """Return the school's own people who may stand in another school's register this year, by part."""
    params = _of_year(today) | {"school_id": school.id}
    ids = {row[2] for row in db.session.execute(_namesakes("school"), params)}
    found: dict[Part, set[int]] = {part: set() for part in Part}
    if ids:
        rows = select(Participation.part, Participation.person_id).where(
            Participation.school_id == school.id,
            Participation.person_id.in_(ids),
            Participation.is_mistake.is_(False),
        )
        for part, person_id in db.session.execute(rows):
            found[part].add(person_id)
    return found


def is_doubled(school_id: int, person_id: int, today: date) -> bool:
    """Tell whether another school may have a school's own person in a register this year too."""
    params = _of_year(today) | {"school_id": school_id, "person_id": person_id}
    return db.session.execute(_namesakes("person"), params).first() is not None


def _of_year(today: date) -> dict[str, Any]:
    first, last = dates.plan_year_bounds(today.year)
    return {"first": first, "last": last}


def decided(district_id: int) -> list[PersonMatch]:
    """Return what was decided in a district, the latest first."""
    rows = select(PersonMatch).filter_by(district_id=district_id)
    return list(db.session.scalars(rows.order_by(PersonMatch.id.desc())))


def decision(district_id: int, match_id: int) -> PersonMatch | None:
    """Return a decision of the district, or None."""
    return db.session.scalar(select(PersonMatch).filter_by(id=match_id, district_id=district_id))


def _cards(district_id: int, first: date, last: date) -> list[tuple[Card, Card]]:
    params = {"district_id": district_id, "first": first, "last": last}
    rows = db.session.execute(_namesakes("district"), params)
    return [(Card(*row[:3]), Card(*row[3:])) for row in rows]


@made_once
def _namesakes(of: str) -> Select[*tuple[Any, ...]]:
    """Two cards a row: of a district, of a school (its own first), or of one person of a school.

    Made once, with named parameters: pages of coverage ask, and each card.
    """
    one, other = aliased(Person), aliased(Person)
    here, there = aliased(Participation), aliased(Participation)
    own, others = aliased(RegisterNumber), aliased(RegisterNumber)
    same_name = and_(
        other.district_id == one.district_id,
        other.search_key == one.search_key,
        other.kind == one.kind,
        other.id != one.id,
    )
    district, school, person = (
        bindparam(name, type_=Integer) for name in ("district_id", "school_id", "person_id")
    )
    # a school's own people are few, and so are names that occur twice: the search begins with them
    whole = and_(one.district_id == district, one.search_key.in_(_shared_names(district)))
    asked, elsewhere = {
        "district": (whole, there.school_id > here.school_id),
        "school": (here.school_id == school, there.school_id != school),
        "person": (and_(here.school_id == school, one.id == person), there.school_id != school),
    }[of]
    same_class = _year_of_first_class(here) == _year_of_first_class(there)
    known = func.coalesce(same_class, True)  # a class nobody entered hides nothing
    undecided = ~or_(_decided(own, others), _decided(others, own))
    return (
        select(own.school_id, own.number, one.id, others.school_id, others.number, other.id)
        .select_from(one)
        .join(other, same_name)
        .join(here, here.person_id == one.id)
        .join(there, and_(there.person_id == other.id, elsewhere))
        .join(own, and_(own.person_id == one.id, own.school_id == here.school_id))
        .join(others, and_(others.person_id == other.id, others.school_id == there.school_id))
        # a code says something in one school only: two that are equal tell nothing
        .where(asked, one.kind == Kind.PUPIL, one.search_key != "", one.given_name != "")
        .where(_in_register(here), _in_register(there), known, undecided)
        .distinct()
        .order_by(own.school_id, own.number, others.school_id, others.number)
    )


def _decided(one: Any, other: Any) -> Exists:
    rows = select(PersonMatch.id).where(
        PersonMatch.one_school_id == one.school_id,
        PersonMatch.one_number == one.number,
        PersonMatch.other_school_id == other.school_id,
        PersonMatch.other_number == other.number,
    )
    return rows.exists()


def _shared_names(district: Any) -> Select[str]:
    """Select the names that more than one person of a district has; SQLite reads the index alone."""
    rows = select(Person.search_key).where(Person.district_id == district)
    return rows.group_by(Person.search_key).having(func.count() > 1)


def _in_register(line: Any) -> Any:
    last, first = bindparam("last", type_=Date), bindparam("first", type_=Date)
    here = or_(line.left.is_(None), line.left >= first)
    return and_(line.is_mistake.is_(False), line.joined <= last, here)


def _year_of_first_class(line: Any) -> ScalarSelect[Any]:
    """The last class taken back to the beginning of school: comparable, whatever year it is of."""
    rows = (
        select(PersonClass.first_year - PersonClass.grade)
        .where(PersonClass.person_id == line.person_id, PersonClass.school_id == line.school_id)
        .order_by(PersonClass.first_year.desc())
        .limit(1)
    )
    return rows.correlate(line).scalar_subquery()


def _classes(person_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """The last class entered and its school year, by school and person: they may be of two years."""
    rows = (
        select(PersonClass)
        .where(PersonClass.person_id.in_(person_ids))
        .order_by(PersonClass.first_year)
    )
    return {
        (
            person_class.school_id,
            person_class.person_id,
        ): f"{person_class.name} в {ru.school_year(person_class.first_year)}"
        for person_class in db.session.scalars(rows)
    }


def _with_class(card: Card, known: dict[tuple[int, int], str]) -> Card:
    class_text = known.get((card.school_id, card.person_id), "")
    return Card(card.school_id, card.number, card.person_id, class_text)


def numbers_text(names: dict[int, str], *cards: tuple[int, int]) -> str:
    """Return «СОШ №5, № 3 и СОШ №2, № 7» for these (school's id, number)."""
    return ru.list_and(f"{names[school]}, №{ru.NBSP}{number}" for school, number in cards)
