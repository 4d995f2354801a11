"""Reading the rewards of one school, and their counts for the district."""

from collections.abc import Sequence

from sqlalchemy import func, select

from nastav import dates
from nastav.db import db
from nastav.mentors.awards.models import Award, RewardSystem


def system(school_id: int) -> RewardSystem | None:
    """Return how a school rewards its mentors, or None before its first save."""
    return db.session.get(RewardSystem, school_id)


def awards(school_id: int, first_year: int) -> list[Award]:
    """Return the awards of a school year, the latest first."""
    rows = select(Award).where(
        Award.school_id == school_id, Award.given_on.between(*dates.cycle_bounds(first_year))
    )
    return list(db.session.scalars(rows.order_by(Award.given_on.desc(), Award.id.desc())))


def awards_of(school_id: int, person_id: int) -> list[Award]:
    """Return every award of a mentor in a school, the latest first."""
    rows = select(Award).filter_by(school_id=school_id, person_id=person_id)
    return list(db.session.scalars(rows.order_by(Award.given_on.desc(), Award.id.desc())))


def award(school_id: int, award_id: int) -> Award | None:
    """Return an award of a school, to be changed, or None."""
    return db.session.scalar(select(Award).filter_by(id=award_id, school_id=school_id))


def counts(school_ids: Sequence[int], first_year: int) -> dict[int, int]:
    """Return how many awards each of these schools gave in a school year; none: no entry."""
    rows = (
        select(Award.school_id, func.count().label("number"))
        .where(
            Award.school_id.in_(school_ids),
            Award.given_on.between(*dates.cycle_bounds(first_year)),
        )
        .group_by(Award.school_id)
    )
    return {row.school_id: row.number for row in db.session.execute(rows)}


def having_system(school_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these schools have written down how they reward mentors."""
    rows = select(RewardSystem.school_id).where(RewardSystem.school_id.in_(school_ids))
    return frozenset(db.session.scalars(rows))
