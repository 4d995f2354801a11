"""Tables of rewards: how a school rewards its mentors, and which mentor was given what."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class AwardKind(StrEnum):
    """What a mentor was given."""

    GRATITUDE = "gratitude"
    LETTER = "letter"
    DIPLOMA = "diploma"
    PRIZE = "prize"
    BONUS = "bonus"
    OTHER = "other"


KIND_LABELS = {
    AwardKind.GRATITUDE: "благодарность",
    AwardKind.LETTER: "благодарственное письмо",
    AwardKind.DIPLOMA: "грамота",
    AwardKind.PRIZE: "приз",
    AwardKind.BONUS: "премия",
    AwardKind.OTHER: "другое",
}


class RewardSystem(Versioned, Model):
    """How a school rewards its mentors: one text a school, with the document it stands in."""

    __tablename__ = "reward_system"
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    what_for: Mapped[str] = mapped_column(String(2000), default="")
    how: Mapped[str] = mapped_column(String(2000), default="")
    document: Mapped[str] = mapped_column(String(200), default="")  # положение: № и дата


class Award(Versioned, Model):
    """What one mentor was given; it belongs to the school year of its day."""

    __tablename__ = "award"
    __table_args__ = (Index("ix_award_school_given", "school_id", "given_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    given_on: Mapped[date]
    kind: Mapped[AwardKind] = mapped_column(choice(AwardKind))
    reason: Mapped[str] = mapped_column(String(300))  # за что
    document: Mapped[str] = mapped_column(String(200), default="")  # приказ: № и дата
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
