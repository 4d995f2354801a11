"""What a person was from when to when: kept from the day on which they become something else."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select, update

from nastav import dates, ru
from nastav.db import db
from nastav.people.models import Kind, Participation, PersonKind
from nastav.refusals import NotAllowed


def become(row: Participation, before: Kind, since: date) -> None:
    """Keep that the person of a line was something else up to the day before; `kind` is set already.

    Raises:
        NotAllowed: it changed on that day, or on a later one, already.
    """
    spans = _spans(row.person_id)
    if not spans:
        first = PersonKind(person_id=row.person_id, school_id=row.school_id, kind=before)
        first.since, first.until = dates.ALWAYS, dates.NEVER
        db.session.add(first)
        spans = [first]
    last = spans[-1]
    if since <= last.since:
        text = f"Категория уже изменена с {ru.date_short(last.since)}: укажите день позже."
        raise NotAllowed("since", text)
    last.until = since - timedelta(days=1)
    span = PersonKind(person_id=row.person_id, school_id=row.school_id, kind=row.person.kind)
    span.since, span.until = since, dates.NEVER
    db.session.add(span)
    db.session.flush()


def put_right(row: Participation) -> None:
    """Let the last span say what `kind` says: the other was entered by mistake."""
    spans = _spans(row.person_id)
    if spans:
        spans[-1].kind = row.person.kind
        db.session.flush()


def put_right_of(kinds: Mapping[int, Kind]) -> None:
    """Let the last spans of many people say what they are, by person's id; others have none to change."""
    for kind in set(kinds.values()):
        ids = [person_id for person_id, its in kinds.items() if its is kind]
        last = update(PersonKind).where(
            PersonKind.person_id.in_(ids), PersonKind.until == dates.NEVER
        )
        db.session.execute(last.values(kind=kind))


def _spans(person_id: int) -> list[PersonKind]:
    rows = select(PersonKind).filter_by(person_id=person_id).order_by(PersonKind.since)
    return list(db.session.scalars(rows))
