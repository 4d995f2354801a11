"""Reading a year's progress: the days of pairs of all years in one statement, counted in `rules`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, extract, func, or_, select

from nastav import dates, statements
from nastav.coverage import planned
from nastav.coverage import queries as coverages
from nastav.coverage.counted import (
    Stretch,
    days_in_pairs,
    days_in_registers,
    first_meetings,
)
from nastav.coverage.figures import Basis, DistrictCoverage, SchoolCoverage
from nastav.coverage.spans import DISTRICT
from nastav.coverage.stays import Stay
from nastav.db import db
from nastav.district.kinds import queries as kinds
from nastav.district.models import District, School
from nastav.mentors.profiles.models import MentorProfile, Selection
from nastav.people.models import Kind, Part, Participation, Person, PersonKind
from nastav.plan import queries as plans
from nastav.progress import rules
from nastav.progress.figures import (
    PACE_DAYS,
    FormOfYear,
    Group,
    OrderShare,
    Pace,
    Progress,
    SchoolProgress,
    SchoolYear,
    Standing,
    Week,
    compared,
    headline,
)
from nastav.progress.rules import Counted, Load
from nastav.recall import recalled
from nastav.statements import made_once

ON = bindparam("on", type_=Date)
MOST_YEARS = 10  # drawn side by side
_Met = Mapping[int, Mapping[int, date]]  # year → person → first meeting


class _Read(NamedTuple):
    """All that was read of a district up to a day."""

    coverage: DistrictCoverage
    days: Sequence[Stay]  # in pairs, of everybody and all years
    counting: list[Stay]  # the days that are compared with the plan, of children
    met: _Met | None  # where only they count
    here: Sequence[Any]  # lines of registers on the day
    plan: plans.Plan
    with_data: Mapping[int, set[int]]  # year → schools in whose registers somebody was
    forms: Mapping[int, str]
    usual_most: int


@recalled
def progress(district_id: int, year: int, on: date) -> Progress:
    """Return the progress of a calendar year as it stood on a day; as many queries for any district.

    A day after the year stands for 31 December; of a year that has not begun only the plan is known.
    """
    coverage = planned.district_coverage(district_id, year, on)
    return _progress(_read(coverage))


@recalled
def standing(district_id: int, year: int, on: date) -> Standing:
    """Return the large number and the pace alone, the same as in `progress`: one reading of the days."""
    rows = coverages.plan_rows(district_id, year)
    plans_known = [row.mentees for row in rows if row.mentees is not None]
    target = sum(plans_known) if plans_known else None
    first, last_day = dates.plan_year_bounds(year)
    day = min(on, last_day)
    if day < first or not rows:
        return Standing(year, target, None, None)
    asked, basis = Stretch(district_id, first, day), rows[0].coverage_basis
    stays = days_in_registers(asked) if basis == Basis.IN_REGISTER else days_in_pairs(asked)
    known = {stay.school_id for stay in stays}
    among = [row for row in rows if target is None or row.mentees is not None]
    if not any(row.has_data or row.id in known for row in among):
        return Standing(year, target, None, None)
    days = [day - timedelta(PACE_DAYS), day]
    own_met = _met(asked.params).get(year, {}) if basis == Basis.MET else None
    children = [stay for stay in stays if stay.is_childs]
    before, now = rules.count(children, first, days, own_met).sums([row.id for row in among])
    known_before = None if days[0] < first else before.total
    pace = rules.pace([Week(day, now.total, 0)], known_before, last_day, target)
    return Standing(year, target, now.total, pace)


def _read(coverage: DistrictCoverage) -> _Read:
    plan = plans.mentee_plan(coverage.district_id)
    district = db.session.get_one(District, coverage.district_id)
    forms = {kind.id: kind.name for kind in kinds.all_kinds(coverage.district_id)}
    read = _Read(coverage, [], [], None, [], plan, {}, forms, district.most_mentees)
    if not coverage.has_begun:
        return read
    first = date(min([coverage.year, *plan.years]), 1, 1)
    asked = Stretch(coverage.district_id, first, coverage.on)
    params = asked.params
    days = coverages.days_of_plan(coverage.district_id, coverage.year, coverage.on)
    counting = days_in_registers(asked) if coverage.basis is Basis.IN_REGISTER else days
    return read._replace(
        days=days,
        counting=[stay for stay in counting if stay.is_childs],
        met=_met(params) if coverage.basis is Basis.MET else None,
        here=statements.read(_here(), {**params, "on": coverage.on}).all(),
        with_data=_with_data(params, range(first.year, coverage.year + 1)),
    )


def _met(params: Mapping[str, Any]) -> dict[int, dict[int, date]]:
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for person_id, day in statements.read(first_meetings(), params).all():
        found[day.year][person_id] = day
    return found


@made_once
def _here() -> Select[*tuple[Any, ...]]:
    """Select who stands in a register on a day and does not leave on it: mentors, pupils as mentees."""
    kind = func.coalesce(PersonKind.kind, Person.kind)
    of_day = and_(PersonKind.person_id == Person.id, PersonKind.since <= ON, PersonKind.until >= ON)
    profile = and_(
        Participation.part == Part.MENTOR,
        MentorProfile.person_id == Participation.person_id,
        MentorProfile.school_id == Participation.school_id,
    )
    return (
        select(
            Participation.person_id,
            Participation.school_id,
            Participation.part,
            MentorProfile.most_mentees,
            MentorProfile.decision,
        )
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(PersonKind, of_day)
        .outerjoin(MentorProfile, profile)
        .where(
            Participation.school_id.in_(_schools()),
            Participation.is_mistake.is_(False),
            Participation.joined <= ON,
            or_(Participation.left.is_(None), Participation.left > ON),
            or_(Participation.part == Part.MENTOR, kind == Kind.PUPIL),
        )
        .order_by(Participation.joined, Participation.id)  # a child of two schools: the later holds
    )


def _with_data(params: Mapping[str, Any], years: Iterable[int]) -> dict[int, set[int]]:
    """Return in which years somebody stood in the registers of which schools (rules.md#no-data)."""
    rows = statements.read(_register_years(), params).all()
    return {
        year: {
            school for school, since, until in rows if since <= year <= (until or dates.NEVER.year)
        }
        for year in years
    }


@made_once
def _register_years() -> Select[*tuple[Any, ...]]:
    years = (extract("year", Participation.joined), extract("year", Participation.left))
    rows = select(Participation.school_id, *years).distinct()
    return rows.where(Participation.is_mistake.is_(False), Participation.school_id.in_(_schools()))


def _schools() -> Select[int]:
    return select(School.id).where(School.district_id == DISTRICT)


# --- put together ---------------------------------------------------------------------------------


def _progress(read: _Read) -> Progress:
    coverage = read.coverage
    first, last_day = dates.plan_year_bounds(coverage.year)
    days = rules.week_days(first, coverage.on) if coverage.has_begun else []
    counted = _count(read, coverage.year, days) if days else None
    years = _years(read)
    schools = _schools_of(read, counted, years)
    among = [school.row.school_id for school in compared(schools, coverage.mentees.target)]
    weeks: tuple[Week, ...] = ()
    if counted and headline(coverage.mentees) is not None:
        weeks = tuple(
            Week(day, *counts) for day, counts in zip(days, counted.sums(among), strict=True)
        )
    own = [stay for stay in read.days if stay.last >= first]
    return Progress(
        coverage=coverage,
        weeks=weeks,
        pace=_pace(read, weeks, among, last_day),
        schools=schools,
        years=years,
        forms=_forms(read.forms, own),
        in_pairs=len({stay.person_id for stay in own if stay.is_childs}),
        order_share=_order_share(read.plan, coverage),
    )


def _count(read: _Read, year: int, days: Sequence[date]) -> Counted:
    met = None if read.met is None else read.met.get(year, {})
    return rules.count(read.counting, dates.plan_year_bounds(year)[0], days, met)


def _pace(read: _Read, weeks: Sequence[Week], among: list[int], last_day: date) -> Pace | None:
    coverage = read.coverage
    day = coverage.on - timedelta(PACE_DAYS)
    if not weeks or day < weeks[0].on:
        return None
    before = _count(read, coverage.year, [day]).sums(among)[0].total
    return rules.pace(weeks, before, last_day, coverage.mentees.target)


def _schools_of(
    read: _Read, counted: Counted | None, years: tuple[int, ...]
) -> tuple[SchoolProgress, ...]:
    of_years = {year: _year_counts(read, counted, year) for year in years}
    now = _now(read, counted)

    def school(row: SchoolCoverage) -> SchoolProgress:
        own = row.school_id
        return SchoolProgress(
            row=row,
            before=counted.of(own)[0].total if counted else 0,
            today=now.today[own],
            waiting=now.waiting[own],
            mentors=now.mentors[own],
            places=now.places[own],
            years=tuple(
                SchoolYear(year, read.plan.targets.get((own, year)), of_years[year].get(own))
                for year in years
            ),
        )

    return tuple(map(school, read.coverage.schools))


class _Now(NamedTuple):
    """Of the day asked for, by school."""

    today: Mapping[int, int]
    waiting: Mapping[int, int]
    mentors: Mapping[int, int]
    places: Mapping[int, int]


def _now(read: _Read, counted: Counted | None) -> _Now:
    found = _Now(*(defaultdict(int) for _ in range(4)))
    if counted is None:
        return found
    on = read.coverage.on
    children, school_of = read.counting, counted.school_of
    if read.coverage.basis is not Basis.IN_PAIR:
        children = [stay for stay in read.days if stay.is_childs]
        school_of = rules.count(children, counted.days[0], [on]).school_of
    standing = {stay.person_id for stay in children if stay.last == on}
    waiting: dict[int, int] = {}
    mentors: dict[tuple[int, int], int] = {}
    for person_id, school_id, part, most, decision in read.here:
        if part == Part.MENTOR:
            limit = 0 if decision is Selection.DECLINED else most or read.usual_most
            mentors[school_id, person_id] = limit
        elif person_id not in counted.school_of:
            waiting[person_id] = school_id
    leads = rules.leads(read.days, on)
    loads = [Load(key[0], leads.get(key, 0), most) for key, most in mentors.items()]
    return _Now(
        _tally(school_of[person] for person in standing),
        _tally(waiting.values()),
        _tally(school for school, _ in mentors),
        defaultdict(int, rules.free_places(loads)),
    )


def _tally(schools: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for school_id in schools:
        found[school_id] += 1
    return found


def _years(read: _Read) -> tuple[int, ...]:
    """Return the years to draw: from the first with a plan or people; none where only one has facts."""
    with_facts = [year for year, schools in read.with_data.items() if schools]
    if len(with_facts) < 2:
        return ()
    year = read.coverage.year
    begin = max(min([*with_facts, *read.plan.years]), year - MOST_YEARS + 1)
    return tuple(range(begin, year + 1))


def _year_counts(read: _Read, counted: Counted | None, year: int) -> dict[int, int]:
    """Return by school how many counted in a year, on 31 December or the day asked for; 0 is one.

    `counted`: of the year shown.
    """
    if counted is None or year != read.coverage.year:
        last = min(dates.plan_year_bounds(year)[1], read.coverage.on)
        counted = _count(read, year, [last])
    return {school: counted.of(school)[-1].total for school in read.with_data.get(year, ())}


def _forms(names: Mapping[int, str], stays: Iterable[Stay]) -> tuple[FormOfYear, ...]:
    pairs: dict[int, set[int]] = defaultdict(set)
    people: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for stay in stays:
        pairs[stay.form_id].add(stay.pair_id)
        people[stay.form_id, stay.part, stay.kind].add(stay.person_id)

    def groups(form_id: int, part: Part) -> tuple[Group, ...]:
        found = [Group(kind, len(people[form_id, part, kind])) for kind in Kind]
        return tuple(group for group in found if group.people)

    return tuple(
        FormOfYear(
            name, len(pairs[form_id]), groups(form_id, Part.MENTEE), groups(form_id, Part.MENTOR)
        )
        for form_id, name in names.items()
    )


def _order_share(plan: plans.Plan, coverage: DistrictCoverage) -> OrderShare | None:
    """Return what the order wants by its last percentage up to the year, where all pupils are known."""
    pupils = [plan.pupils.get((row.school_id, coverage.year)) for row in coverage.schools]
    wanted = [year for year in plan.percents if year <= coverage.year]
    known = [number for number in pupils if number is not None]
    if not wanted or not known or len(known) < len(pupils):
        return None
    return OrderShare(max(wanted), plan.percents[max(wanted)], sum(known))
