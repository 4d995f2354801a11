"""Tables of the plan by calendar year; years are open-ended."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned


class PlanYear(Versioned, Model):
    """A plan year of a district: the percentages and the totals as the order prints them.

    A printed total is rounded from the district's base, so it need not be the sum of the cells; both
    are shown, and editing a cell never changes it (rules.md#printed-totals).
    """

    __tablename__ = "plan_year"
    __table_args__ = (UniqueConstraint("district_id", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    year: Mapped[int]
    mentee_percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    mentor_percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    printed_mentees: Mapped[int | None]
    printed_mentors: Mapped[int | None]


class PlanTarget(Versioned, Model):
    """The plan of one school for one year; None is «не введён», 0 is a plan of nobody.

    What the order prints in a cell stays, whatever the coordinator writes over it.
    """

    __tablename__ = "plan_target"
    __table_args__ = (UniqueConstraint("school_id", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    year: Mapped[int]
    mentees: Mapped[int | None]
    mentors: Mapped[int | None]
    mentee_base: Mapped[int | None]  # all pupils (rules.md#bases)
    mentor_base: Mapped[int | None]  # pupils of grades 9–11
    printed_mentees: Mapped[int | None]  # None: the order has no such cell
    printed_mentors: Mapped[int | None]
    mentees_changed_on: Mapped[date | None]  # the last change of a cell that the order prints
    mentors_changed_on: Mapped[date | None]

    @property
    def is_printed(self) -> bool:
        """Tell whether the order has a cell here."""
        return self.printed_mentees is not None or self.printed_mentors is not None
