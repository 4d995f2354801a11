"""The SQL of counting: who stood in a pair and met, or in the register, in a stretch of days, and where.

Every figure of coverage and every list behind a figure begins with one of the two selects made here.
They are made once, with named parameters (`Stretch`), because making them costs more than running them.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy import Date as DateType
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from nastav.district.models import School
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Kind, Participation, Person

_NEVER: Final = date(9999, 12, 31)
FIRST: Final = bindparam("first", type_=DateType)
LAST: Final = bindparam("last", type_=DateType)
DISTRICT: Final = bindparam("district_id", type_=Integer)
SCHOOL: Final = bindparam("school_id", type_=Integer)
Day = ColumnElement[date]


@dataclass(frozen=True)
class Stretch:
    """The parameters of the selects: a district, the first and the last day, both included.

    With a school only those are looked at who were ever in a pair (or the register) of it; they may
    count in another.
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
        return asdict(self)


@cache
def in_pairs(of_school: bool) -> Subquery:
    """Select each person in a pair or group on at least one day of a stretch.

    One row a person and part, in the school of the last such day. The days are the member's own
    within the pair's, and within the register's leaving; a draft pair and a person whose
    every entry in this register is a mistake are nowhere; a pause and a planned end change nothing.
    Columns: school_id, person_id, part, is_pupil, and `has_met`: whether they were present at a
    meeting on one of these days, in whichever school; so who met is always one of those in a pair.
    """
    begin = _Greatest(PairMember.joined, Pair.started)
    last_day = _Least(*map(_or_never, (PairMember.left, Pair.ended, Participation.left)), LAST)
    # «+ 0» keeps SQLite from looking the member up by the school, where hundreds are
    is_member = and_(
        PairMember.person_id == Participation.person_id,
        PairMember.part == Participation.part,
        Pair.id == PairMember.pair_id,
        Pair.school_id + 0 == Participation.school_id,
        Pair.state != PairState.DRAFT,
    )
    met = and_(
        Presence.member_id == PairMember.id,
        Meeting.id == Presence.meeting_id,
        Meeting.deleted_at.is_(None),
        Meeting.held_on >= _Greatest(begin, FIRST),
        Meeting.held_on <= last_day,
    )
    met_then = exists().where(met).correlate(PairMember, Pair, Participation)
    # whoever met on a day of a span stood in a pair on that day: one look-up says both
    standing = (
        select(func.max(_one_or_zero(met_then)))
        .where(is_member, begin <= last_day, last_day >= FIRST)
        .correlate(Participation)
        .scalar_subquery()
    )
    once = _entries().add_columns(standing.label("has_met"))
    spans = _entries().add_columns(
        PairMember.id.label("row_id"),
        begin.label("begin"),
        last_day.label("last_day"),
        _one_or_zero(met_then).label("met"),
    )
    return _one_school_each(
        once,
        spans.join(PairMember, PairMember.person_id == Participation.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(is_member),
        of_school,
    )


@cache
def in_registers(of_school: bool) -> Subquery:
    """Select each person in a register on at least one day of a stretch, as `in_pairs` does."""
    last_day = _Least(_or_never(Participation.left), LAST)
    spans = _entries().add_columns(
        Participation.id.label("row_id"),
        Participation.joined.label("begin"),
        last_day.label("last_day"),
    )
    once = _entries().where(Participation.joined <= last_day, last_day >= FIRST)
    return _one_school_each(once, spans, of_school)


def _entries() -> Select[*tuple[Any, ...]]:
    """Select the lines of a district's registers that are no mistakes."""
    return (
        select(
            Participation.school_id,
            Participation.person_id,
            Participation.part,
            (Person.kind == Kind.PUPIL).label("is_pupil"),
        )
        .join(School, School.id == Participation.school_id)
        .join(Person, Person.id == Participation.person_id)
        .where(School.district_id == DISTRICT, Participation.is_mistake == false())
    )


def _one_school_each(
    once: Select[*tuple[Any, ...]], spans: Select[*tuple[Any, ...]], of_school: bool
) -> Subquery:
    """Join those who have one line in one register with the last school of each of the others.

    Nearly everybody has one line: there is nothing to choose, and choosing costs thrice as much (bench).
    """
    several = select(_several(of_school).c.person_id)
    once = once.where(Participation.person_id.not_in(several))
    spans = spans.where(Participation.person_id.in_(several))
    if of_school:
        once = once.where(Participation.school_id == SCHOOL)
    return union_all(_counting(once), _last_of_each(spans.subquery("spans"))).subquery("counted")


@cache
def _several(of_school: bool) -> CTE:
    """Select who has several lines, in whatever registers: everybody, or of those in one school."""
    line, other = aliased(Participation), aliased(Participation)
    if of_school:
        rows = select(line.person_id).where(
            line.school_id == SCHOOL,
            exists().where(other.person_id == line.person_id, other.id != line.id),
        )
    else:  # the whole index in its order: cheaper than a look-up for each
        rows = select(line.person_id).group_by(line.person_id).having(func.count() > 1)
    return rows.cte("several").prefix_with("MATERIALIZED")


def _counting(once: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Leave out whoever was in no pair; each look-up is made once (SQLite would make it twice)."""
    if "has_met" not in once.selected_columns:
        return once
    looked_up = once.cte("looked_up").prefix_with("MATERIALIZED")
    return select(*looked_up.c).where(looked_up.c.has_met.is_not(None))


def _last_of_each(spans: Subquery) -> Select[*tuple[Any, ...]]:
    """Keep of each person and part the span with the last day (rules.md#one-school-a-year).

    Two spans that end on one day: the one begun later holds, then the one entered later.
    """
    everywhere = (spans.c.person_id, spans.c.part)
    place = func.row_number().over(
        partition_by=everywhere,
        order_by=(spans.c.last_day.desc(), spans.c.begin.desc(), spans.c.row_id.desc()),
    )
    columns = [spans.c.school_id, spans.c.person_id, spans.c.part, spans.c.is_pupil]
    if "met" in spans.c:
        columns.append(func.max(spans.c.met).over(partition_by=everywhere).label("has_met"))
    ranked = (
        select(*columns, place.label("place"))
        .where(spans.c.begin <= spans.c.last_day, spans.c.last_day >= FIRST)
        .subquery("ranked")
    )
    return select(*(ranked.c[column.name] for column in columns)).where(ranked.c.place == 1)


def _one_or_zero(what: ColumnElement[bool]) -> ColumnElement[int]:
    return case((what, 1), else_=0)


def _or_never(day: Any) -> Day:
    return func.coalesce(day, literal(_NEVER, DateType))


class _Least(FunctionElement[date]):
    """The earliest of some days; SQLite and PostgreSQL call it by different names."""

    type = DateType()
    inherit_cache = True


class _Greatest(FunctionElement[date]):
    """The latest of some days."""

    type = DateType()
    inherit_cache = True


@compiles(_Least)
@compiles(_Greatest)
def _standard(element: Any, compiler: Any, **kw: Any) -> str:
    name = "least" if isinstance(element, _Least) else "greatest"
    return f"{name}({compiler.process(element.clauses, **kw)})"


@compiles(_Least, "sqlite")
@compiles(_Greatest, "sqlite")
def _of_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    name = "min" if isinstance(element, _Least) else "max"
    return f"{name}({compiler.process(element.clauses, **kw)})"
