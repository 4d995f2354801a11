"""Tables of occasions: an event of social, cultural or school life, and the mentees who took part."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class Sphere(StrEnum):
    """Which life an event belongs to; the order names the first three."""

    SOCIAL = "social"
    CULTURAL = "cultural"
    LEARNING = "learning"
    SPORT = "sport"
    CAREER = "career"


SPHERES = {
    Sphere.SOCIAL: "общественная жизнь",
    Sphere.CULTURAL: "культурная жизнь",
    Sphere.LEARNING: "образовательная жизнь",
    Sphere.SPORT: "спортивная жизнь",
    Sphere.CAREER: "профориентация",
}


class Occasion(Versioned, Model):
    """An event that mentees of a school took part in; it belongs to the school year of its day."""

    __tablename__ = "occasion"
    __table_args__ = (Index("ix_occasion_school_held", "school_id", "held_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    held_on: Mapped[date]
    sphere: Mapped[Sphere] = mapped_column(choice(Sphere))
    name: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)


class OccasionPart(Model):
    """A mentee who took part in an event, as what or with what result."""

    __tablename__ = "occasion_part"
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(200), default="")
