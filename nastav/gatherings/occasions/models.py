"""Tables of occasions: an event of social, cultural or school life, and the mentees who took part."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, synonym

from nastav import ru
from nastav.db import choice
from nastav.gatherings.models import Attendance, Gathering, participants
from nastav.people.models import Part


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


class Occasion(Gathering):
    """An event that mentees of a school took part in."""

    __tablename__ = "occasion"
    __table_args__ = (Index("ix_occasion_school_held", "school_id", "held_on"),)
    sphere: Mapped[Sphere] = mapped_column(choice(Sphere))
    name: Mapped[str] = mapped_column(String(300))

    @property
    def sphere_name(self) -> str:
        """Return «культурная жизнь»."""
        return SPHERES[self.sphere]

    def subject(self, present: int) -> str:
        """Return «культурная жизнь, 15.12.2020: 3 участника»."""
        return f"{self.sphere_name}, {ru.date_short(self.held_on)}: {participants(present)}"


class OccasionPart(Attendance):
    """A mentee who took part in an event, as what or with what result."""

    gathering, part, event = Occasion, Part.MENTEE, "occasion"

    __tablename__ = "occasion_part"
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(200), default="")
    gathering_id = synonym("occasion_id")
