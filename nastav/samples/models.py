"""Tables of the control by sample."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class Verdict(StrEnum):
    """What the coordinator found when the papers of a pair were looked at."""

    MATCHES = "matches"
    DIFFERS = "differs"
    NOT_SHOWN = "not_shown"


VERDICTS = {
    Verdict.MATCHES: "совпало",
    Verdict.DIFFERS: "нет",
    Verdict.NOT_SHOWN: "не показано",
}


class Sample(Versioned, Model):
    """The lot of a school in a school year: its seed decides the order in which pairs are drawn.

    The seed is made once and kept, so nobody draws again until the pairs please.
    """

    __tablename__ = "sample"
    __table_args__ = (UniqueConstraint("school_id", "first_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]
    seed: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)


class SampleItem(Model):
    """A pair drawn, told by the register number of one of its mentees, and what was found."""

    __tablename__ = "sample_item"
    __table_args__ = (UniqueConstraint("sample_id", "pair_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), index=True)
    number: Mapped[int]  # in the register of mentees
    drawn_on: Mapped[date]
    drawn_of: Mapped[int]  # how many pairs there were to draw from on that day
    papers: Mapped[str] = mapped_column(String(400))  # what the school is to show
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict))
    difference: Mapped[str] = mapped_column(String(300), default="")  # what did not match
    marked_on: Mapped[date | None]
