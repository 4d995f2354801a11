"""Кто без чего: who of a school lacks what on a day; whoever shows it, asks here."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
)

from nastav.db import db
from nastav.district.models import School
from nastav.meetings import queries as meetings
from nastav.meetings.models import Meeting
from nastav.pairs import presence
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.pairs.presence import is_of
from nastav.people.models import Part, Participation
from nastav.statements import made_once


class State(StrEnum):
    """How somebody of a register stands on a day; each is in one state (rules.md#states-of-a-child)."""

    IN_PAIR = "in_pair"
    UNDECIDED = "undecided"  # in a pair that counts no more, of which nobody decided
    ALONE = "alone"  # без пары, though in a pair that goes on: its other side is missing
    FINISHED = "finished"  # a pair of the school year was closed
    WITHOUT = "without"


def states(school_id: int, part: Part, on: date) -> dict[int, State]:
    """Return the state on a day of everybody in a register who does not leave on it, by person's id."""
    here = set(db.session.scalars(_staying(school_id, part, on)))
    found = dict.fromkeys(here, State.WITHOUT)
    for state, select_people in _FROM_THE_WEAKEST:
        people = db.session.scalars(select_people(school_id, part, on))
        found |= dict.fromkeys(here.intersection(people), state)
    return found


_FROM_THE_WEAKEST: Final = (
    (State.FINISHED, presence.select_finished),
    (State.ALONE, presence.select_alone),
    (State.UNDECIDED, presence.select_undecided),
    (State.IN_PAIR, presence.select_in_pair),
)


def without_pair(school_id: int, part: Part, on: date) -> set[int]:
    """Return the ids of the people of a register who are in no pair or group on a day.

    A draft is no pair, a paused one is; of whom the other side is missing is without one. Neither is who
    waits for a decision, nor whose work is finished. Whoever leaves on that day needs none.
    """
    return set(db.session.scalars(select_without_pair(school_id, part, on)))


class Without(NamedTuple):
    """Mentees of a register without a pair, and which of them wait for what; pairs that lack something."""

    pair: int
    mentor: int  # of those without a pair: in a pair that goes on without a mentor
    drafted: int  # of those without a pair: in a draft
    decision: int  # pairs that count no more, of which nobody decided
    orphaned: int  # pairs that go on without a mentor


def count_without(school_id: int, on: date) -> Without:
    """Return how many mentees lack a pair, and how many pairs lack a mentor or a decision, on a day."""
    return Without(*db.session.execute(_counts(), {"school_id": school_id, "day": on}).one())


@made_once
def _counts() -> Select[*tuple[int, ...]]:
    """Made once: making it costs as much as running it. Columns in the order of `Without`."""
    school_id, on = bindparam("school_id", type_=Integer), bindparam("day", type_=Date)
    without = select_without_pair(school_id, Part.MENTEE, on)
    alone = presence.select_alone(school_id, Part.MENTEE, on)
    of_school = select(Pair.id).where(Pair.school_id == school_id)
    drafts = of_school.where(Pair.state == PairState.DRAFT)
    drafted = select(PairMember.person_id).where(
        PairMember.pair_id.in_(drafts), PairMember.left.is_(None)
    )
    is_open = Pair.state.in_((PairState.ACTIVE, PairState.PAUSED))
    lists: tuple[Select[int], ...] = (
        without,
        without.where(Participation.person_id.in_(alone)),
        without.where(Participation.person_id.in_(drafted)),
        of_school.where(is_open, Pair.counts_until < on, ~presence.in_closed_year()),
        # one closed today has still its last day, but nobody is to be found for it any more
        alone.where(or_(Pair.ended.is_(None), Pair.ended > on))
        .with_only_columns(PairMember.pair_id)
        .distinct(),
    )
    counts = (select(func.count()).select_from(rows.subquery()) for rows in lists)
    return select(*(count.scalar_subquery() for count in counts))


def select_without_pair(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of `without_pair`; the school may be its named parameter."""

    def is_in(select_people: Callable[..., Select[int]]) -> Any:
        return Participation.person_id.in_(select_people(school_id, part, on))

    rows: Select[int] = _without_pair(_staying(school_id, part, on), is_in)
    return rows


def select_without_pair_of_each(school_ids: Any, part: Part, on: Any) -> Select[int, int]:
    """Return the statement of `without_pair` of each of many schools: (school_id, person_id)."""
    who = (Participation.school_id, Participation.person_id)

    def is_in(select_people: Callable[..., Select[int]]) -> Any:
        return tuple_(*who).in_(_of_each(select_people, school_ids, part, on))

    everybody = _staying(school_ids, part, on).with_only_columns(*who)
    rows: Select[int, int] = _without_pair(everybody, is_in)
    return rows


def _without_pair(rows: Any, is_in: Callable[..., Any]) -> Any:
    # each read once: a look-up for each mentee reads every pair of the school each time (measured)
    others = (presence.select_in_pair, presence.select_undecided)
    is_finished, is_alone = map(is_in, (presence.select_finished, presence.select_alone))
    return rows.where(*(~is_in(people) for people in others), or_(~is_finished, is_alone))


def _staying(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Select who is in a register on a day and does not leave on it."""
    return (
        select(Participation.person_id)
        .distinct()
        .where(
            is_of(Participation.school_id, school_id),
            Participation.part == part,
            Participation.is_mistake.is_(False),
            Participation.joined <= on,
            or_(Participation.left.is_(None), Participation.left > on),
        )
    )


def select_without_mentor(school_id: Any, on: Any) -> Any:
    """Select the mentees who are in a pair or group that counts on a day, and in none with a mentor."""
    alone = presence.select_alone(school_id, Part.MENTEE, on)
    return alone.except_(presence.select_in_pair(school_id, Part.MENTEE, on))


def select_without_mentor_of_each(school_ids: Any, on: Any) -> Any:
    """Select the same of each of many schools: (school_id, person_id)."""
    kinds = (presence.select_alone, presence.select_in_pair)
    alone, paired = (_of_each(people, school_ids, Part.MENTEE, on) for people in kinds)
    return alone.except_(paired)


def _of_each(
    select_people: Callable[..., Select[int]], school_ids: Any, part: Part, on: Any
) -> Select[int, int]:
    """People in pairs of many schools, each with the pair's school."""
    rows = select_people(school_ids, part, on)
    return rows.with_only_columns(Pair.school_id, PairMember.person_id)


def count_silent(school_id: int, today: date) -> int:
    """Return how many active pairs have not met for longer than the district's setting says."""
    return silent_of_each([school_id], today).get(school_id, 0)


def silent_of_each(school_ids: Sequence[int], today: date) -> dict[int, int]:
    """Return the same of each school of one district that has such a pair."""
    last = (
        select(func.max(Meeting.held_on))
        .where(Meeting.pair_id == Pair.id, Meeting.deleted_at.is_(None), Meeting.held_on <= today)
        .scalar_subquery()
    )
    before = today - timedelta(days=meetings.settings(school_ids[0]).within)
    rows = select(Pair.school_id, func.count()).where(
        Pair.school_id.in_(school_ids),
        Pair.state == PairState.ACTIVE,
        Pair.counts_until >= today,
        func.coalesce(last, Pair.started) < before,
    )
    return dict(list(db.session.execute(rows.group_by(Pair.school_id))))


class WeekSheet(NamedTuple):
    """How far a week's sheet of meetings is filled: pairs that met in it, of those that could."""

    met: int
    pairs: int


def count_week(school_id: int, monday: date, today: date) -> WeekSheet:
    """Return how many active pairs met from Monday to a day of that week, of how many."""
    met = select(Meeting.pair_id).where(
        Meeting.school_id == school_id,
        Meeting.deleted_at.is_(None),
        Meeting.held_on.between(monday, today),
    )
    pairs = select(func.count()).where(
        Pair.school_id == school_id,
        Pair.state == PairState.ACTIVE,
        Pair.started <= today,
        Pair.counts_until >= today,
    )
    counts = (pairs.where(Pair.id.in_(met)), pairs)
    return WeekSheet(
        *db.session.execute(select(*(rows.scalar_subquery() for rows in counts))).one()
    )


class PairsLacking(NamedTuple):
    """Pairs and groups of a school that wait for something."""

    undecided: int  # they count no more, and nobody decided of them (point 2.3)
    silent: int  # active ones that have not met for longer than the district's setting says


def pairs_by_school(district_id: int, today: date, within: int) -> dict[int, PairsLacking]:
    """Return how many pairs of each school of a district that has any wait for what; one query.

    Args:
        district_id: the district.
        today: the day.
        within: after how many days without a meeting a pair is silent.
    """
    since = today - timedelta(days=within)
    params = {"district_id": district_id, "day": today, "since": since}
    rows = db.session.execute(_pairs_lacking(), params)
    return {school_id: PairsLacking(*counts) for school_id, *counts in rows}


@made_once
def _pairs_lacking() -> Select[int, int, int]:
    today, since = bindparam("day", type_=Date), bindparam("since", type_=Date)
    is_of_district = School.district_id == bindparam("district_id", type_=Integer)
    active = (
        select(Pair.id)
        .join(School, School.id == Pair.school_id)
        .where(is_of_district, Pair.state == PairState.ACTIVE)
    )
    # read once: a look-up for each pair costs more
    last = (
        select(Meeting.pair_id, func.max(Meeting.held_on).label("day"))
        .where(Meeting.pair_id.in_(active), Meeting.deleted_at.is_(None), Meeting.held_on <= today)
        .group_by(Meeting.pair_id)
        .subquery()
    )
    is_undecided = and_(Pair.counts_until < today, ~presence.in_closed_year())
    is_silent = and_(
        Pair.state == PairState.ACTIVE,
        Pair.counts_until >= today,
        func.coalesce(last.c.day, Pair.started) < since,
    )
    return (
        select(
            Pair.school_id,
            func.sum(case((is_undecided, 1), else_=0)),
            func.sum(case((is_silent, 1), else_=0)),
        )
        .join(School, School.id == Pair.school_id)
        .outerjoin(last, last.c.pair_id == Pair.id)
        .where(
            is_of_district,
            Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)),
        )
        .group_by(Pair.school_id)
    )
