"""Tables of mentors' profiles and of a school's criteria of selection."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned, choice


class Selection(StrEnum):
    """What the school decided of a mentor after the interview (этап IV)."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class MentorProfile(Versioned, Model):
    """What a school knows of its mentor beyond the name; kept when they leave and come back."""

    __tablename__ = "mentor_profile"
    __table_args__ = (UniqueConstraint("school_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    competences: Mapped[str] = mapped_column(String(500), default="")
    achievements: Mapped[str] = mapped_column(String(500), default="")
    interests: Mapped[str] = mapped_column(String(500), default="")
    free_time: Mapped[str] = mapped_column(String(200), default="")  # ресурс времени
    most_mentees: Mapped[int | None]  # the load limit; none = not limited
    grade_from: Mapped[int | None]  # wanted classes, both included
    grade_to: Mapped[int | None]
    age_from: Mapped[int | None]  # wanted ages in full years, both included
    age_to: Mapped[int | None]
    interviewed_on: Mapped[date | None]
    decision: Mapped[Selection] = mapped_column(choice(Selection), default=Selection.UNDECIDED)
    decision_note: Mapped[str] = mapped_column(String(300), default="")


class MentorKind(Model):
    """A form of mentoring that a mentor agrees to; none at all means any."""

    __tablename__ = "mentor_kind"
    profile_id: Mapped[int] = mapped_column(ForeignKey("mentor_profile.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("pair_kind.id"), primary_key=True)


class SelectionCriteria(Versioned, Model):
    """By which criteria a school selects its mentors (этап IV, мероприятие 1)."""

    __tablename__ = "selection_criteria"
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    text: Mapped[str] = mapped_column(String(3000), default="")
