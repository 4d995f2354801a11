"""Adding to the journal, in the transaction of what is being done."""

from collections.abc import Mapping
from typing import Any

from nastav.access import Actor
from nastav.audit.models import AuditEntry
from nastav.statements import insert_into, write

_entry = insert_into(AuditEntry)
Change = tuple[Any, Any]
LONGEST = 200  # characters of a subject


def record(
    actor: Actor,
    event: str,
    *,
    subject: str = "",
    school_id: int | None = None,
    district_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
    address: str | None = None,
) -> None:
    """Add an entry: who did what to which subject, with (old, new) of each changed field.

    The address asked from is told of sign-ins, failures and refusals.
    Tenants default to the actor's own. Values must be ready for JSON; never pass a personal value.
    """
    values = entry(
        actor,
        event,
        subject=subject,
        school_id=school_id,
        district_id=district_id,
        changes=changes,
        address=address,
    )
    # a column left out is empty; None in one of JSON would be JSON's own null
    write(_entry, {name: value for name, value in values.items() if value is not None})


def entry(
    actor: Actor,
    event: str,
    *,
    subject: str = "",
    school_id: int | None = None,
    district_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
    address: str | None = None,
) -> dict[str, Any]:
    """Return the values of an entry by column, all but its time: what `record` adds."""
    return {
        "event": event,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "actor_role": actor.role,
        "district_id": district_id if district_id is not None else actor.district_id,
        "school_id": school_id if school_id is not None else actor.school_id,
        "subject": _short(subject),
        "changes": {key: list(pair) for key, pair in changes.items()} if changes else None,
        "address": address[:60] if address else None,
    }


def _short(subject: str) -> str:
    """Return a subject that fits: of a long list whole items, and a sign that there were more."""
    if len(subject) <= LONGEST:
        return subject
    whole, separator, _ = subject[: LONGEST - 1].rpartition(", ")
    return f"{whole}, …" if separator else f"{subject[: LONGEST - 1]}…"
