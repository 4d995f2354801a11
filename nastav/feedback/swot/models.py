"""The table of SWOT: four fields of a school, a school year and a form of mentoring."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned

LONGEST = 2000  # characters of a field


class Swot(Versioned, Model):
    """What a school thinks of one form of mentoring after a school year; no names in it."""

    __tablename__ = "swot"
    __table_args__ = (UniqueConstraint("school_id", "first_year", "kind_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]
    kind_id: Mapped[int] = mapped_column(ForeignKey("pair_kind.id"), index=True)
    strengths: Mapped[str] = mapped_column(String(LONGEST), default="")
    weaknesses: Mapped[str] = mapped_column(String(LONGEST), default="")
    opportunities: Mapped[str] = mapped_column(String(LONGEST), default="")
    threats: Mapped[str] = mapped_column(String(LONGEST), default="")
