"""Tables of anonymous answers: a set of links, its links, its ballots not yet counted."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned


class LinkSet(Versioned, Model):
    """So many one-time links to one questionnaire, until a day (inclusive) or until it is closed."""

    __tablename__ = "link_set"
    __table_args__ = (Index("ix_link_set_school_year", "school_id", "first_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    size: Mapped[int]  # links that were made
    made_on: Mapped[date]
    expires_on: Mapped[date]
    counted: Mapped[int | None]  # ballots taken out when the box was opened; None while it is shut


class Link(Model):
    """One link; all it knows of an answer is whether one was given. Gone when the box is opened."""

    __tablename__ = "link"
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("link_set.id"), index=True)
    is_used: Mapped[bool] = mapped_column(default=False)


class Ballot(Model):
    """An answer in the box: a random id, so that no order tells when it came."""

    __tablename__ = "ballot"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    set_id: Mapped[int] = mapped_column(ForeignKey("link_set.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)  # question's id → value or text
