"""A pupil offered by one school of the district to another."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav.db import Model, Versioned, choice
from nastav.people.models import Part, Person


class TransferState(StrEnum):
    """An offer waits until the new school or the old one decides."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Transfer(Versioned, Model):
    """An offer of a pupil who left; once accepted, the same person stands in both schools' registers."""

    __tablename__ = "transfer"
    __table_args__ = (Index("ix_transfer_to_school", "to_school_id", "state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)  # the old one
    to_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    left: Mapped[date]  # the last day in the old school
    state: Mapped[TransferState] = mapped_column(
        choice(TransferState), default=TransferState.OFFERED
    )
    reason: Mapped[str] = mapped_column(String(300), default="")  # why it was refused
    decided_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
