"""The table of a school's answers about headings that nobody else understands."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, choice
from nastav.people.models import Part

LONGEST = 120  # of a heading as it is compared


class SchoolHeading(Model):
    """That a heading of a school's tables stands for a column of a register, or for none of them."""

    __tablename__ = "school_heading"
    __table_args__ = (UniqueConstraint("school_id", "part", "heading"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    heading: Mapped[str] = mapped_column(String(LONGEST))  # `columns.heading_key`
    column_key: Mapped[str] = mapped_column(String(40))
