"""The table of the texts that a school writes for its papers."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned

LONGEST = 3000  # characters of a text


class SchoolTexts(Versioned, Model):
    """Of a school and school year; made by its first save. Which paper prints which: `Kind.texts`."""

    __tablename__ = "school_texts"
    __table_args__ = (UniqueConstraint("school_id", "first_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]  # of the school year
    programme_tasks: Mapped[str] = mapped_column(String(LONGEST), default="")
    meeting_decided: Mapped[str] = mapped_column(String(LONGEST), default="")
    final_heard: Mapped[str] = mapped_column(String(LONGEST), default="")
    final_decided: Mapped[str] = mapped_column(String(LONGEST), default="")
    note_difficulties: Mapped[str] = mapped_column(String(LONGEST), default="")
    note_conclusions: Mapped[str] = mapped_column(String(LONGEST), default="")
