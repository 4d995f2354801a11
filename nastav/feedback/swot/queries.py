"""Reading SWOT."""

from sqlalchemy import select

from nastav.db import db
from nastav.district.kinds import queries as kinds
from nastav.district.kinds.models import PairKind
from nastav.feedback import queries as feedback
from nastav.feedback.summary import Group
from nastav.feedback.swot.models import Swot


def swot(school_id: int, first_year: int, kind_id: int) -> Swot | None:
    """Return what a school wrote of a form of mentoring, or None."""
    rows = select(Swot).filter_by(school_id=school_id, first_year=first_year, kind_id=kind_id)
    return db.session.scalar(rows)


def board(district_id: int, school_id: int, first_year: int) -> list[tuple[PairKind, bool]]:
    """Return each form of mentoring, and whether the school has written of it."""
    rows = select(Swot.kind_id).filter_by(school_id=school_id, first_year=first_year)
    written = set(db.session.scalars(rows))
    found = kinds.all_kinds(district_id)
    return [
        (pair_kind, pair_kind.id in written)
        for pair_kind in found
        if pair_kind.id in written or not pair_kind.is_hidden
    ]


def answers(
    district_id: int, school_id: int, first_year: int, kind_id: int
) -> tuple[tuple[Group, ...], bool]:
    """Return the answers about a form of mentoring, True; those of the whole school, False, if too few."""
    own = feedback.groups(district_id, [school_id], first_year, 0, kind_id=kind_id)
    if any(scale.counts for group in own for scale in group.scales):
        return own, True
    return feedback.groups(district_id, [school_id], first_year, 0), False
