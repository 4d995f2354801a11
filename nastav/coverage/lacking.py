"""Кто без чего: who of a school lacks what on a day; whoever shows it, asks here."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from nastav.db import db
from nastav.meetings import queries as meetings
from nastav.meetings.models import Meeting
from nastav.pairs import presence
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Participation


def without_pair(school_id: int, part: Part, on: date) -> set[int]:
    """Return the ids of the people of a register who are in no pair or group on a day.

    A draft is no pair, a paused one is. Whoever leaves on that day needs none.
    """
    return set(db.session.scalars(select_without_pair(school_id, part, on)))


def count_without_pair(school_id: int, part: Part, on: date) -> int:
    """Return how many `without_pair` are."""
    found = select_without_pair(school_id, part, on).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def select_without_pair(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of `without_pair`; the school and the day may be its named parameters."""
    return (
        select(Participation.person_id)
        .distinct()
        .where(
            Participation.school_id == school_id,
            Participation.part == part,
            Participation.is_mistake.is_(False),
            Participation.joined <= on,
            or_(Participation.left.is_(None), Participation.left > on),
            # read once: a look-up for each mentee reads every pair of the school each time (measured)
            Participation.person_id.not_in(presence.select_in_pair(school_id, part, on)),
        )
    )


def select_without_mentor(school_id: Any, on: Any) -> Any:
    """Select the mentees who stand in a pair or group on a day, but in none that a mentor leads then."""
    led = select(PairMember.pair_id).where(
        PairMember.part == Part.MENTOR, presence.covers(PairMember.joined, PairMember.left, on)
    )
    standing = presence.select_in_pair(school_id, Part.MENTEE, on)
    return standing.except_(standing.where(Pair.id.in_(led)))


def count_silent(school_id: int, today: date) -> int:
    """Return how many active pairs have not met for longer than the district's setting says."""
    last = (
        select(func.max(Meeting.held_on))
        .where(Meeting.pair_id == Pair.id, Meeting.deleted_at.is_(None), Meeting.held_on <= today)
        .scalar_subquery()
    )
    before = today - timedelta(days=meetings.settings(school_id).within)
    rows = select(func.count()).where(
        Pair.school_id == school_id,
        Pair.state == PairState.ACTIVE,
        func.coalesce(last, Pair.started) < before,
    )
    return db.session.scalar(rows) or 0
