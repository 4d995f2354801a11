"""Making and revoking the link of a calendar."""

import secrets
from datetime import date

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.calendars import queries
from nastav.calendars.models import CalendarLink
from nastav.db import db


def make(actor: Actor, user_id: int, today: date) -> CalendarLink:
    """Return the user's link, made where there is none: a second press changes nothing."""
    found = queries.link(user_id)
    if found is None:
        found = CalendarLink(user_id=user_id, code=secrets.token_urlsafe(24), made_on=today)
        db.session.add(found)
        record(actor, "calendar:made", school_id=actor.school_id)
    return found


def revoke(actor: Actor, user_id: int) -> None:
    """Take the link away, if there is one; a link made later has another code."""
    found = queries.link(user_id)
    if found is not None:
        db.session.delete(found)
        record(actor, "calendar:revoked", school_id=actor.school_id)
