"""The table of consents: details of a paper, no scan."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class Signer(StrEnum):
    """Who signed a paper. The guardian's name is not kept: the paper says it."""

    GUARDIAN = "guardian"
    OWN = "own"
    BOTH = "both"


SIGNER_LABELS = {
    Signer.GUARDIAN: "законный представитель",
    Signer.OWN: "сам участник",
    Signer.BOTH: "оба",
}


class Consent(Versioned, Model):
    """A paper on which somebody agrees to take part and to have their data kept, until withdrawn."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    signer: Mapped[Signer] = mapped_column(choice(Signer))
    signed_on: Mapped[date]
    for_programme: Mapped[bool] = mapped_column(default=True)  # what a missing consent is about
    purposes: Mapped[str] = mapped_column(String(300), default="")  # what else: photographs …
    number: Mapped[str] = mapped_column(String(40), default="")  # in the school's file
    withdrawn_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
