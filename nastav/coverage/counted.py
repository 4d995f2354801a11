"""The SQL of counting: who stood in a pair and met, or in the register, in a stretch of days, and where.

Every figure of coverage and every list behind a figure begins with one of the two selects made here. They
read as the rule does (docs/rules.md#counting), a step each: who stands in a pair, from when to when and as
what (`spans.standing`), whether such a one counts (`spans.verdict`), on which of the days somebody stood on
the other side too (`_with_the_other_side`), in which school (`_one_school_each`).

They are made once, with named parameters (`Stretch`): making them costs as much as running them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    extract,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy import Date as DateType

from nastav import dates
from nastav.coverage import spans
from nastav.coverage.figures import Verdict
from nastav.coverage.spans import DISTRICT, FIRST, LAST, Greatest, Least
from nastav.coverage.stays import Stay
from nastav.district.models import District
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Pair, PairState
from nastav.people.models import (
    Part,
)
from nastav.statements import made_once, read

SILENT_SINCE: Final = bindparam("silent_since", type_=DateType)
MET_SINCE: Final = bindparam("met_since", type_=DateType)


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
        cycle = dates.cycle_of(self.first)
        return {
            **vars(self),
            "cycle": cycle,
            "august": dates.cycle_bounds(cycle)[1],
            "september": dates.cycle_bounds(cycle + 1)[0],
        }


@made_once
def in_pairs(of_school: bool) -> CTE:
    """Select each person who on at least one day of a stretch stood in a pair with its other side.

    One row a person and part, in the school of the last such day; of whom a day counts as a child's, the
    last of those days. Columns: school_id, person_id, part, verdict (a value of `Verdict`), and `has_met`:
    whether they were at a meeting of the pair on one of these days, in whichever school; so who met is
    always one of those in a pair.
    """
    return spans.once(_one_school_each(_spans_in_pairs(of_school)), "counted")


@made_once
def in_registers(of_school: bool) -> CTE:
    """Select each person in a register on at least one day of a stretch, as `in_pairs` does."""
    lines = spans.lines(of_school)
    rows = select(
        *_kept(lines), lines.c.begin, lines.c.last_day, spans.verdict(lines).label("verdict")
    )
    judged = rows.join(District, District.id == DISTRICT)
    days = spans.once(judged.add_columns(literal(0).label("met")), "spans")
    return spans.once(_one_school_each(days), "counted")


def days_in_pairs(asked: Stretch, met_since: date | None = None) -> list[Stay]:
    """Return from when to when who stood in which pair with its other side.

    The days `in_pairs` chooses from, so that many dates are counted from one statement. The stretch may
    be of several years: a mentee's days count whatever the class.

    Args:
        asked: the stretch; with a school also days of its people in other schools.
        met_since: the first day of meetings that are looked for; None: who met is not asked.
    """
    days = _days_in_pairs(asked.is_of_school, met_since is not None)
    return list(map(Stay._make, read(days, asked.params | {"met_since": met_since}).all()))


def days_in_registers(asked: Stretch) -> list[Stay]:
    """Return from when to when who of a district stood in a register, as `days_in_pairs` does."""
    return list(map(Stay._make, read(_days_in_registers(), asked.params).all()))


@made_once
def _days_in_pairs(of_school: bool, with_met: bool) -> Select[*tuple[Any, ...]]:
    """Select the columns of `Stay`.

    Part and kind as plain text: making members of thousands of rows costs as much as reading them.
    """
    days = _with_the_other_side(of_school)
    was_there = exists().where(_were_there(days, MET_SINCE)).correlate(days)
    met = case((was_there, 1), else_=0) if with_met else literal(0)
    rows = select(*_day_columns(days), Pair.kind_id, met.label("met"))
    return rows.join(Pair, Pair.id == days.c.pair_id)


@made_once
def _days_in_registers() -> Select[*tuple[Any, ...]]:
    nothing = (literal(0).label("kind_id"), literal(0).label("met"))
    return select(*_day_columns(spans.lines(False)), *nothing)


def _day_columns(days: FromClause) -> list[ColumnElement[Any]]:
    names = ("person_id", "school_id", "pair_id", "row_id", "since", "begin", "last_day")
    texts = (type_coerce(days.c[name], String) for name in ("part", "kind"))
    return [*(days.c[name] for name in names), *texts]


@made_once
def parts_in_pairs() -> Select[*tuple[Any, ...]]:
    """Select how many people of each part of a district `in_pairs` finds, whatever they count as.

    In which school does not matter, so none is chosen. Columns: part, people.
    """
    days = _with_the_other_side(False)
    rows = select(days.c.part, func.count(days.c.person_id.distinct()).label("people"))
    return rows.group_by(days.c.part)


@made_once
def first_meetings() -> Select[*tuple[Any, ...]]:
    """Select of each pupil mentee the first meeting of each calendar year on a day that counts.

    Columns: person_id, held_on.
    """
    days = _with_the_other_side(False)
    held_on = func.min(Meeting.held_on)
    met = (days.c.part == Part.MENTEE, days.c.verdict == Verdict.COUNTED, _were_there(days))
    rows = select(days.c.person_id, held_on).select_from(days, Meeting, Presence).where(*met)
    return rows.group_by(days.c.person_id, extract("year", Meeting.held_on))


@made_once
def alone_or_undecided(of_school: bool) -> Select[*tuple[Any, ...]]:
    """Select who is told of beside `in_pairs`, by how they stand on the last day of a stretch.

    Columns: school_id, person_id, part, verdict: ALONE and UNDECIDED of children who are not counted, of
    each the worse. Whoever stands so in two schools is told of in one.
    """
    standing, late = spans.standing(of_school), spans.late(of_school)
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
        .where(rows.c.last_day == LAST, spans.verdict(rows) == Verdict.COUNTED)
    )


@made_once
def silent_pairs(of_school: bool) -> Select[*tuple[Any, ...]]:
    """Select of those counted whose every pair on the last day has not met since a day: `silent_since`."""
    days = _spans_in_pairs(of_school)
    last_met = (
        select(func.max(Meeting.held_on))
        .where(Meeting.pair_id == Pair.id, Meeting.deleted_at.is_(None), Meeting.held_on <= LAST)
        .scalar_subquery()
    )
    silent = select(Pair.id).where(
        Pair.id.in_(select(days.c.pair_id)),
        Pair.state == PairState.ACTIVE,
        func.coalesce(last_met, Pair.started) < SILENT_SINCE,
    )
    who = (days.c.person_id, days.c.part)
    is_silent = case((days.c.pair_id.in_(silent), 1), else_=0)
    verdict = literal(Verdict.SILENT).label("verdict")
    return (
        select(func.min(days.c.school_id).label("school_id"), *who, verdict)
        .where(days.c.last_day == LAST, days.c.verdict == Verdict.COUNTED)
        .group_by(*who)
        .having(func.min(is_silent) == 1)
    )


# --- with whom, and where -------------------------------------------------------------------------


def _kept(rows: CTE) -> list[ColumnElement[Any]]:
    names = ("row_id", "pair_id", "person_id", "part", "school_id", "since")
    return [rows.c[name] for name in names]


@made_once
def _spans_in_pairs(of_school: bool) -> CTE:
    """Select who stood in which pair with its other side, from when to when, and whether they met then."""
    together = _with_the_other_side(of_school)
    return spans.once(select(*together.c, _has_met(together).label("met")), "spans")


def _with_the_other_side(of_school: bool) -> Subquery:
    """Cut days to those on which somebody stands on the other side of the same pair; add the verdict."""
    own, sides = spans.standing(of_school), _sides(of_school)
    begin = Greatest(own.c.begin, sides.c.begin)
    last_day = Least(own.c.last_day, sides.c.last_day)
    rows = (
        select(
            *_kept(own),
            begin.label("begin"),
            last_day.label("last_day"),
            spans.verdict(own).label("verdict"),
            own.c.kind,
        )
        .join(sides, and_(sides.c.pair_id == own.c.pair_id, sides.c.faced == own.c.part))
        .join(District, District.id == DISTRICT)
        .where(begin <= last_day, last_day >= FIRST)
    )
    if of_school:  # in the pairs of its people stand those of other schools too
        rows = rows.where(own.c.person_id.in_(spans.people_of_the_school()))
    return rows.subquery("together")


@made_once
def _sides(of_school: bool) -> CTE:
    """Select from when to when somebody faces a part of a pair; of a group most do on the same days."""
    standing = spans.standing(of_school)
    rows = select(
        standing.c.pair_id,
        case((standing.c.part == Part.MENTEE, Part.MENTOR), else_=Part.MENTEE).label("faced"),
        standing.c.begin,
        standing.c.last_day,
    )
    return spans.once(rows.distinct(), "sides")


def _has_met(together: Subquery) -> ColumnElement[int]:
    """Whether somebody was at a meeting of the pair on one of the days, which count as a child's."""
    has_met = exists().where(_were_there(together)).correlate(together)
    return case((and_(together.c.verdict == Verdict.COUNTED, has_met), 1), else_=0)


def _were_there(together: Subquery, since: Any = FIRST) -> ColumnElement[bool]:
    return and_(
        Meeting.pair_id == together.c.pair_id,
        Meeting.deleted_at.is_(None),
        Meeting.held_on >= Greatest(together.c.begin, since),
        Meeting.held_on <= together.c.last_day,
        Presence.meeting_id == Meeting.id,
        Presence.member_id == together.c.row_id,
    )


def _one_school_each(days: CTE) -> CompoundSelect[*tuple[Any, ...]]:
    """Keep of each person and part the span with the last day (rules.md#one-school-a-year).

    Days that count as a child's go before others. Two spans that end on one day: the one begun later
    holds, then the one entered later. Nearly everybody is in one school as one thing: there is nothing to
    choose, and choosing costs more (bench).
    """
    everywhere = (days.c.person_id, days.c.part)
    chosen = (days.c.school_id, days.c.verdict)
    is_one = and_(*(func.min(column) == func.max(column) for column in chosen))
    has_met = func.max(days.c.met)
    people = select(
        *everywhere,
        *(func.min(column).label(column.name) for column in chosen),
        has_met.label("has_met"),
        case((is_one, 1), else_=0).label("is_one"),
    ).group_by(*everywhere)
    each = spans.once(people, "each")
    order = (
        case((days.c.verdict == Verdict.COUNTED, 0), else_=1),
        days.c.last_day.desc(),
        days.c.since.desc(),
        days.c.row_id.desc(),
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
