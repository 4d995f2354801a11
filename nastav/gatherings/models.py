"""What every gathering of a school has: the day it was held, and who of a register took part."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates, ru
from nastav.db import Model, UtcDateTime, Versioned
from nastav.people.models import Part


class Gathering(Versioned, Model):
    """An event of a school; it belongs to the school year of its day."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    held_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)

    def subject(self, present: int) -> str:
        """Return how the journal names it: its day and how many took part, never who."""
        raise NotImplementedError


class Attendance(Model):
    """A person who took part in a gathering."""

    __abstract__ = True
    gathering: ClassVar[type[Gathering]]
    part: ClassVar[Part]  # of which register they are
    event: ClassVar[str]  # what the journal's events begin with
    if TYPE_CHECKING:  # each table names it after its own gathering
        gathering_id: Mapped[int]
        person_id: Mapped[int]


def participants(count: int) -> str:
    """Return «3 участника»."""
    return ru.counted(count, "участник", "участника", "участников")
