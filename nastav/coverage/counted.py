"""The SQL of counting: who stood in a pair and met, or in the register, in a stretch of days, and where.

Every figure of coverage and every list behind a figure begins with one of the two selects made here. They
read as the rule does (docs/rules.md#counting), a step each: who stands in a pair from when to when
(`_standing`), what they were on these days and whether such a one counts (`_as_what`), on which of the days
somebody stood on the other side too (`_with_the_other_side`), in which school (`_one_school_each`).

They are made once, with named parameters (`Stretch`): making them costs as much as running them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
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
    exists,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
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
from nastav.meetings.models import Meeting, Presence
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

_ALWAYS: Final = literal(dates.ALWAYS, DateType)
_NEVER: Final = literal(dates.NEVER, DateType)
_FIRST_OF_SEPTEMBER: Final = 901  # month and day
FIRST: Final = bindparam("first", type_=DateType)
LAST: Final = bindparam("last", type_=DateType)
DISTRICT: Final = bindparam("district_id", type_=Integer)
SCHOOL: Final = bindparam("school_id", type_=Integer)
SILENT_SINCE: Final = bindparam("silent_since", type_=DateType)
_CYCLE: Final = bindparam("cycle", type_=Integer)
_AUGUST: Final = bindparam("august", type_=DateType)
_SEPTEMBER: Final = bindparam("september", type_=DateType)
Day = ColumnElement[date]
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Stretch:
    """The parameters of the selects: a district, the first and the last day, both included.

    It lies in a calendar year or in a school year. With a school only those are looked at who were ever
    in the register of it; they may count in another.
    """

    district_id: int
    first: date
    last: date
    school_id: int | None = None

    @property
    def is_of_school(self) -> bool:
        """Tell which of the two selects is wanted."""
        return self.school_id is not None

    @property
    def params(self) -> dict[str, Any]:
        """Return the parameters by name."""
        cycle = dates.cycle_of(self.first)
        return {
            **vars(self),
            "cycle": cycle,
            "august": dates.cycle_bounds(cycle)[1],
            "september": dates.cycle_bounds(cycle + 1)[0],
        }


@cache
def in_pairs(of_school: bool) -> CTE:
    """Select each person who on at least one day of a stretch stood in a pair with its other side.

    One row a person and part, in the school of the last such day; of whom a day counts as a child's, the
    last of those days. Columns: school_id, person_id, part, verdict (a value of `Verdict`), and `has_met`:
    whether they were at a meeting of the pair on one of these days, in whichever school; so who met is
    always one of those in a pair.
    """
    return _once(_one_school_each(_spans_in_pairs(of_school)), "counted")


@cache
def in_registers(of_school: bool) -> CTE:
    """Select each person in a register on at least one day of a stretch, as `in_pairs` does."""
    lines = _lines(of_school)
    rows = select(*_kept(lines), lines.c.begin, lines.c.last_day, _verdict(lines).label("verdict"))
    judged = rows.join(District, District.id == DISTRICT)
    spans = _once(judged.add_columns(literal(0).label("met")), "spans")
    return _once(_one_school_each(spans), "counted")


@cache
def beside_those_in_pairs(of_school: bool) -> Select[*tuple[Any, ...]]:
    """Select who is told of beside `in_pairs`, by how they stand on the last day of a stretch.

    Columns: school_id, person_id, part, verdict: ALONE and UNDECIDED of children who are not counted, of
    each the worse. Whoever stands so in two schools is told of in one.
    """
    standing, late = _standing(of_school), _late(of_school)
    sides, counted = _sides(of_school), in_pairs(of_school)
    faced = exists().where(
        sides.c.pair_id == standing.c.pair_id,
        sides.c.faced == standing.c.part,
        sides.c.begin <= LAST,
        sides.c.last_day == LAST,
    )
    found = union_all(
        _on_the_last_day(standing, Verdict.ALONE).where(~faced),
        _on_the_last_day(late, Verdict.UNDECIDED),
    ).subquery("loose")
    who = (found.c.person_id, found.c.part)
    is_counted = tuple_(*who).in_(
        select(counted.c.person_id, counted.c.part).where(counted.c.verdict == Verdict.COUNTED)
    )
    # «undecided» is the last of both in the alphabet
    worse = func.max(found.c.verdict).label("verdict")
    rows = select(func.min(found.c.school_id).label("school_id"), *who, worse)
    return rows.where(~is_counted).group_by(*who)


def _on_the_last_day(rows: CTE, verdict: Verdict) -> Select[*tuple[Any, ...]]:
    """Select the children of `_as_what` who would count on the last day of a stretch."""
    return (
        select(rows.c.school_id, rows.c.person_id, rows.c.part, literal(verdict).label("verdict"))
        .join(District, District.id == DISTRICT)
        .where(rows.c.last_day == LAST, _verdict(rows) == Verdict.COUNTED)
    )


@cache
def silent_pairs(of_school: bool) -> Select[*tuple[Any, ...]]:
    """Select of those counted whose every pair on the last day has not met since a day: `silent_since`."""
    spans = _spans_in_pairs(of_school)
    last_met = (
        select(func.max(Meeting.held_on))
        .where(Meeting.pair_id == Pair.id, Meeting.deleted_at.is_(None), Meeting.held_on <= LAST)
        .scalar_subquery()
    )
    silent = select(Pair.id).where(
        Pair.id.in_(select(spans.c.pair_id)),
        Pair.state == PairState.ACTIVE,
        func.coalesce(last_met, Pair.started) < SILENT_SINCE,
    )
    who = (spans.c.person_id, spans.c.part)
    is_silent = case((spans.c.pair_id.in_(silent), 1), else_=0)
    verdict = literal(Verdict.SILENT).label("verdict")
    return (
        select(func.min(spans.c.school_id).label("school_id"), *who, verdict)
        .where(spans.c.last_day == LAST, spans.c.verdict == Verdict.COUNTED)
        .group_by(*who)
        .having(func.min(is_silent) == 1)
    )


# --- from when to when, and as what ---------------------------------------------------------------


@cache
def _standing(of_school: bool) -> CTE:
    """Select who stands in which pair, from when to when: an end that is open is the stretch's last day.

    A member's own days, within the pair's until it stops counting and within a line of the register that
    is no mistake. A draft is no pair; a pause and an agreed end change nothing.
    """
    counts = (Pair.started <= LAST, Pair.counts_until >= FIRST)
    return _once(_members(of_school, Pair.counts_until).where(*counts), "standing")


@cache
def _late(of_school: bool) -> CTE:
    """Select who stands in a pair that was open on the last day and counted no more."""
    is_open = or_(Pair.ended.is_(None), Pair.ended > LAST)
    return _once(_members(of_school).where(Pair.counts_until < LAST, is_open), "late")


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
    since = _Greatest(PairMember.joined, Pair.started, Participation.joined)
    ends = (_or_never(PairMember.left), _or_never(Participation.left), *until)
    return _as_what(rows, Pair.school_id, since, ends)


def _lines(of_school: bool) -> CTE:
    """Select who stands in which register, as `_standing` does."""
    rows = select(
        Participation.id.label("row_id"), literal(0).label("pair_id"), Participation.school_id
    ).where(
        Participation.person_id.in_(_people_of_the_school())
        if of_school
        else _is_of_the_district(Participation),
        Participation.is_mistake == false(),
    )
    since, until = Participation.joined, (_or_never(Participation.left),)
    return _once(_as_what(rows, Participation.school_id, since, until), "lines")


def _is_of_the_district(row: type[Pair | Participation]) -> ColumnElement[bool]:
    return row.school_id.in_(select(School.id).where(School.district_id == DISTRICT))


def _people_of_the_school() -> Select[int]:
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
    begin = _Greatest(since, *(func.coalesce(first, _ALWAYS) for first, _ in cuts))
    last_day = _Least(*until, *(_or_never(last) for _, last in cuts), LAST)
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
    nearest = (
        select(PersonClass.grade + years.c.cycle - PersonClass.first_year)
        .where(PersonClass.person_id == Participation.person_id)
        .order_by(
            case((PersonClass.school_id == school_id, 0), else_=1),
            func.abs(PersonClass.first_year - years.c.cycle),
            PersonClass.first_year,
        )
        .limit(1)
    )
    return func.coalesce(entered.scalar_subquery(), nearest.scalar_subquery())


def _age(school_id: Any, years: Subquery) -> Any:
    """The full years that are certain on 1 September, where there are no classes."""
    told = PersonGroup.aged_on
    after_september = extract("month", told) * 100 + extract("day", told) > _FIRST_OF_SEPTEMBER
    years_since = years.c.cycle - extract("year", told) - case((after_september, 1), else_=0)
    return (
        select(PersonGroup.age + years_since)
        .where(PersonGroup.person_id == Participation.person_id, PersonGroup.age.is_not(None))
        .order_by(case((PersonGroup.school_id == school_id, 0), else_=1), told.desc())
        .limit(1)
        .scalar_subquery()
    )


def _verdict(rows: CTE) -> ColumnElement[str]:
    """Whether days count as a child's, by the bounds of the district, which is joined."""
    too_young = or_(
        rows.c.grade < District.mentor_grade_from,
        and_(rows.c.grade.is_(None), rows.c.age < District.mentor_age_from),
    )
    return case(
        (and_(rows.c.part == Part.MENTEE, rows.c.kind == Kind.PUPIL), Verdict.COUNTED),
        (and_(rows.c.part == Part.MENTEE, rows.c.kind == Kind.TEACHER), Verdict.YOUNG_TEACHER),
        (rows.c.kind != Kind.PUPIL, Verdict.OTHER_ADULT),
        (and_(rows.c.grade.is_(None), rows.c.age.is_(None)), Verdict.NO_CLASS),
        (too_young, Verdict.TOO_YOUNG),
        (rows.c.grade > District.mentor_grade_to, Verdict.TOO_OLD),
        else_=Verdict.COUNTED,
    )


# --- with whom, and where -------------------------------------------------------------------------


def _kept(rows: CTE) -> list[ColumnElement[Any]]:
    names = ("row_id", "pair_id", "person_id", "part", "school_id", "since")
    return [rows.c[name] for name in names]


@cache
def _spans_in_pairs(of_school: bool) -> CTE:
    """Select who stood in which pair with its other side, from when to when, and whether they met then."""
    together = _with_the_other_side(of_school)
    return _once(select(*together.c, _has_met(together).label("met")), "spans")


def _with_the_other_side(of_school: bool) -> Subquery:
    """Cut days to those on which somebody stands on the other side of the same pair; add the verdict."""
    own, sides = _standing(of_school), _sides(of_school)
    begin = _Greatest(own.c.begin, sides.c.begin)
    last_day = _Least(own.c.last_day, sides.c.last_day)
    rows = (
        select(
            *_kept(own),
            begin.label("begin"),
            last_day.label("last_day"),
            _verdict(own).label("verdict"),
        )
        .join(sides, and_(sides.c.pair_id == own.c.pair_id, sides.c.faced == own.c.part))
        .join(District, District.id == DISTRICT)
        .where(begin <= last_day, last_day >= FIRST)
    )
    if of_school:  # in the pairs of its people stand those of other schools too
        rows = rows.where(own.c.person_id.in_(_people_of_the_school()))
    return rows.subquery("together")


@cache
def _sides(of_school: bool) -> CTE:
    """Select from when to when somebody faces a part of a pair; of a group most do on the same days."""
    standing = _standing(of_school)
    rows = select(
        standing.c.pair_id,
        case((standing.c.part == Part.MENTEE, Part.MENTOR), else_=Part.MENTEE).label("faced"),
        standing.c.begin,
        standing.c.last_day,
    )
    return _once(rows.distinct(), "sides")


def _has_met(together: Subquery) -> ColumnElement[int]:
    """Whether somebody was at a meeting of the pair on one of the days, which count as a child's."""
    met = and_(
        Meeting.pair_id == together.c.pair_id,
        Meeting.deleted_at.is_(None),
        Meeting.held_on >= _Greatest(together.c.begin, FIRST),
        Meeting.held_on <= together.c.last_day,
        Presence.meeting_id == Meeting.id,
        Presence.member_id == together.c.row_id,
    )
    has_met = exists().where(met).correlate(together)
    return case((and_(together.c.verdict == Verdict.COUNTED, has_met), 1), else_=0)


def _one_school_each(spans: CTE) -> CompoundSelect[*tuple[Any, ...]]:
    """Keep of each person and part the span with the last day (rules.md#one-school-a-year).

    Days that count as a child's go before others. Two spans that end on one day: the one begun later
    holds, then the one entered later. Nearly everybody is in one school as one thing: there is nothing to
    choose, and choosing costs more (bench).
    """
    everywhere = (spans.c.person_id, spans.c.part)
    chosen = (spans.c.school_id, spans.c.verdict)
    is_one = and_(*(func.min(column) == func.max(column) for column in chosen))
    has_met = func.max(spans.c.met)
    people = select(
        *everywhere,
        *(func.min(column).label(column.name) for column in chosen),
        has_met.label("has_met"),
        case((is_one, 1), else_=0).label("is_one"),
    ).group_by(*everywhere)
    each = _once(people, "each")
    order = (
        case((spans.c.verdict == Verdict.COUNTED, 0), else_=1),
        spans.c.last_day.desc(),
        spans.c.since.desc(),
        spans.c.row_id.desc(),
    )
    several = select(each.c.person_id, each.c.part).where(each.c.is_one == 0)
    ranked = (
        select(
            *everywhere,
            *chosen,
            has_met.over(partition_by=everywhere).label("has_met"),
            func.row_number().over(partition_by=everywhere, order_by=order).label("place"),
        )
        .where(tuple_(*everywhere).in_(several))
        .subquery("ranked")
    )
    names = ("school_id", "person_id", "part", "verdict", "has_met")
    rest = select(*(ranked.c[name] for name in names)).where(ranked.c.place == 1)
    alike = select(*(each.c[name] for name in names)).where(each.c.is_one == 1)
    return union_all(alike, rest)


def _once(rows: Rows | CompoundSelect[*tuple[Any, ...]], name: str) -> CTE:
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


class _Least(_OfDays):
    """The earliest of some days."""

    inherit_cache = True
    names = ("least(%s)", "min(%s)")


class _Greatest(_OfDays):
    """The latest of some days."""

    inherit_cache = True
    names = ("greatest(%s)", "max(%s)")


@compiles(_OfDays)
def _standard(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.names[0] % compiler.process(element.clauses, **kw))


@compiles(_OfDays, "sqlite")
def _of_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.names[1] % compiler.process(element.clauses, **kw))
