"""Reading coverage: one function for the screen, paper, Excel and every text (rules: `rules.py`)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, exists, false, func, or_, select

from nastav import dates
from nastav.coverage.counted import in_pairs, in_registers
from nastav.coverage.figures import Basis, DistrictCoverage, Figure, SchoolCoverage
from nastav.db import db
from nastav.district.models import District, School
from nastav.people.models import Kind, Part, Participation, Person
from nastav.plan.models import PlanTarget, PlanYear

Counts = Mapping[tuple[int, Part, bool], int]  # school, part, is a pupil → people


def coverage_by_school(district_id: int, year: int, on: date) -> DistrictCoverage:
    """Return every school's coverage in a calendar year, as it stood on a day, in the order's order.

    A day after the year stands for 31 December; before it nothing is known yet. Four queries,
    however many schools there are.
    """
    return _coverage(district_id, year, on)


def school_coverage(school_id: int, year: int, on: date) -> SchoolCoverage:
    """Return the coverage of one school: the same figures as its row in `coverage_by_school`.

    Raises:
        NoResultFound: there is no such school.
    """
    district = db.session.scalars(select(School.district_id).filter_by(id=school_id)).one()
    return _coverage(district, year, on, school_id).schools[0]


def _coverage(
    district_id: int, year: int, on: date, school_id: int | None = None
) -> DistrictCoverage:
    first, last = period(year, on)
    rows = _schools(district_id, year, school_id)
    paired: Counts = {}
    entered: Counts = {}
    doubles = 0
    if first <= last:
        paired = _counts(in_pairs(district_id, first, last, school_id))
        entered = _counts(in_registers(district_id, first, last, school_id))
        doubles = _doubles(district_id, first, last) if school_id is None else 0
    basis = Basis(rows[0].coverage_basis) if rows else Basis.IN_PAIR
    return DistrictCoverage(
        district_id=district_id,
        year=year,
        on=last,
        basis=basis,
        has_plan=bool(rows) and rows[0].plan_year is not None,
        schools=tuple(_school(row, paired, entered, begun=first <= last) for row in rows),
        printed_mentees=rows[0].printed_mentees if rows else None,
        printed_mentors=rows[0].printed_mentors if rows else None,
        doubles=doubles,
    )


def period(year: int, on: date) -> tuple[date, date]:
    """Return the first and the last day to count, both included; nothing to count if last < first."""
    first, last = dates.plan_year_bounds(year)
    return first, min(on, last)


def _schools(district_id: int, year: int, school_id: int | None) -> Sequence[Any]:
    """Schools in the order's order with the plan, the printed totals and whether there is data."""
    target = and_(PlanTarget.school_id == School.id, PlanTarget.year == year)
    plan = and_(PlanYear.district_id == School.district_id, PlanYear.year == year)
    rows = (
        select(
            School.id,
            School.name,
            District.coverage_basis,
            PlanTarget.mentees,
            PlanTarget.mentors,
            PlanYear.id.label("plan_year"),
            PlanYear.printed_mentees,
            PlanYear.printed_mentors,
            _somebody_entered(year).label("has_data"),
        )
        .join(District, District.id == School.district_id)
        .outerjoin(PlanTarget, target)
        .outerjoin(PlanYear, plan)
        .where(School.district_id == district_id)
        .order_by(School.ordinal)
    )
    if school_id is not None:
        rows = rows.where(School.id == school_id)
    return db.session.execute(rows).all()


def _somebody_entered(year: int) -> Any:
    """Tell of a school whether its registers touch the year at all, whatever the day asked for."""
    first, last = dates.plan_year_bounds(year)
    return exists().where(
        Participation.school_id == School.id,
        Participation.is_mistake == false(),
        Participation.joined <= last,
        or_(Participation.left.is_(None), Participation.left >= first),
    )


def _counts(counted: Subquery) -> Counts:
    groups = (counted.c.school_id, counted.c.part, counted.c.is_pupil)
    rows = db.session.execute(select(*groups, func.count()).group_by(*groups))
    found: dict[tuple[int, Part, bool], int] = defaultdict(int)
    for school_id, part, is_pupil, people in rows:
        found[school_id, Part(part), bool(is_pupil)] = people
    return found


def _school(row: Any, paired: Counts, entered: Counts, *, begun: bool) -> SchoolCoverage:
    # a pair may be older than its people's lines in the register, when these were entered late
    in_some_pair = any(paired.get((row.id, part, kind)) for part in Part for kind in (True, False))
    has_data = begun and (bool(row.has_data) or in_some_pair)

    def figure(part: Part, target: int | None) -> Figure:
        in_pair = paired.get((row.id, part, True), 0) if has_data else None
        in_register = entered.get((row.id, part, True), 0) if has_data else None
        compared = in_register if row.coverage_basis == Basis.IN_REGISTER else in_pair
        adults = paired.get((row.id, part, False), 0)
        return Figure(target, compared, in_pair, in_register, adults)

    return SchoolCoverage(
        school_id=row.id,
        name=row.name,
        has_data=has_data,
        mentees=figure(Part.MENTEE, row.mentees),
        mentors=figure(Part.MENTOR, row.mentors),
    )


def _doubles(district_id: int, first: date, last: date) -> int:
    """How many names belong to two children of two schools in the period: perhaps one child."""
    names = (
        select(Person.search_key)
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Person.district_id == district_id,
            Person.kind == Kind.PUPIL,
            Participation.is_mistake == false(),
            Participation.joined <= last,
            or_(Participation.left.is_(None), Participation.left >= first),
        )
        .group_by(Person.search_key)
        .having(
            func.count(Person.id.distinct()) > 1,
            func.count(Participation.school_id.distinct()) > 1,
        )
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(names)) or 0
