"""What a merge moved, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime


class PersonMerge(Model):
    """Two cards of one person in a school made one; the dropped card keeps its row and number.

    `moved`: «table.column» → keys of the rows that now name the kept person.
    `lines`: participation's id → what the merge changed of it, before and after.
    """

    __tablename__ = "person_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    dropped_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    lines: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
