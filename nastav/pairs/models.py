"""Tables of pairs and groups: one class for both."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice
from nastav.district.kinds.models import PairKind
from nastav.people.models import Part, Person


class PairState(StrEnum):
    """A draft counts nowhere; a paused pair counts as an active one.

    See rules.md#days-and-states-of-a-pair.
    """

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Meets(StrEnum):
    """How a pair meets (формат)."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    MIXED = "mixed"


class Decision(StrEnum):
    """What п. 2.3 of the order asks when a pair is closed."""

    CONTINUE = "continue"
    FINISH = "finish"


class Pair(Versioned, Model):
    """A pair or a group of a school: one mentor, one or more mentees, from a day to a day.

    It belongs to the school year in which it starts; a planned end is not an end.
    """

    __tablename__ = "pair"
    __table_args__ = (Index("ix_pair_school_started", "school_id", "started"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("pair_kind.id"))
    state: Mapped[PairState] = mapped_column(choice(PairState), default=PairState.DRAFT)
    meets: Mapped[Meets] = mapped_column(choice(Meets), default=Meets.IN_PERSON)
    started: Mapped[date]
    planned_end: Mapped[date | None]
    ended: Mapped[date | None]
    goal: Mapped[str] = mapped_column(String(1000), default="")
    order_number: Mapped[str] = mapped_column(String(40), default="")  # приказ о закреплении
    order_date: Mapped[date | None]
    close_reason: Mapped[str] = mapped_column(String(300), default="")
    outcome: Mapped[str] = mapped_column(String(1000), default="")
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)

    kind: Mapped[PairKind] = relationship(lazy="raise_on_sql")
    members: Mapped[list["PairMember"]] = relationship(
        back_populates="pair", lazy="raise_on_sql", order_by="PairMember.id"
    )


class Reopening(Model):
    """That a closed pair was opened again, and why."""

    __tablename__ = "pair_reopening"
    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), index=True)
    reopened_on: Mapped[date]
    ended: Mapped[date]  # the last day it had been closed with
    reason: Mapped[str] = mapped_column(String(300))


class PairMember(Model):
    """A person in a pair, with the days they joined and left it (inclusive)."""

    __tablename__ = "pair_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[Part] = mapped_column(choice(Part))
    joined: Mapped[date]
    left: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(String(300), default="")

    pair: Mapped[Pair] = relationship(back_populates="members", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
