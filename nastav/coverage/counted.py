"""The SQL of counting: who stood in a pair, or in the register, in a stretch of days, and where.

Every figure of coverage and every list behind a figure begins with one of the two selects made here.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, func, literal, select
from sqlalchemy import Date as DateType

from nastav.district.models import School
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Kind, Participation, Person

_NEVER = date(9999, 12, 31)
Day = ColumnElement[date]


def in_pairs(district_id: int, first: date, last: date, school_id: int | None = None) -> Subquery:
    """Select each person in a pair or group on at least one day from first to last, both included.

    One row a person and part, in the school of the last such day. The days are the member's own
    within the pair's, and within the register's leaving; a draft pair and a person whose
    every entry in this register is a mistake are nowhere; a pause and a planned end change nothing.
    Columns: as `_one_school_each` gives them.

    Args:
        school_id: only persons who were ever in a pair of this school (they may count in another).
    """
    kept = _kept_in_register()
    begin = _later(PairMember.joined, Pair.started)
    end = _sooner(_or_never(PairMember.left), _or_never(Pair.ended))
    spans = (
        _columns(Pair.school_id, PairMember, begin, _sooner(end, kept.c.left), last)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(School, School.id == Pair.school_id)
        .join(Person, Person.id == PairMember.person_id)
        .join(
            kept,
            and_(
                kept.c.person_id == PairMember.person_id,
                kept.c.school_id == Pair.school_id,
                kept.c.part == PairMember.part,
            ),
        )
        .where(School.district_id == district_id, Pair.state != PairState.DRAFT)
    )
    if school_id is not None:
        ids = select(PairMember.person_id).join(Pair).where(Pair.school_id == school_id)
        spans = spans.where(PairMember.person_id.in_(ids))
    return _one_school_each(spans.subquery("spans"), first, last)


def in_registers(
    district_id: int, first: date, last: date, school_id: int | None = None
) -> Subquery:
    """Select each person in a register on at least one day from first to last, as `in_pairs` does."""
    spans = (
        _columns(
            Participation.school_id,
            Participation,
            Participation.joined,
            _or_never(Participation.left),
            last,
        )
        .join(School, School.id == Participation.school_id)
        .join(Person, Person.id == Participation.person_id)
        .where(School.district_id == district_id, Participation.is_mistake == false())
    )
    if school_id is not None:
        ids = select(Participation.person_id).where(Participation.school_id == school_id)
        spans = spans.where(Participation.person_id.in_(ids))
    return _one_school_each(spans.subquery("spans"), first, last)


def _columns(school: Any, row: Any, begin: Any, end: Any, last: date) -> Select[Any]:
    return select(
        school.label("school_id"),
        row.id.label("row_id"),
        row.person_id.label("person_id"),
        row.part.label("part"),
        (Person.kind == Kind.PUPIL).label("is_pupil"),
        begin.label("begin"),
        _sooner(end, literal(last, DateType)).label("last_day"),
    ).select_from(row)


def _one_school_each(spans: Subquery, first: date, last: date) -> Subquery:
    """Keep of each person and part the span with the last day (decision 1).

    Two spans that end on one day: the one begun later holds, then the one entered later.
    Columns: school_id, person_id, part, is_pupil, begin, last_day, place (1 for all).
    """
    place = func.row_number().over(
        partition_by=(spans.c.part, spans.c.person_id),
        order_by=(spans.c.last_day.desc(), spans.c.begin.desc(), spans.c.row_id.desc()),
    )
    ranked = (
        select(
            spans.c.school_id,
            spans.c.person_id,
            spans.c.part,
            spans.c.is_pupil,
            spans.c.begin,
            spans.c.last_day,
            place.label("place"),
        )
        .where(spans.c.begin <= spans.c.last_day, spans.c.last_day >= first)
        .subquery("ranked")
    )
    return select(ranked).where(ranked.c.place == 1).subquery("counted")


def _kept_in_register() -> Subquery:
    """Each person, school and part entered other than by mistake, with the day of leaving for good."""
    return (
        select(
            Participation.person_id,
            Participation.school_id,
            Participation.part,
            func.max(_or_never(Participation.left)).label("left"),
        )
        .where(Participation.is_mistake == false())
        .group_by(Participation.person_id, Participation.school_id, Participation.part)
        .subquery("kept")
    )


def _or_never(day: Any) -> Day:
    return func.coalesce(day, literal(_NEVER, DateType))


# CASE and not min(): SQLite and PostgreSQL call the smaller of two values by different names


def _sooner(one: Any, other: Any) -> Day:
    return case((one < other, one), else_=other)


def _later(one: Any, other: Any) -> Day:
    return case((one > other, one), else_=other)
