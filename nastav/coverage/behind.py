"""What stands behind a figure: the children counted, without names for the district (privacy)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import FromClause, Select, Subquery, and_, func, select

from nastav import classes, dates
from nastav.coverage.counted import (
    Stretch,
    alone_or_undecided,
    in_pairs,
    in_registers,
    silent_pairs,
)
from nastav.coverage.figures import Basis, Verdict
from nastav.coverage.queries import period
from nastav.coverage.spans import SCHOOL
from nastav.db import db
from nastav.meetings import queries as meetings
from nastav.people.models import Part, Person, PersonClass, PersonGroup, RegisterNumber
from nastav.people.rows import AgeGroup


@dataclass(frozen=True)
class NumberBehind:
    """A child as the district sees it: number in the school's register and class."""

    number: int | None
    school_class: str  # «7 «А»», or «14 лет на 01.09.2026»; empty where the register does not say


@dataclass(frozen=True)
class NameBehind(NumberBehind):
    """A child as its own school sees it."""

    person_id: int
    name: str


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for: a part of a school, in a year, as it stood on a day."""

    district_id: int
    school_id: int
    year: int
    on: date
    part: Part
    basis: Basis
    verdict: Verdict = Verdict.COUNTED  # of those counted, or of whoever is told of beside them

    @property
    def params(self) -> dict[str, Any]:
        first, last = period(self.year, self.on)
        params = Stretch(self.district_id, first, last, self.school_id).params
        return params | {
            "silent_since": last - timedelta(days=meetings.settings(self.school_id).within)
        }


def numbers_behind(asked: Asked) -> list[NumberBehind]:
    """Return the children of a figure by register number and class, in the order of numbers."""
    counted = _children(asked)
    rows = _with_class(select(RegisterNumber.number), counted, asked)
    ordered = rows.order_by(RegisterNumber.number, counted.c.person_id)
    return [
        NumberBehind(number, _class(*told))
        for number, *told in db.session.execute(ordered, asked.params)
    ]


def names_behind(asked: Asked) -> list[NameBehind]:
    """Return the children of a figure with their names, in Russian order; only for the own school."""
    counted = _children(asked)
    named = select(
        RegisterNumber.number, Person.id, Person.surname, Person.given_name, Person.patronymic
    )
    rows = _with_class(named, counted, asked).join(Person, Person.id == counted.c.person_id)
    found = db.session.execute(rows.order_by(Person.sort_key, Person.id), asked.params)
    return [
        NameBehind(number, _class(*told[3:]), person_id, " ".join(filter(None, told[:3])))
        for number, person_id, *told in found
    ]


def _children(asked: Asked) -> Subquery:
    """The people of a verdict, exactly as `coverage_by_school` counts them."""
    if asked.verdict in (Verdict.ALONE, Verdict.UNDECIDED):
        counted: FromClause = alone_or_undecided(True).subquery("loose")
    elif asked.verdict is Verdict.SILENT:
        counted = silent_pairs(True).subquery("silent")
    else:
        counted = (in_registers if asked.basis is Basis.IN_REGISTER else in_pairs)(True)
    rows = select(counted.c.person_id).where(
        counted.c.school_id == SCHOOL,
        counted.c.part == asked.part,
        counted.c.verdict == asked.verdict,
    )
    if asked.basis is Basis.MET and asked.verdict is Verdict.COUNTED:
        rows = rows.where(counted.c.has_met == 1)
    return rows.subquery("children")


def _with_class(
    columns: Select[*tuple[Any, ...]], counted: Subquery, asked: Asked
) -> Select[*tuple[Any, ...]]:
    """Add number, the class of the school year of the day asked for or the last one known, and age."""
    newest = (
        select(func.max(PersonClass.first_year))
        .where(
            PersonClass.person_id == counted.c.person_id,
            PersonClass.school_id == asked.school_id,
            PersonClass.first_year <= dates.cycle_of(period(asked.year, asked.on)[1]),
        )
        .correlate(counted)
        .scalar_subquery()
    )
    numbered = and_(
        RegisterNumber.person_id == counted.c.person_id,
        RegisterNumber.school_id == asked.school_id,
    )
    of_year = and_(
        PersonClass.person_id == counted.c.person_id,
        PersonClass.school_id == asked.school_id,
        PersonClass.first_year == newest,
    )
    of_group = and_(
        PersonGroup.person_id == counted.c.person_id,
        PersonGroup.school_id == asked.school_id,
    )
    aged = (PersonGroup.age, PersonGroup.aged_on)
    return (
        columns.add_columns(PersonClass.grade, PersonClass.letter, *aged)
        .select_from(counted)
        .outerjoin(RegisterNumber, numbered)
        .outerjoin(PersonClass, of_year)
        .outerjoin(PersonGroup, of_group)
    )


def _class(grade: int | None, letter: str | None, age: int | None, aged_on: date | None) -> str:
    """The class, else the age; a group's name stays in the school."""
    return classes.class_name(grade, letter or "") if grade else AgeGroup("", age, aged_on).text
