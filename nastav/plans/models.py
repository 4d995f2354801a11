"""Tables of the plan of a pair or group: what the mentees are good at, and the plan's lines."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class LineKind(StrEnum):
    """What a line of a plan is: the three tables of stage VI."""

    TASK = "task"
    ACTIVITY = "activity"
    SUPPORT = "support"  # by the school's psychologist


class PairPlan(Versioned, Model):
    """What a plan begins with; the goal stands in the pair itself."""

    __tablename__ = "pair_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), unique=True)
    strengths: Mapped[str] = mapped_column(String(1000), default="")
    weaknesses: Mapped[str] = mapped_column(String(1000), default="")


class PlanLine(Versioned, Model):
    """A line of a plan: when, what, by whom or to what result, and when it was done."""

    __tablename__ = "pair_plan_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(choice(LineKind))
    period: Mapped[str] = mapped_column(String(100), default="")  # a date or a period, as typed
    what: Mapped[str] = mapped_column(String(500))
    who: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[str] = mapped_column(String(500), default="")  # planned; of tasks, as both below
    actual: Mapped[str] = mapped_column(String(500), default="")
    mark: Mapped[str] = mapped_column(String(100), default="")  # the mentor's, in words or points
    done_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
