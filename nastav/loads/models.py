"""The table of loads: what was sent, until it is loaded or given up; whom it brought in, for the undo."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, choice
from nastav.people.models import Part

UPDATE, SKIP, OTHER = "update", "skip", "other"


class LoadState(StrEnum):
    """What became of a load."""

    OPEN = "open"
    LOADED = "loaded"
    DROPPED = "dropped"
    UNDONE = "undone"


class Load(Model):
    """A table of people on its way into a register.

    `rows` are [number in Excel, {column: text}], all of them while open, those still to mend once loaded;
    `added`, `changed`, `made` and `replaced` are what the undo needs. Rows and former values are erased
    (`forget_old`).
    """

    __tablename__ = "people_load"
    __table_args__ = (Index("ix_people_load_school_part", "school_id", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    state: Mapped[LoadState] = mapped_column(choice(LoadState), default=LoadState.OPEN)
    token: Mapped[str] = mapped_column(String(64), unique=True)  # of the form it came by
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    joined: Mapped[date]  # of those whose row has no date
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    # columns to be named before the rows can be read (`column.Asked` as mappings); then none
    asked: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_ours: Mapped[bool] = mapped_column(default=False)  # a file that the site exported
    # row's number as text → "update" or "skip", of the known people whose rows say otherwise
    decided: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    skipped: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [number in Excel, why]
    added: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [participation, person if new]
    # `traces.Trace` as mappings: of the register, and of what stands beside it
    changed: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made: Mapped[list[Any]] = mapped_column(JSON, default=list)
    replaced: Mapped[list[Any]] = mapped_column(JSON, default=list)
    pairs: Mapped[list[Any]] = mapped_column(JSON, default=list)  # ids of the drafts made
    added_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    is_erased: Mapped[bool] = mapped_column(default=False)

    @property
    def choices(self) -> Callable[[int, bool], str]:
        """Return what was decided of a known row: to update, to skip, another child, nothing yet.

        Only of a file that the site exported is it preset: nobody else knows its numbers.
        """
        usual = UPDATE if self.is_ours else ""
        decisions = self.decided or {}
        return lambda number, is_alike: decisions.get(str(number), "" if is_alike else usual)
