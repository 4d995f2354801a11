"""Tables of the registers: persons, their classes by school year, their participation."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import classes, dates, ru, terms
from nastav.db import Model, UtcDateTime, Versioned, choice


class Kind(StrEnum):
    """What a person is; the plan counts pupils only."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    STUDENT = "student"
    EMPLOYER = "employer"
    GRADUATE = "graduate"
    PARENT = "parent"


KIND_LABELS = {
    Kind.PUPIL: "ученик",
    Kind.TEACHER: "педагог",
    Kind.STUDENT: "студент",
    Kind.EMPLOYER: "работодатель",
    Kind.GRADUATE: "выпускник",
    Kind.PARENT: "родитель",
}


class Part(StrEnum):
    """In which part a person takes part in the programme."""

    MENTEE = "mentee"
    MENTOR = "mentor"


# a mentee who is a teacher is a young one; the plan counts neither them nor adult mentors
KINDS_OF_PART = {Part.MENTEE: (Kind.PUPIL, Kind.TEACHER), Part.MENTOR: tuple(Kind)}


class Named(Protocol):
    """Whoever has a name, or a code."""

    @property
    def kind(self) -> Kind: ...

    @property
    def surname(self) -> str:
        """Return the surname, or the code."""

    @property
    def given_name(self) -> str: ...


def is_coded(named: Named) -> bool:
    """Tell whether a school's own code stands in the place of a name.

    A code is a surname without a first name, so that lists, search and sorting need not know of it.
    """
    return named.kind is Kind.PUPIL and bool(named.surname) and not named.given_name


class Person(Versioned, Model):
    """A pupil or an adult of the district's schools; the same row in every part and every school."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_district_search", "district_id", "search_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    surname: Mapped[str] = mapped_column(String(100))
    given_name: Mapped[str] = mapped_column(String(100))
    patronymic: Mapped[str] = mapped_column(String(100), default="")
    post: Mapped[str] = mapped_column(String(200), default="")  # an adult's place of work or study
    search_key: Mapped[str] = mapped_column(String(320))
    sort_key: Mapped[str] = mapped_column(String(700))
    # The card that this one was merged into: nothing but the merge names this row then. No foreign key:
    # SQLite would have to rebuild the table that half of the others refer to.
    merged_into_id: Mapped[int | None] = mapped_column(index=True)
    anonymised_on: Mapped[date | None]  # the name was erased: nothing is left but numbers and dates
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)

    @property
    def is_coded(self) -> bool:
        """Tell whether the school's own code stands in the place of the name."""
        return is_coded(self)

    @property
    def full_name(self) -> str:
        """Return «Петрова Ирина Сергеевна»."""
        name = " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)
        return name or "без имени"

    @property
    def short_name(self) -> str:
        """Return «Петрова И. С.»."""
        return ru.short_name(self.surname, self.given_name, self.patronymic)


class PersonClass(Model):
    """The class of a pupil in one school year, as one school entered it: another may have its own."""

    __tablename__ = "person_class"
    __table_args__ = (UniqueConstraint("person_id", "first_year", "school_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]
    grade: Mapped[int]
    letter: Mapped[str] = mapped_column(String(4), default="")
    # the move up that made it; none once somebody has entered or edited it
    move_id: Mapped[int | None] = mapped_column(ForeignKey("class_move.id"), index=True)

    @property
    def name(self) -> str:
        """Return «7 «А»»."""
        return classes.class_name(self.grade, self.letter)


class PersonGroup(Model):
    """The group and the age of a pupil where there are no classes (дополнительное образование).

    One row a person and school; the age is in full years on a day. Forms preset 1 September, the day
    that counting asks of (rules.md#grades-of-mentors).
    """

    __tablename__ = "person_group"
    __table_args__ = (UniqueConstraint("person_id", "school_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(String(60), default="")
    age: Mapped[int | None]
    aged_on: Mapped[date | None]  # there is one where there is an age


class PersonKind(Model):
    """What a person was from a day to a day, both in it; whoever was always the same has no row.

    The spans of a person follow each other without a gap, from `ALWAYS` to `NEVER`; the last one says what
    `Person.kind` says. A mistake that is put right changes them and adds none.
    """

    __tablename__ = "person_kind"
    __table_args__ = (UniqueConstraint("person_id", "since"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))  # which said so
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    since: Mapped[date]
    until: Mapped[date]


class RegisterNumber(Model):
    """The number of a person in a school's register: all that the district sees of a child."""

    __tablename__ = "register_number"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        UniqueConstraint("school_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]


# Texts of a line in a register, in the order of `Entry`, and what they are called. Lists, forms, history
# and copies go by this; a further one needs what docs/architecture.md says of a new text field.
TEXTS = {name: terms.PERSON[name] for name in ("need", "source", "expected_result")}


def texts_of(line: Any) -> dict[str, Any]:
    """Return the texts of a line of a register, or of one to be entered, by field."""
    return {name: getattr(line, name) for name in TEXTS}


class Participation(Versioned, Model):
    """A person in a school's register in one part, from a day to a day (inclusive).

    A mistake («внесён по ошибке») stays as a row and counts nowhere.
    """

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_school_part", "school_id", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    joined: Mapped[date]
    left: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(String(300), default="")
    is_mistake: Mapped[bool] = mapped_column(default=False)
    need: Mapped[str] = mapped_column(String(200), default="")  # in neutral words
    source: Mapped[str] = mapped_column(String(100), default="")  # who named the mentee
    expected_result: Mapped[str] = mapped_column(String(300), default="")  # II.2 of the order
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
