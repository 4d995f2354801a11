"""Reading who is in a pair or group on a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from nastav.db import db
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part


def in_pair(school_id: int, part: Part, on: date) -> set[int]:
    """Return who is in a pair or group on a day in a part: persons' ids; drafts are left out."""
    return set(db.session.scalars(select_in_pair(school_id, part, on)))


def select_in_pair(school_id: Any, part: Part, on: Any) -> Select[int]:
    """Return the statement of `in_pair`; the school and the day may be its named parameters."""
    return (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            PairMember.part == part,
            Pair.school_id == school_id,
            Pair.state != PairState.DRAFT,
            covers(Pair.started, Pair.ended, on),
            covers(PairMember.joined, PairMember.left, on),
        )
    )


def covers(first: Any, last: Any, on: Any) -> ColumnElement[bool]:
    """Return the condition that a day lies between two columns, both inclusive; no last day is open."""
    return and_(first <= on, or_(last.is_(None), last >= on))
