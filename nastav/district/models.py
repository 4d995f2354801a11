"""Tables of the district: the order that governs it, schools, school years, working groups."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned


class District(Versioned, Model):
    """A district with the requisites of its order and its settings."""

    __tablename__ = "district"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    region: Mapped[str] = mapped_column(String(200))
    coordinator: Mapped[str] = mapped_column(String(200))
    coordinator_post: Mapped[str] = mapped_column(String(300))
    order_number: Mapped[str] = mapped_column(String(40))
    order_date: Mapped[date]
    order_place: Mapped[str] = mapped_column(String(200))
    order_subject: Mapped[str] = mapped_column(String(500))
    order_issuer: Mapped[str] = mapped_column(String(500))
    signed_by: Mapped[str] = mapped_column(String(200))
    target: Mapped[str] = mapped_column(String(300))
    totals_note: Mapped[str] = mapped_column(String(1000), default="")  # why printed totals differ
    coverage_basis: Mapped[str] = mapped_column(
        String(24), default="in_pair"
    )  # or met, in_register
    satisfied_from: Mapped[int] = mapped_column(default=7)  # of 10, on the question `satisfied`
    meeting_minutes: Mapped[int] = mapped_column(default=45)  # what most meetings take
    meetings_within: Mapped[int] = mapped_column(default=30)  # days after which a pair is silent
    most_mentees: Mapped[int] = mapped_column(default=8)  # of a mentor whose profile has no limit
    consent_both_from: Mapped[int] = mapped_column(default=8)  # grade: the guardian and the pupil
    uses_codes: Mapped[bool] = mapped_column(default=False)  # pupils are kept by codes, not names
    mentor_grade_from: Mapped[int] = mapped_column(default=9)  # pupils count as mentors in these
    mentor_grade_to: Mapped[int] = mapped_column(default=11)
    mentor_age_from: Mapped[int] = mapped_column(default=15)  # where no classes are
    # by which rules this district counts: 1 were those before grades and both sides, each change of a
    # setting makes the next (rules.md#numbered-rules)
    rules_number: Mapped[int] = mapped_column(default=2)
    rules_since: Mapped[date] = mapped_column(default=dates.today)
    # when the coordinator was shown what rules 2 changed; None where they came with an upgrade
    rules_shown_on: Mapped[date | None] = mapped_column(default=dates.today)
    bases_confirmed_on: Mapped[date | None]  # that the plan's base of mentees is all pupils


class OrderPoint(Model):
    """A point of the order: in the short words of the order's file, and in its own once they are pasted.

    The district's version stands for them too.
    """

    __tablename__ = "order_point"
    __table_args__ = (UniqueConstraint("district_id", "ref"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    ref: Mapped[str] = mapped_column(String(12))  # «2.1»
    duty: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[str] = mapped_column(String(4000), default="")


class School(Versioned, Model):
    """A school of the district; schools stand in the order's order, not the alphabet's."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("district_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))


class Cycle(Versioned, Model):
    """A school year of a district's programme, named by its first year (2020 is 2020/21).

    Closed, it is only read (rules.md#a-closed-school-year): not to be mixed with one that was over
    before the site was there, in which everything may still be entered.
    """

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("district_id", "first_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    first_year: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    before_site: Mapped[bool] = mapped_column(
        default=False
    )  # over when it was loaded: never overdue
    closed_on: Mapped[date | None]  # since when it is only read; None: work goes on in it
    closed_by: Mapped[str] = mapped_column(String(200), default="")  # the coordinator's name then


class TeamMember(Versioned, Model):
    """A member of a working group: the school's, or the district's where there is no school."""

    __tablename__ = "team_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(300))
    is_curator: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
