"""One need written of many mentees at once."""

from collections.abc import Sequence

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.people import queries
from nastav.people.changes.models import FIELDS
from nastav.people.changes.operations import Changed, note
from nastav.people.models import Participation


def set_needs(actor: Actor, rows: Sequence[Participation], need: str) -> None:
    """Write the need of these lines of one school's register; the journal has their numbers only."""
    changed = [row for row in rows if row.need != need]
    if not changed:
        return  # sent twice
    for row in changed:
        note(actor, row, [Changed("need", row.need, need)])
        row.need = need
    db.session.flush()
    school_id = changed[0].school_id
    numbers = queries.numbers(school_id, [row.person_id for row in changed])
    told = ", ".join(str(number) for number in sorted(numbers.values()))
    subject = f"№ {told}: {FIELDS['need']}"
    record(actor, "person:changed", subject=subject, school_id=school_id)
