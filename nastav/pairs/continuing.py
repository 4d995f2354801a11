"""Reading what continues a pair, and why one was opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from nastav.db import db
from nastav.pairs.models import Pair, PairState, Reopening


@dataclass(frozen=True)
class Following:
    """The pair that continues another one."""

    id: int
    state: PairState
    started: date


def following(school_id: int, pair_ids: Sequence[int]) -> dict[int, Following]:
    """Return the pairs of a school that continue these, by the id of the pair before."""
    rows = (
        select(Pair.continues_id, Pair.id, Pair.state, Pair.started)
        .where(Pair.school_id == school_id, Pair.continues_id.in_(pair_ids))
        .order_by(Pair.id)
    )
    return {
        row.continues_id: Following(row.id, row.state, row.started)
        for row in db.session.execute(rows)
    }


def reopenings(pair_id: int) -> list[Reopening]:
    """Return when and why a pair was opened again, the latest first."""
    rows = select(Reopening).filter_by(pair_id=pair_id).order_by(Reopening.id.desc())
    return list(db.session.scalars(rows))
