"""Tables of meetings: the kinds, a meeting, who was present, what an entry was before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice
from nastav.district.kinds.models import DistrictKind
from nastav.pairs.models import Meets, PairMember


class MeetingKind(DistrictKind):
    """A kind of meeting (знакомство, рабочая …) of a district: data, not law."""

    __tablename__ = "meeting_kind"
    name: Mapped[str] = mapped_column(String(60))

    event, taken = "meeting_kind", "Такой тип уже есть: укажите другое название."
    first = tuple(
        {"name": name} for name in ("знакомство", "пробная", "планирование", "рабочая", "итоговая")
    )


class Meeting(Versioned, Model):
    """A meeting of a pair or group on a day; one that was deleted stays and counts nowhere."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_pair_held_on", "pair_id", "held_on"),
        Index("ix_meeting_school_held_on", "school_id", "held_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    topic: Mapped[str] = mapped_column(String(300), default="")
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_kind.id"))
    meets: Mapped[Meets | None] = mapped_column(choice(Meets))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kind: Mapped[MeetingKind | None] = relationship(lazy="raise_on_sql")
    presences: Mapped[list["Presence"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Presence(Model):
    """A member of the pair who was at a meeting; whoever has no row was absent."""

    __tablename__ = "meeting_presence"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("pair_member.id"), primary_key=True, index=True
    )

    member: Mapped[PairMember] = relationship(lazy="raise_on_sql")


class MeetingRevision(Model):
    """A meeting as it was after a change: stays inside the school and can be erased.

    See rules.md#journal-without-values.
    """

    __tablename__ = "meeting_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)  # day, minutes, topic, kind, meets, who
