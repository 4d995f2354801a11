"""Pairs that ended in the middle of a year: one is over, one was closed by mistake and opened again."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.pairs.models import Decision, Pair, PairState, Reopening


def fill(school: School) -> None:
    """Close a pair of each school year in January and open another again; nothing later than today."""
    rows = select(Pair).filter_by(school_id=school.id, continues_id=None)
    by_year: dict[int, list[Pair]] = {}
    continued = set(db.session.scalars(select(Pair.continues_id).where(Pair.continues_id > 0)))
    for pair in db.session.scalars(rows.options(selectinload(Pair.members)).order_by(Pair.id)):
        if pair.state is not PairState.DRAFT and pair.id not in continued:
            by_year.setdefault(dates.cycle_of(pair.started), []).append(pair)
    for year, pairs in by_year.items():
        if len(pairs) > 3 and date(year + 1, 1, 25) <= dates.today():
            _end(pairs[0], date(year + 1, 1, 22))
            _reopen(pairs[1], date(year, 12, 25), date(year + 1, 1, 12))


def _end(pair: Pair, day: date) -> None:
    pair.state, pair.ended, pair.decision = PairState.CLOSED, day, Decision.FINISH
    pair.close_reason, pair.outcome = "цель достигнута раньше срока", "проект сдан"


def _reopen(pair: Pair, ended: date, reopened_on: date) -> None:
    reason = "завершена по ошибке: работа продолжается"
    row = Reopening(pair_id=pair.id, reopened_on=reopened_on, ended=ended, reason=reason)
    db.session.add(row)
