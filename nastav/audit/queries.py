"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, select, union, union_all
from sqlalchemy.orm import InstrumentedAttribute

from nastav import dates
from nastav.access import ROLE_LABELS, Role
from nastav.audit.labels import event_label, field_label, has_values, value_text
from nastav.audit.models import AuditEntry
from nastav.db import db

PAGE = 50  # entries
NOBODY = 0  # as an actor: the command line, and who has not signed in


@dataclass(frozen=True)
class Change:
    """A field that was changed; without `is_told` the journal keeps no values of it."""

    field: str
    old: str
    new: str
    has_values: bool


@dataclass(frozen=True)
class Entry:
    """A line of the journal, its codes in Russian."""

    id: int
    at: datetime
    is_ahead: bool  # the clock was wrong when it was written; the date stays as it is
    event: str
    actor: str
    role: str
    school_id: int | None
    subject: str
    address: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; what is None does not narrow. `until` itself is left out."""

    school_id: int | None = None
    event: str | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def entries(district_id: int, wanted: Wanted, before: int | None = None) -> list[Entry]:
    """Return the entries asked for, the newest first, one more than a page holds if there are more.

    Args:
        before: only entries older than the one with this id.
    """
    narrowed = _narrowed(wanted)
    if before is not None:
        narrowed.append(AuditEntry.id < before)
    # the newest of each place are read backwards from its end: both at once would sort a journal of years
    newest = (select(AuditEntry.id).where(place, *narrowed) for place in _places(district_id))
    limited = (rows.order_by(AuditEntry.id.desc()).limit(PAGE + 1).subquery() for rows in newest)
    ids = union_all(*(select(rows.c.id) for rows in limited))
    rows = select(AuditEntry).where(AuditEntry.id.in_(ids))
    found = db.session.scalars(rows.order_by(AuditEntry.id.desc()).limit(PAGE + 1))
    return [_entry(row) for row in found]


def events(district_id: int) -> list[tuple[str, str]]:
    """Return (code, label) of the events that ever happened, by label."""
    happened = [_distinct(AuditEntry.event, place) for place in _places(district_id)]
    found = db.session.scalars(union(*(select(seen.c.value) for seen in happened)))
    return sorted(
        ((code, event_label(code)) for code in found if code is not None),
        key=lambda pair: pair[1],
    )


def actors(district_id: int) -> list[tuple[int, str]]:
    """Return (id, name as it was last) of everybody who ever did something, by name."""
    latest = (_latest_of_actors(place) for place in _places(district_id))
    rows = select(AuditEntry.actor_id, AuditEntry.actor_name)
    last = rows.where(AuditEntry.id.in_(union_all(*latest))).order_by(AuditEntry.id)
    names = {actor_id or NOBODY: name for actor_id, name in db.session.execute(last)}
    return sorted(names.items(), key=lambda pair: pair[1])


def _places(district_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What belongs to no district (a guessed login, a refusal at the door) is shown to each."""
    return AuditEntry.district_id == district_id, AuditEntry.district_id.is_(None)


def _distinct(column: InstrumentedAttribute[Any], place: ColumnElement[bool]) -> CTE:
    """Each value that a place's entries have, and NULL at the end: a step along the index for each.

    DISTINCT and GROUP BY read every entry of the place, and a journal only grows.
    """
    seen = select(func.min(column).label("value")).where(place).cte(recursive=True)
    following = select(func.min(column)).where(place, column > seen.c.value).scalar_subquery()
    return seen.union_all(select(following).where(seen.c.value.is_not(None)))


def _latest_of_actors(place: ColumnElement[bool]) -> Select[tuple[int]]:
    """The id of each person's last entry of a place."""
    seen = _distinct(AuditEntry.actor_id, place)
    latest = select(func.max(AuditEntry.id)).where(place, AuditEntry.actor_id == seen.c.value)
    return select(latest.scalar_subquery()).where(seen.c.value.is_not(None))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = []
    if wanted.school_id is not None:
        found.append(AuditEntry.school_id == wanted.school_id)
    if wanted.event is not None:
        found.append(AuditEntry.event == wanted.event)
    if wanted.actor_id == NOBODY:
        found.append(AuditEntry.actor_id.is_(None))
    elif wanted.actor_id is not None:
        found.append(AuditEntry.actor_id == wanted.actor_id)
    if wanted.since is not None:
        found.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEntry.at < wanted.until)
    return found


def _entry(row: AuditEntry) -> Entry:
    role = row.actor_role
    return Entry(
        id=row.id,
        at=row.at,
        is_ahead=dates.is_ahead(row.at, dates.now()),
        event=event_label(row.event),
        actor=row.actor_name,
        role=ROLE_LABELS[Role(role)] if role in set(Role) else "",
        school_id=row.school_id,
        subject=row.subject,
        address=row.address or "",
        changes=tuple(
            Change(
                field_label(name),
                value_text(name, old),
                value_text(name, new),
                has_values(old, new),
            )
            for name, (old, new) in (row.changes or {}).items()
            if old != new or not has_values(old, new)  # a state asked to change that stayed
        ),
    )
