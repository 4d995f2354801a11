"""Reading coverage: one function for the screen, paper, Excel and every text (rules: `rules.py`)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from nastav import dates
from nastav.coverage.counted import (
    Stretch,
    alone_or_undecided,
    days_in_pairs,
    in_pairs,
    in_registers,
    silent_pairs,
)
from nastav.coverage.figures import (
    EXCEPTIONS,
    USUAL,
    Basis,
    Bounds,
    DistrictCoverage,
    Figure,
    SchoolCoverage,
    Verdict,
)
from nastav.coverage.spans import DISTRICT, FIRST, LAST, SCHOOL
from nastav.coverage.stays import Stay
from nastav.db import db
from nastav.district.models import District, School
from nastav.identity.matches import queries as matches
from nastav.people.models import Part, Participation
from nastav.plan import queries as plans
from nastav.plan.models import PlanTarget, PlanYear
from nastav.recall import recalled, shared
from nastav.statements import made_once

Key = tuple[int, Part, Verdict]  # school, part, whether counted
Counts = Mapping[Key, int]  # → people


@recalled
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


@shared
def days_of_plan(district_id: int, year: int, on: date) -> tuple[Stay, ...]:
    """Return from when to when who stood in which pair with its other side, from the plan's first year on.

    Up to a day, with who met in its year: what the year's progress, its numbers by form and the execution
    of the order are counted from. A day after the year would be read again beside the year's last one.
    """
    first, last = period(year, on)
    if last < first:
        return ()
    begin, _ = dates.plan_year_bounds(min([year, *plans.plan_years(district_id)]))
    return tuple(days_in_pairs(Stretch(district_id, begin, last), met_since=first))


def plan_rows(district_id: int, year: int) -> Sequence[Any]:
    """Return a row a school, in the order's order, without counting anybody; one query.

    Of each: id, mentees (its plan), coverage_basis, has_data (somebody stood in its register).
    """
    return _schools(Stretch(district_id, *dates.plan_year_bounds(year)), year)


def _coverage(
    district_id: int, year: int, on: date, school_id: int | None = None
) -> DistrictCoverage:
    first, last = period(year, on)
    asked = Stretch(district_id, first, last, school_id)
    rows = _schools(asked, year)
    paired: Counts = {}
    met: Counts = {}
    entered: Counts = {}
    doubles = 0
    if first <= last and rows:
        since = last - timedelta(days=rows[0].meetings_within)
        with_silent = last == dates.today()  # of a past day nobody is to be reminded
        paired, met = _counts(_paired(asked.is_of_school, with_silent), asked, silent_since=since)
        entered, _ = _counts(_entered(asked.is_of_school), asked)
        doubles = 0 if asked.is_of_school else matches.count(district_id, first, last)
    basis = Basis(rows[0].coverage_basis) if rows else Basis.IN_PAIR
    return DistrictCoverage(
        district_id=district_id,
        year=year,
        on=last,
        basis=basis,
        bounds=bounds(rows[0]) if rows else USUAL,
        has_plan=bool(rows) and rows[0].plan_year is not None,
        schools=tuple(_school(row, paired, met, entered, begun=first <= last) for row in rows),
        printed_mentees=rows[0].printed_mentees if rows else None,
        printed_mentors=rows[0].printed_mentors if rows else None,
        doubles=doubles,
    )


def period(year: int, on: date) -> tuple[date, date]:
    """Return the first and the last day to count, both included; nothing to count if last < first."""
    first, last = dates.plan_year_bounds(year)
    return first, min(on, last)


def _schools(asked: Stretch, year: int) -> Sequence[Any]:
    """Schools in the order's order with the plan, the printed totals and whether there is data."""
    first, last = dates.plan_year_bounds(year)
    params = {**asked.params, "year": year, "first": first, "last": last}
    return db.session.execute(_school_rows(asked.is_of_school), params).all()


@made_once
def _school_rows(of_school: bool) -> Select[*tuple[Any, ...]]:
    year = bindparam("year", type_=Integer)
    target = and_(PlanTarget.school_id == School.id, PlanTarget.year == year)
    plan = and_(PlanYear.district_id == School.district_id, PlanYear.year == year)
    # «нет данных» is a matter of the whole year, whatever day was asked for (rules.md#no-data)
    somebody = exists().where(Participation.school_id == School.id, _in_register(Participation))
    rows = (
        select(
            School.id,
            School.name,
            District.coverage_basis,
            District.meetings_within,
            District.mentor_grade_from,
            District.mentor_grade_to,
            District.mentor_age_from,
            PlanTarget.mentees,
            PlanTarget.mentors,
            PlanYear.id.label("plan_year"),
            PlanYear.printed_mentees,
            PlanYear.printed_mentors,
            somebody.label("has_data"),
        )
        .join(District, District.id == School.district_id)
        .outerjoin(PlanTarget, target)
        .outerjoin(PlanYear, plan)
        .where(School.district_id == DISTRICT)
        .order_by(School.ordinal)
    )
    return rows.where(School.id == SCHOOL) if of_school else rows


def _in_register(entry: Any) -> Any:
    """Tell of an entry that it is no mistake and touches the stretch."""
    return and_(
        entry.is_mistake == false(),
        entry.joined <= LAST,
        or_(entry.left.is_(None), entry.left >= FIRST),
    )


@made_once
def _paired(of_school: bool, with_silent: bool) -> Any:
    counted = in_pairs(of_school)
    parts = [
        _grouped(counted, func.sum(counted.c.has_met)),
        _grouped(alone_or_undecided(of_school).subquery("loose"), literal(0)),
    ]
    if with_silent:
        parts.append(_grouped(silent_pairs(of_school).subquery("silent"), literal(0)))
    return union_all(*parts)


@made_once
def _entered(of_school: bool) -> Any:
    return _grouped(in_registers(of_school), literal(0))


def _grouped(rows: FromClause, met: Any) -> Select[Any]:
    groups = (rows.c.school_id, rows.c.part, rows.c.verdict)
    return select(*groups, func.count(), met).group_by(*groups)


def _counts(grouped: Any, asked: Stretch, **more: Any) -> tuple[Counts, Counts]:
    """Return how many people there are, and how many of them met."""
    people: dict[Key, int] = {}
    met: dict[Key, int] = {}
    params = asked.params | more
    for school_id, part, verdict, count, count_met in db.session.execute(grouped, params):
        key = (school_id, Part(part), Verdict(verdict))
        people[key], met[key] = count, count_met
    return people, met


def _school(
    row: Any, paired: Counts, met: Counts, entered: Counts, *, begun: bool
) -> SchoolCoverage:
    # a pair may be older than its people's lines in the register, when these were entered late
    in_some_pair = any(paired.get((row.id, part, verdict)) for part in Part for verdict in Verdict)
    has_data = begun and (bool(row.has_data) or in_some_pair)

    basis = Basis(row.coverage_basis)

    def figure(part: Part, target: int | None) -> Figure:
        counts = {Basis.IN_PAIR: paired, Basis.MET: met, Basis.IN_REGISTER: entered}
        key = (row.id, part, Verdict.COUNTED)
        known = {basis: counts[basis].get(key, 0) if has_data else None for basis in Basis}
        return Figure(
            target=target,
            actual=known[basis],
            in_pair=known[Basis.IN_PAIR],
            met=known[Basis.MET],
            in_register=known[Basis.IN_REGISTER],
            exceptions=_exceptions(row.id, part, entered if basis is Basis.IN_REGISTER else paired),
        )

    return SchoolCoverage(
        school_id=row.id,
        name=row.name,
        has_data=has_data,
        mentees=figure(Part.MENTEE, row.mentees),
        mentors=figure(Part.MENTOR, row.mentors),
        bounds=bounds(row),
    )


def bounds(row: Any) -> Bounds:
    """Return the bounds of a district, or of a row with its columns."""
    return Bounds(row.mentor_grade_from, row.mentor_grade_to, row.mentor_age_from)


def _exceptions(school_id: int, part: Part, people: Counts) -> dict[Verdict, int]:
    """Return how many stand beside a figure, by why; the empty left out."""
    found = {verdict: people.get((school_id, part, verdict), 0) for verdict in Verdict}
    return {verdict: count for verdict, count in found.items() if count and verdict in EXCEPTIONS}
