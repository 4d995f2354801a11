"""Writing the history of a person's values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete

from nastav import classes, ru
from nastav.access import Actor
from nastav.db import db
from nastav.people.changes.models import PersonChange
from nastav.people.models import KIND_LABELS, Kind, Participation


@dataclass(frozen=True)
class Changed:
    """A field's name and its values; the class is a (grade, letter)."""

    field: str
    old: Any
    new: Any


def note(actor: Actor, row: Participation, changed: Iterable[Changed]) -> None:
    """Remember what of a person was changed in a school; no other place holds the values."""
    for change in changed:
        db.session.add(
            PersonChange(
                person_id=row.person_id,
                school_id=row.school_id,
                actor_name=actor.name,
                field=change.field,
                old=_text(change.old),
                new=_text(change.new),
            )
        )


def forget(fields: Collection[str], person_ids: Collection[int]) -> None:
    """Erase what the history of these people holds of these fields, in every school."""
    rows = delete(PersonChange).where(
        PersonChange.field.in_(fields), PersonChange.person_id.in_(person_ids)
    )
    db.session.execute(rows)


def _text(value: Any) -> str:
    """A value as people read it; nothing, and the class nobody entered, are empty."""
    if isinstance(value, Kind):
        return KIND_LABELS[value]
    if isinstance(value, tuple):
        return classes.class_name(*value) if value[0] else ""
    if isinstance(value, date):
        return ru.date_short(value)
    return str(value or "")
