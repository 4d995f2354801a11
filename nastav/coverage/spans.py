"""Who stands in which pair or register, from when to when, and as what: the first steps of counting."""

from datetime import date
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy import Date as DateType
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from nastav import dates
from nastav.coverage.figures import Verdict
from nastav.district.models import District, School
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import (
    Kind,
    Part,
    Participation,
    Person,
    PersonClass,
    PersonGroup,
    PersonKind,
)
from nastav.statements import made_once

_ALWAYS: Final = literal(dates.ALWAYS, DateType)
_NEVER: Final = literal(dates.NEVER, DateType)
_FIRST_OF_SEPTEMBER: Final = 901  # month and day
FIRST: Final = bindparam("first", type_=DateType)
LAST: Final = bindparam("last", type_=DateType)
DISTRICT: Final = bindparam("district_id", type_=Integer)
SCHOOL: Final = bindparam("school_id", type_=Integer)
_CYCLE: Final = bindparam("cycle", type_=Integer)
_AUGUST: Final = bindparam("august", type_=DateType)
_SEPTEMBER: Final = bindparam("september", type_=DateType)
Day = ColumnElement[date]
Rows = Select[*tuple[Any, ...]]


@made_once
def standing(of_school: bool) -> CTE:
    """Select who stands in which pair, from when to when: an end that is open is the stretch's last day.

    A member's own days, within the pair's until it stops counting and within a line of the register that
    is no mistake. A draft is no pair; a pause and an agreed end change nothing.
    """
    counts = (Pair.started <= LAST, Pair.counts_until >= FIRST)
    return once(_members(of_school, Pair.counts_until).where(*counts), "standing")


@made_once
def late(of_school: bool) -> CTE:
    """Select who stands in a pair that was open on the last day and counted no more."""
    is_open = or_(Pair.ended.is_(None), Pair.ended > LAST)
    return once(_members(of_school).where(Pair.counts_until < LAST, is_open), "late")


def _members(of_school: bool, *until: Any) -> Rows:
    line = and_(
        Participation.person_id == PairMember.person_id,
        Participation.part == PairMember.part,
        # «+ 0» keeps SQLite from looking the line up by the school, where hundreds are
        Participation.school_id + 0 == Pair.school_id,
        Participation.is_mistake == false(),
    )
    rows = (
        select(PairMember.id.label("row_id"), Pair.id.label("pair_id"), Pair.school_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Participation, line)
        .where(
            Pair.id.in_(_pairs_of_the_school()) if of_school else _is_of_the_district(Pair),
            Pair.state != PairState.DRAFT,
        )
    )
    since = Greatest(PairMember.joined, Pair.started, Participation.joined)
    ends = (_or_never(PairMember.left), _or_never(Participation.left), *until)
    return _as_what(rows, Pair.school_id, since, ends)


def lines(of_school: bool) -> CTE:
    """Select who stands in which register, as `standing` does."""
    rows = select(
        Participation.id.label("row_id"), literal(0).label("pair_id"), Participation.school_id
    ).where(
        Participation.person_id.in_(people_of_the_school())
        if of_school
        else _is_of_the_district(Participation),
        Participation.is_mistake == false(),
    )
    since, until = Participation.joined, (_or_never(Participation.left),)
    return once(_as_what(rows, Participation.school_id, since, until), "lines")


def _is_of_the_district(row: type[Pair | Participation]) -> ColumnElement[bool]:
    return row.school_id.in_(select(School.id).where(School.district_id == DISTRICT))


def people_of_the_school() -> Select[int]:
    """Select who was ever in the register of the school."""
    own = aliased(Participation)
    return select(own.person_id).where(own.school_id == SCHOOL)


def _pairs_of_the_school() -> CompoundSelect[*tuple[Any, ...]]:
    """Select a school's pairs, and those that people of its register have in other schools."""
    here, there, mine = aliased(Participation), aliased(Participation), aliased(PairMember)
    elsewhere = (
        select(mine.pair_id)
        .join(there, there.person_id == mine.person_id)
        .join(here, and_(here.person_id == there.person_id, here.school_id != there.school_id))
        .where(here.school_id == SCHOOL)
    )
    return union(select(Pair.id).where(Pair.school_id == SCHOOL), elsewhere)


def _as_what(rows: Rows, school_id: Any, since: Any, until: tuple[Any, ...]) -> Rows:
    """Add who it is and what they were, cutting the days where that changes.

    Args:
        rows: lines of registers (`Participation`), with what else is selected.
        school_id: whose class counts.
        since: the first day of each.
        until: days of which the earliest is the last day.

    Returns:
        the rows with person_id, part, `since`; kind; of a pupil mentor grade and age, as far as known;
        begin and last_day, which touch the stretch.
    """
    years = _school_years()
    kind = func.coalesce(PersonKind.kind, Person.kind)
    is_pupil_mentor = and_(Participation.part == Part.MENTOR, kind == Kind.PUPIL)
    cuts = [(PersonKind.since, PersonKind.until), (years.c.begin, years.c.last_day)]
    begin = Greatest(since, *(func.coalesce(first, _ALWAYS) for first, _ in cuts))
    last_day = Least(*until, *(_or_never(last) for _, last in cuts), LAST)
    return (
        rows.add_columns(
            Participation.person_id,
            Participation.part,
            since.label("since"),
            kind.label("kind"),
            case((is_pupil_mentor, _grade(school_id, years))).label("grade"),
            case((is_pupil_mentor, _age(school_id, years))).label("age"),
            begin.label("begin"),
            last_day.label("last_day"),
        )
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(PersonKind, PersonKind.person_id == Person.id)
        .outerjoin(years, is_pupil_mentor)
        .where(begin <= last_day, last_day >= FIRST)
    )


def _school_years() -> Subquery:
    """The two school years a stretch may touch."""
    first = select(_CYCLE.label("cycle"), _ALWAYS.label("begin"), _AUGUST.label("last_day"))
    return union_all(first, select(_CYCLE + 1, _SEPTEMBER, _NEVER)).subquery("years")


def _grade(school_id: Any, years: Subquery) -> ColumnElement[int]:
    """The class that a school entered for a school year, else the nearest one moved by years."""
    entered = select(PersonClass.grade).where(
        PersonClass.person_id == Participation.person_id,
        PersonClass.school_id == school_id,
        PersonClass.first_year == years.c.cycle,
    )
    # SQLite before 3.41 knows nothing of the row outside in an ORDER BY: the order is a number, which
    # ends in the grade
    moved = PersonClass.grade + years.c.cycle - PersonClass.first_year
    is_elsewhere = case((PersonClass.school_id == school_id, 0), else_=1)
    years_between = func.abs(PersonClass.first_year - years.c.cycle)
    is_later = case((PersonClass.first_year > years.c.cycle, 1), else_=0)
    order = (is_elsewhere * 1_000 + years_between) * 2 + is_later
    nearest = select(func.min(order * 1_000 + moved + 500) % 1_000 - 500).where(
        PersonClass.person_id == Participation.person_id
    )
    return func.coalesce(entered.scalar_subquery(), nearest.scalar_subquery())


def _age(school_id: Any, years: Subquery) -> Any:
    """The full years that are certain on 1 September, where there are no classes."""
    aged_on = PersonGroup.aged_on
    after_september = (
        extract("month", aged_on) * 100 + extract("day", aged_on) > _FIRST_OF_SEPTEMBER
    )
    years_since = years.c.cycle - extract("year", aged_on) - case((after_september, 1), else_=0)
    age = select(PersonGroup.age + years_since).where(
        PersonGroup.person_id == Participation.person_id, PersonGroup.age.is_not(None)
    )
    own = age.where(PersonGroup.school_id == school_id)
    latest = age.order_by(aged_on.desc()).limit(1)
    return func.coalesce(own.scalar_subquery(), latest.scalar_subquery())


def verdict(rows: CTE) -> ColumnElement[str]:
    """Whether days count as a child's, by the bounds of the district, which is joined."""
    under_age = and_(rows.c.grade.is_(None), rows.c.age < District.mentor_age_from)
    return case(
        (and_(rows.c.part == Part.MENTEE, rows.c.kind == Kind.PUPIL), Verdict.COUNTED),
        (and_(rows.c.part == Part.MENTEE, rows.c.kind == Kind.TEACHER), Verdict.YOUNG_TEACHER),
        (rows.c.kind != Kind.PUPIL, Verdict.OTHER_ADULT),
        (and_(rows.c.grade.is_(None), rows.c.age.is_(None)), Verdict.NO_CLASS),
        (rows.c.grade < District.mentor_grade_from, Verdict.TOO_YOUNG),
        (under_age, Verdict.UNDER_AGE),
        (rows.c.grade > District.mentor_grade_to, Verdict.TOO_OLD),
        else_=Verdict.COUNTED,
    )


def once(rows: Rows | CompoundSelect[*tuple[Any, ...]], name: str) -> CTE:
    """Make a step that is computed once: SQLite would put it in the place of each mention."""
    return rows.cte(name).prefix_with("MATERIALIZED")


# --- days -----------------------------------------------------------------------------------------


def _or_never(day: Any) -> Day:
    return func.coalesce(day, _NEVER)


class _OfDays(FunctionElement[date]):
    """What SQLite and PostgreSQL call by different names."""

    type = DateType()
    inherit_cache = True
    names: tuple[str, str]  # PostgreSQL's, SQLite's


class Least(_OfDays):
    """The earliest of some days."""

    inherit_cache = True
    names = ("least(%s)", "min(%s)")


class Greatest(_OfDays):
    """The latest of some days."""

    inherit_cache = True
    names = ("greatest(%s)", "max(%s)")


@compiles(_OfDays)
def _standard(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.names[0] % compiler.process(element.clauses, **kw))


@compiles(_OfDays, "sqlite")
def _of_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.names[1] % compiler.process(element.clauses, **kw))
