"""The SQL of counting: who stood in a pair and met, or in the register, in a stretch of days, and where.

Every figure of coverage and every list behind a figure begins with one of the two selects made here.
They are made once, with named parameters (`Stretch`), because making them costs more than running them.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
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
)
from sqlalchemy import Date as DateType
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from nastav.district.models import School
from nastav.pairs.meetings.models import Meeting, Presence
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
    Columns: as `_one_school_each` gives them, and `has_met`: whether they were present at a meeting
    on one of these days, in whichever school; so who met is always one of those in a pair.
    """
    begin = _Greatest(PairMember.joined, Pair.started)
    # Somebody entered twice gives a span for each entry; the one that lasts longest wins below.
    # «+ 0» keeps SQLite from looking the entry up by its school, where hundreds are.
    entered = and_(
        Participation.person_id == PairMember.person_id,
        Participation.school_id + 0 == Pair.school_id,
        Participation.part == PairMember.part,
        Participation.is_mistake == false(),
    )
    ends = (PairMember.left, Pair.ended, Participation.left)
    end = _Least(*map(_or_never, ends))
    spans = (
        _columns(Pair.school_id, PairMember, begin, end)
        .add_columns(case((_met(begin, end), 1), else_=0).label("met"))
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(School, School.id == Pair.school_id)
        .join(Person, Person.id == PairMember.person_id)
        .join(Participation, entered)
        .where(School.district_id == DISTRICT, Pair.state != PairState.DRAFT)
    )
    if of_school:
        ids = select(PairMember.person_id).join(Pair).where(Pair.school_id == SCHOOL)
        spans = spans.where(PairMember.person_id.in_(ids))
    return _one_school_each(spans.subquery("spans"))


@cache
def in_registers(of_school: bool) -> Subquery:
    """Select each person in a register on at least one day of a stretch, as `in_pairs` does."""
    end = _or_never(Participation.left)
    spans = (
        _columns(Participation.school_id, Participation, Participation.joined, end)
        .join(School, School.id == Participation.school_id)
        .join(Person, Person.id == Participation.person_id)
        .where(School.district_id == DISTRICT, Participation.is_mistake == false())
    )
    if of_school:
        ids = select(Participation.person_id).where(Participation.school_id == SCHOOL)
        spans = spans.where(Participation.person_id.in_(ids))
    return _one_school_each(spans.subquery("spans"))


def _met(begin: Day, end: Day) -> ColumnElement[bool]:
    """Tell of a member whether they were at a meeting of the pair between two days of the stretch."""
    return (
        exists()
        .where(
            Presence.member_id == PairMember.id,
            Meeting.id == Presence.meeting_id,
            Meeting.deleted_at.is_(None),
            Meeting.held_on >= _Greatest(begin, FIRST),
            Meeting.held_on <= _Least(end, LAST),
        )
        .correlate(PairMember, Pair, Participation)
    )


def _columns(school: Any, row: Any, begin: Any, end: Any) -> Select[Any]:
    return select(
        school.label("school_id"),
        row.id.label("row_id"),
        row.person_id.label("person_id"),
        row.part.label("part"),
        (Person.kind == Kind.PUPIL).label("is_pupil"),
        begin.label("begin"),
        _Least(end, LAST).label("last_day"),
    ).select_from(row)


def _one_school_each(spans: Subquery) -> Subquery:
    """Keep of each person and part the span with the last day (decision 1).

    Two spans that end on one day: the one begun later holds, then the one entered later.
    Columns: school_id, person_id, part, is_pupil, place (1 for all); has_met where the spans say it.
    """
    everywhere = (spans.c.person_id, spans.c.part)
    place = func.row_number().over(
        partition_by=everywhere,
        order_by=(spans.c.last_day.desc(), spans.c.begin.desc(), spans.c.row_id.desc()),
    )
    columns = [
        spans.c.school_id,
        spans.c.person_id,
        spans.c.part,
        spans.c.is_pupil,
        place.label("place"),
    ]
    if "met" in spans.c:
        columns.append(func.max(spans.c.met).over(partition_by=everywhere).label("has_met"))
    ranked = (
        select(*columns)
        .where(spans.c.begin <= spans.c.last_day, spans.c.last_day >= FIRST)
        .subquery("ranked")
    )
    return select(ranked).where(ranked.c.place == 1).subquery("counted")


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
