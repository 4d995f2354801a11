"""Reading the history of a person's values."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from nastav.db import db
from nastav.people.changes.models import FIELDS, PersonChange


@dataclass(frozen=True)
class Change:
    """A changed field as the card shows it."""

    at: datetime
    by: str
    what: str
    old: str
    new: str


def changes(school_id: int, person_id: int) -> list[Change]:
    """Return what a school changed of a person, the latest first."""
    rows = (
        select(PersonChange)
        .filter_by(school_id=school_id, person_id=person_id)
        .order_by(PersonChange.id.desc())
    )
    return [
        Change(row.at, row.actor_name, FIELDS[row.field], row.old, row.new)
        for row in db.session.scalars(rows)
    ]
