"""What was saved of the meetings of Борис's school, and a group to hold them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import selectinload

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.meetings.models import Meeting
from nastav.pairs.models import Pair
from tests.support.cast import Cast
from tests.support.registers import registers
from tests.support.school import School, saved, school  # noqa: F401 - fixtures

Meetings = Callable[[], list[Meeting]]
Journal = Callable[[str], list[AuditEntry]]


@pytest.fixture
def meetings(app: Flask) -> Meetings:
    """Return a function: every meeting as it is saved, in the order of entry."""

    def read() -> list[Meeting]:
        with app.app_context():
            rows = db.session.query(Meeting).options(selectinload(Meeting.presences))
            return rows.order_by(Meeting.id).all()

    return read


@pytest.fixture
def journal(app: Flask) -> Journal:
    """Return a function: event → its entries in the journal."""

    def read(event: str) -> list[AuditEntry]:
        with app.app_context():
            return db.session.query(AuditEntry).filter_by(event=event).all()

    return read


@dataclass(frozen=True)
class Group:
    """A group of Белкин with Ёлкин and Новак, begun on 1 December; its members' ids by surname."""

    card: str
    id: int
    members: dict[str, int]


@pytest.fixture
def group(app: Flask, cast: Cast, school: School) -> Group:  # noqa: F811
    """Return the group."""
    with registers(app, cast) as own:
        made = own.pair(school.pupil, school.free, school.late, started=date(2020, 12, 1))
        pair_id = made.id
    with app.app_context():
        options = [selectinload(Pair.members)]
        pair = db.session.get_one(Pair, pair_id, options=options)
        by_person = {member.person_id: member.id for member in pair.members}
    names = {"Белкин": school.pupil, "Ёлкин": school.free, "Новак": school.late}
    members = {name: by_person[person.person_id] for name, person in names.items()}
    return Group(f"{school.pairs}/{pair_id}", pair_id, members)
