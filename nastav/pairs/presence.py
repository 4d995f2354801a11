"""Reading who is in a pair or group on a day."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    extract,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Participation


def in_pair(school_id: int, part: Part, on: date) -> set[int]:
    """Return who is in a pair or group with its other side on a day in a part: persons' ids."""
    return set(db.session.scalars(select_in_pair(school_id, part, on)))


def select_in_pair(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of `in_pair`; the school and the day may be its named parameters.

    Here and below the school may be a named parameter that expands to many.

    As coverage counts a day: the pair counts on it, and somebody stands on either side of it.
    """
    return _members(school_id, part, on).where(_counts(on), _is_faced(on))


def select_facing(school_id: Any, part: Part, on: Any) -> Select[int, int]:
    """Return the statement of `in_pair` with the pairs beside the people: (pair's id, person's id)."""
    members = _members(school_id, part, on).where(_counts(on), _is_faced(on))
    return members.with_only_columns(PairMember.pair_id, PairMember.person_id)


def select_alone(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of those who are in a pair that counts on a day, without its other side."""
    return _members(school_id, part, on).where(_counts(on), ~_is_faced(on))


def select_undecided(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of those in a pair that was open on a day and counted no more."""
    is_open = or_(Pair.ended.is_(None), Pair.ended > on)
    return _members(school_id, part, on).where(Pair.counts_until < on, is_open)


def in_closed_year() -> ColumnElement[bool]:
    """Return the condition that a pair counts to the end of a school year that is closed.

    Nobody can decide of it any more unless the year is opened again, so it waits for nobody.
    """
    closed = (
        select(Cycle.id)
        .join(School, School.district_id == Cycle.district_id)
        .where(
            School.id == Pair.school_id,
            Cycle.first_year == Pair.last_cycle,
            Cycle.closed_on.is_not(None),
        )
    )
    return closed.correlate(Pair).exists()


def drafts_waiting(first: Any, last: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a draft waits to be begun; the days are `rules.span_of_drafts`."""
    touching = Pair.started <= last, Pair.counts_until >= first
    return (Pair.state == PairState.DRAFT, *touching, ~in_closed_year())


def select_finished(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of those who stayed to the closing of a pair, until that 31 August."""
    stayed = or_(PairMember.left.is_(None), PairMember.left >= Pair.ended)
    return (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            PairMember.part == part,
            is_of(Pair.school_id, school_id),
            Pair.state != PairState.DRAFT,
            Pair.ended < on,
            Pair.last_cycle >= _cycle_of(on),
            stayed,
        )
    )


def _cycle_of(on: Any) -> Any:
    """The first year of the school year of a day; the day may be a named parameter."""
    if isinstance(on, date):
        return dates.cycle_of(on)
    return extract("year", on) - case((extract("month", on) <= dates.AUGUST, 1), else_=0)


def is_of(column: Any, school_id: Any) -> Any:
    """Return the condition that a row is of a school, or of one of many where those are asked for."""
    is_many = isinstance(school_id, BindParameter) and school_id.expanding
    return column.in_(school_id) if is_many else column == school_id


def _members(school_id: Any, part: Part, on: Any) -> Select[int]:
    return (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            PairMember.part == part,
            is_of(Pair.school_id, school_id),
            Pair.state != PairState.DRAFT,
            _stands(PairMember, on),
        )
    )


def _counts(on: Any) -> ColumnElement[bool]:
    return and_(Pair.started <= on, Pair.counts_until >= on)


def _stands(member: Any, on: Any) -> ColumnElement[bool]:
    """Tell whether a member's own days and their line in the register hold on a day."""
    line = aliased(Participation)
    in_register = and_(
        line.person_id == member.person_id,
        line.part == member.part,
        # «+ 0» keeps SQLite from looking the line up by the school, where hundreds are
        line.school_id + 0 == Pair.school_id,
        line.is_mistake.is_(False),
        covers(line.joined, line.left, on),
    )
    own_days = covers(member.joined, member.left, on)
    return and_(own_days, exists().where(in_register).correlate(member, Pair))


def _is_faced(on: Any) -> ColumnElement[bool]:
    other = aliased(PairMember)
    facing = and_(other.pair_id == Pair.id, other.part != PairMember.part, _stands(other, on))
    return exists().where(facing).correlate(Pair, PairMember)


def covers(first: Any, last: Any, on: Any) -> ColumnElement[bool]:
    """Return the condition that a day lies between two columns, both inclusive; no last day is open."""
    return and_(first <= on, or_(last.is_(None), last >= on))
