"""Tables of training: what was held, and which mentors took part."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned


class Training(Versioned, Model):
    """A training event of a school; it belongs to the school year of its day."""

    __tablename__ = "training"
    __table_args__ = (Index("ix_training_school_held", "school_id", "held_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    held_on: Mapped[date]
    hours: Mapped[int]  # academic hours
    programme: Mapped[str] = mapped_column(String(300))
    leader: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(200), default="")  # приказ, ведомость: № и дата
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)


class TrainingAttendance(Model):
    """A mentor who took part in a training."""

    __tablename__ = "training_attendance"
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
