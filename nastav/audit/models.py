"""The journal's table."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime


class AuditEntry(Model):
    """One thing that was done, refused or read out; never changed and never deleted.

    The actor's name is kept as it was. Personal fields are named, their values are not
    (rules.md#journal-without-values).
    """

    __tablename__ = "audit_entry"
    # what one person did of a kind, the last first: the journal of all districts is never read through;
    # a district's events and people, of which its journal lists the distinct ones
    __table_args__ = (
        Index("ix_audit_entry_actor_event", "actor_id", "event", "at"),
        Index("ix_audit_entry_district_event", "district_id", "event"),
        Index("ix_audit_entry_district_actor", "district_id", "actor_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now, index=True)
    event: Mapped[str] = mapped_column(String(60))  # subject:past_participle
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    actor_role: Mapped[str | None] = mapped_column(String(24))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200), default="")  # «Этап II», «№ 17», a login
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # field → [old, new]
    request_id: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(String(60))  # of sign-ins, failures and refusals
