"""Tables of pairs and groups: one class for both."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from nastav import dates, terms
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


class Lasts(StrEnum):
    """Until when a pair begun in summer counts."""

    THIS = "this"  # 31 August of that summer
    NEXT = "next"  # of the next one


class Decision(StrEnum):
    """What п. 2.3 of the order asks when a pair is closed."""

    CONTINUE = "continue"
    FINISH = "finish"


def counts_until(last_cycle: int, ended: date | None) -> date:
    """Return the last day a pair counts: 31 August of a school year, or its end if that is earlier.

    See rules.md#until-when-a-pair-counts.
    """
    _, august = dates.cycle_bounds(last_cycle)
    return min(august, ended or august)


def usual_last_cycle(started: date, planned_end: date | None) -> int:
    """Return to the end of which school year a pair is meant to count, unless somebody says otherwise.

    One begun from 1 June to 31 August is meant for the next school year, if its agreed end is later than
    this one or is open.
    """
    cycle = dates.cycle_of(started)
    _, august = dates.cycle_bounds(cycle)
    goes_on = planned_end is None or planned_end > august
    return cycle + 1 if is_of_summer(started) and goes_on else cycle


def is_of_summer(started: date) -> bool:
    """Tell whether a pair begins in June, July or August, so that two school years are possible."""
    return dates.JUNE <= started.month <= dates.AUGUST


def _cycle_of_start(context: Any) -> int:
    row = context.get_current_parameters()
    return usual_last_cycle(row["started"], row.get("ended") or row.get("planned_end"))


def _until(context: Any) -> date:
    row = context.get_current_parameters()
    return counts_until(row["last_cycle"], row.get("ended"))


class Pair(Versioned, Model):
    """A pair or a group of a school: one mentor, one or more mentees, from a day to a day.

    It belongs to the school year in which it starts; a planned end is not an end. It counts to 31 August
    of `last_cycle`, the school year of its start or, of a pair begun in summer, the next one.
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
    last_cycle: Mapped[int] = mapped_column(default=_cycle_of_start)
    # what every count and list reads; it follows the two above by itself
    counts_until: Mapped[date] = mapped_column(default=_until)
    goal: Mapped[str] = mapped_column(String(1000), default="")
    role_model: Mapped[str] = mapped_column(String(200), default="")  # ролевая модель
    # приказ о закреплении
    order_number: Mapped[str] = mapped_column(String(terms.LONGEST_ORDER), default="")
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

    @validates("ended", "last_cycle")
    def _bound(self, name: str, value: Any) -> Any:
        """Keep the last day the pair counts with its end; a new row's default does what is left."""
        ends = {"ended": self.ended, "last_cycle": self.last_cycle, name: value}
        if ends["last_cycle"] is not None:
            self.counts_until = counts_until(**ends)
        return value

    @property
    def noun(self) -> terms.Noun:
        """Return what it is called: a pair, or a group once several mentees were in it."""
        return terms.pair_noun(sum(member.part is Part.MENTEE for member in self.members))


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
