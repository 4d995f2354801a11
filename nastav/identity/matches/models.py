"""What the coordinator decided of two cards of two schools that may be one child's."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned


class PersonMatch(Versioned, Model):
    """A decision about two cards, named as the coordinator sees them: by school and register number.

    One child: all that the dropped card's schools know of it names the kept one from then on.
    """

    __tablename__ = "person_match"
    __table_args__ = (
        UniqueConstraint("one_school_id", "one_number", "other_school_id", "other_number"),
        Index("ix_person_match_other", "other_school_id", "other_number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    one_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))  # the lower id of the two
    one_number: Mapped[int]
    other_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    other_number: Mapped[int]
    is_one_child: Mapped[bool]
    kept_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    dropped_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    schools: Mapped[list[int]] = mapped_column(JSON)  # ids of those that knew the dropped card
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))

    @property
    def key(self) -> str:
        """Return what names the two cards in a form."""
        return match_key(
            self.one_school_id, self.one_number, self.other_school_id, self.other_number
        )


def match_key(*parts: int) -> str:
    """Return «3-12-5-7»: school and number of one card and of the other."""
    return "-".join(str(part) for part in parts)
