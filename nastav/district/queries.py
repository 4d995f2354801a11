"""Reading districts, schools, school years and working groups."""

from datetime import date

from sqlalchemy import Select, bindparam, select

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, District, OrderPoint, School, TeamMember
from nastav.statements import made_once


def district(district_id: int) -> District | None:
    """Return the district, or None."""
    return db.session.get(District, district_id)


def districts() -> list[District]:
    """Return every district of this database, by name."""
    return list(db.session.scalars(select(District).order_by(District.name)))


def order_points(district_id: int) -> list[OrderPoint]:
    """Return the points of a district's order of which words are known, by their numbers."""
    rows = select(OrderPoint).filter_by(district_id=district_id).order_by(OrderPoint.ref)
    return list(db.session.scalars(rows))


def order_words(district_id: int) -> dict[str, str]:
    """Return point → what the order says there: its own words, or the short ones of its file."""
    return {point.ref: point.text or point.duty for point in order_points(district_id)}


def school(school_id: int) -> School | None:
    """Return the school, or None."""
    return db.session.scalar(_school(), {"school_id": school_id})


@made_once
def _school() -> Select[School]:
    """Made once: every page of a school asks."""
    return select(School).where(School.id == bindparam("school_id"))


def schools(district_id: int) -> list[School]:
    """Return the district's schools in the order's order."""
    rows = select(School).where(School.district_id == district_id).order_by(School.ordinal)
    return list(db.session.scalars(rows))


def school_names(district_id: int) -> dict[int, str]:
    """Return the district's schools, id → name, in the order's order."""
    found = db.session.execute(_names(), {"district_id": district_id})
    return dict(list(found))


@made_once
def _names() -> Select[int, str]:
    own = School.district_id == bindparam("district_id")
    return select(School.id, School.name).where(own).order_by(School.ordinal)


def school_ids(district_id: int) -> list[int]:
    """Return the ids of the district's schools in the order's order."""
    rows = select(School.id).where(School.district_id == district_id).order_by(School.ordinal)
    return list(db.session.scalars(rows))


def cycle(district_id: int, first_year: int) -> Cycle | None:
    """Return the school year that begins in this year, if the district has opened it."""
    params = {"district_id": district_id, "first_year": first_year}
    return db.session.scalar(_cycle(), params)


@made_once
def _cycle() -> Select[Cycle]:
    """Made once: every page of a school year asks."""
    return select(Cycle).where(
        Cycle.district_id == bindparam("district_id"), Cycle.first_year == bindparam("first_year")
    )


def cycles(district_id: int) -> list[Cycle]:
    """Return the district's school years, the earliest first."""
    rows = select(Cycle).filter_by(district_id=district_id).order_by(Cycle.first_year)
    return list(db.session.scalars(rows))


def cycle_years(district_id: int) -> list[int]:
    """Return the first years of the district's school years, the earliest first."""
    return list(db.session.scalars(_years(), {"district_id": district_id}))


@made_once
def _years() -> Select[int]:
    own = Cycle.district_id == bindparam("district_id")
    return select(Cycle.first_year).where(own).order_by(Cycle.first_year)


def current_cycle(district_id: int, today: date) -> Cycle | None:
    """Return the open school year that contains the day, else the last one.

    See rules.md#current-school-year.
    """
    opened = cycles(district_id)
    year = dates.cycle_of(today)
    return next(
        (cycle for cycle in opened if cycle.first_year == year), opened[-1] if opened else None
    )


def asked_cycle(district_id: int, year: str | None, today: date) -> Cycle | None:
    """Return the school year that `?cycle=` names, the current one where it is not given, or None."""
    if not year:
        return current_cycle(district_id, today)
    return cycle(district_id, int(year)) if year.isdecimal() and len(year) == 4 else None


def team(district_id: int, school_id: int | None = None) -> list[TeamMember]:
    """Return the working group of a school, or of the district itself."""
    rows = select(TeamMember).filter_by(district_id=district_id, school_id=school_id)
    return list(db.session.scalars(rows.order_by(TeamMember.ordinal, TeamMember.id)))


def member(district_id: int, school_id: int | None, member_id: int) -> TeamMember | None:
    """Return a member of this working group (of the district's own without a school), or None."""
    rows = select(TeamMember).filter_by(id=member_id, district_id=district_id, school_id=school_id)
    return db.session.scalar(rows)
