"""Table of practices: what a school tells the others of its work, without a child's name."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class PracticeState(StrEnum):
    """Where a practice stands; only a published one leaves its school."""

    DRAFT = "draft"
    PUBLISHED = "published"
    TAKEN_OFF = (
        "taken_off"  # by the coordinator, with a reason; the school mends and publishes again
    )


class Practice(Versioned, Model):
    """A practice of a school: for whom, what was done, with what result."""

    __tablename__ = "practice"
    __table_args__ = (Index("ix_practice_school_state", "school_id", "state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("pair_kind.id"))
    state: Mapped[PracticeState] = mapped_column(choice(PracticeState), default=PracticeState.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    audience: Mapped[str] = mapped_column(String(300), default="")  # for whom
    done: Mapped[str] = mapped_column(String(4000), default="")  # what was done
    result: Mapped[str] = mapped_column(String(2000), default="")
    since_year: Mapped[int | None]
    published_on: Mapped[date | None]
    taken_off_reason: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
