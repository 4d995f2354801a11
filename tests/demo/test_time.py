"""Nothing in the demo is later than the day it was made, whatever day that was."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from nastav import dates, schema
from nastav.audit.models import AuditEntry
from nastav.db import UtcDateTime, db
from nastav.demo.calendar import is_workday
from nastav.pairs.models import Pair, PairMember, PairState

DAYS = (
    "2020-09-01",  # before the order was signed
    "2020-11-12",
    "2021-03-10",
    "2021-09-01",
    "2022-08-31",
    "2023-07-15",
    "2024-12-03",
)
# what is planned, and may lie ahead
PLANNED = {
    "district.order_date",  # of the order that was loaded
    "stage.due",
    "school_stage.due_then",
    "transition.due",
    "school_stage.fix_by",
    "transition.fix_by",
    "pair.planned_end",
    "pair.counts_until",
    "link_set.expires_on",
    "person_kind.until",  # the last span has no end
}


@pytest.mark.parametrize("today", DAYS)
def test_nothing_is_later_than_the_day(demo_of: Callable[[str], Flask], today: str) -> None:
    with demo_of(today).app_context():
        latest = {name: day for name, day in latest_days() if name not in PLANNED}
    assert len(latest) > (40 if today > "2021" else 3)
    assert {name: day for name, day in latest.items() if day > date.fromisoformat(today)} == {}


def latest_days() -> list[tuple[str, date]]:
    """Return the latest day in each column that holds days or moments."""
    found = []
    for table in schema.METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, sa.Date | UtcDateTime):
                value = db.session.scalar(sa.select(sa.func.max(column)).where(acts(table)))
                if value is not None:
                    is_moment = isinstance(value, datetime)
                    day = dates.local(value).date() if is_moment else value
                    found.append((f"{table.name}.{column.name}", day))
    return found


def acts(table: sa.Table) -> sa.ColumnElement[bool]:
    """Leave out drafts of pairs: they may begin later."""
    drafts = sa.select(Pair.id).where(Pair.state == PairState.DRAFT)
    if table is Pair.__table__:
        return Pair.id.not_in(drafts)
    return PairMember.pair_id.not_in(drafts) if table is PairMember.__table__ else sa.true()


@pytest.mark.parametrize("today", ["2021-03-10", "2024-12-03"])
def test_the_journal_follows_days_of_work(demo_of: Callable[[str], Flask], today: str) -> None:
    with demo_of(today).app_context():
        moments = db.session.scalars(sa.select(AuditEntry.at).order_by(AuditEntry.id)).all()
        named = db.session.scalars(sa.select(AuditEntry.actor_id).distinct()).all()
    assert moments == sorted(moments)
    times = [dates.local(moment) for moment in moments]
    assert {time for time in times if not is_workday(time.date())} == set()
    assert all(7 < time.hour < 19 for time in times)
    assert len({time.date() for time in times}) > 60
    assert len(named) > 12  # every school's curator
