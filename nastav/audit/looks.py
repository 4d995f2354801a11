"""«Смотреть как школа» in the journal: a line a day of each who looks and each school."""

from datetime import datetime

from sqlalchemy import select

from nastav import dates
from nastav.access import Actor, Tenant
from nastav.audit.models import AuditEntry
from nastav.audit.operations import record
from nastav.db import db

EVENT = "school:looked"


def is_noted(actor_id: int | None, school_id: int, now: datetime) -> bool:
    """Tell whether somebody's look as a school is in the journal since midnight."""
    midnight = dates.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = select(AuditEntry.id).filter_by(actor_id=actor_id, event=EVENT, school_id=school_id)
    return db.session.scalar(rows.where(AuditEntry.at >= midnight).limit(1)) is not None


def note(actor: Actor, school: Tenant) -> None:
    """Write that somebody looks as a school."""
    record(actor, EVENT, subject=school.name, school_id=school.id)
