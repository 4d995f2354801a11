"""Saying that two cards of one school are two children, and taking it back. One child: `merging`."""

from collections.abc import Collection

from sqlalchemy import and_, delete, or_

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.models import School
from nastav.identity.matches.models import PersonMatch


def tell_apart(actor: Actor, school: School, *numbers: int) -> PersonMatch:
    """Keep that two cards of the school, named by register number, are two children's."""
    first, second = sorted(numbers)
    row = PersonMatch(
        district_id=school.district_id,
        one_school_id=school.id,
        one_number=first,
        other_school_id=school.id,
        other_number=second,
        is_one_child=False,
        schools=[],
        actor_name=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    _record(actor, "match:declined", row)
    return row


def undo(actor: Actor, row: PersonMatch, *, version: int) -> None:
    """Forget it; the match is open again.

    Raises:
        Conflict: it was changed since the page was opened.
    """
    check_version(row, version)
    db.session.delete(row)
    db.session.flush()
    _record(actor, "match:reopened", row)


def forget(school_id: int, numbers: Collection[int]) -> None:
    """Erase what was said of these numbers of a school, for others will get them: a load was undone."""
    of_these = or_(
        *(
            and_(
                getattr(PersonMatch, f"{side}_school_id") == school_id,
                getattr(PersonMatch, f"{side}_number").in_(numbers),
            )
            for side in ("one", "other")
        )
    )
    db.session.execute(delete(PersonMatch).where(of_these))


def _record(actor: Actor, event: str, row: PersonMatch) -> None:
    subject = f"№ {row.one_number} и № {row.other_number}"
    record(actor, event, subject=subject, school_id=row.one_school_id)
