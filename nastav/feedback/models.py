"""Tables of feedback: questionnaires as data, responses, answers."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice
from nastav.district.kinds.models import PairKind


class Respondent(StrEnum):
    """Who answers: of a pair's work its mentee, mentor and a parent, of the programme the curator."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    CURATOR = "curator"
    PARENT = "parent"


PARTICIPANTS = (Respondent.MENTEE, Respondent.MENTOR)  # whom a register numbers
ABOUT_PAIRS = (*PARTICIPANTS, Respondent.PARENT)  # asked on paper, in stacks and by links


class Moment(StrEnum):
    """When in the programme somebody was asked."""

    START = "start"
    INTERIM = "interim"
    FINAL = "final"


class QuestionKind(StrEnum):
    """A scale of 1–10, points of 0–2 (no, partly, yes), yes or no, free text; one or several of a list."""

    SCALE = "scale"
    POINTS = "points"
    YES_NO = "yes_no"
    TEXT = "text"
    ONE = "one"
    SEVERAL = "several"


# the least and the greatest value of an answer in digits
VALUES = {QuestionKind.SCALE: (1, 10), QuestionKind.POINTS: (0, 2), QuestionKind.YES_NO: (0, 1)}
LISTED = (QuestionKind.ONE, QuestionKind.SEVERAL)
OPTIONS = (2, 12)  # how few and how many a question may offer


class Questionnaire(Model):
    """One version of the questions to a respondent at a moment; old answers keep their own version.

    A variant is asked in pairs of one form of mentoring. It has versions of its own, but their numbers
    are those of the respondent and moment: no two have the same.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("district_id", "part", "moment", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    part: Mapped[Respondent] = mapped_column(choice(Respondent))
    moment: Mapped[Moment] = mapped_column(choice(Moment))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("pair_kind.id"), index=True)
    number: Mapped[int]  # version of the wording, from 1
    title: Mapped[str] = mapped_column(String(200))

    questions: Mapped[list["Question"]] = relationship(
        lazy="raise_on_sql", order_by="Question.ordinal"
    )
    kind: Mapped[PairKind | None] = relationship(lazy="raise_on_sql")

    @property
    def label(self) -> str:
        """Return the title, with the form of mentoring where the title of a variant leaves it out."""
        if self.kind is None or self.kind.name in self.title:
            return self.title
        return f"{self.title} ({self.kind.name})"


class Question(Model):
    """A question; its key is stable, so that start and end can be compared."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("questionnaire_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    ordinal: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind))
    text: Mapped[str] = mapped_column(String(500))
    low: Mapped[str] = mapped_column(String(100), default="")  # what 1 means
    high: Mapped[str] = mapped_column(String(100), default="")  # what 10 means
    options: Mapped[list[str]] = mapped_column(JSON, default=list)  # of LISTED kinds, as offered

    def allows(self, answer: int | str) -> bool:
        """Tell whether an answer can be one to this question."""
        if self.kind is QuestionKind.TEXT:
            return isinstance(answer, str) and bool(answer)
        if isinstance(answer, str):
            return False
        if self.kind is QuestionKind.ONE:
            return answer in marks(len(self.options))
        least, most = VALUES.get(self.kind, (1, sum(marks(len(self.options)))))
        return least <= answer <= most


def marks(count: int) -> list[int]:
    """Return what an answer's value holds for each of so many options: 1, 2, 4, 8 …"""
    return [1 << place for place in range(count)]


def chosen(options: Sequence[str], value: int) -> list[str]:
    """Return the options that an answer's value holds, in the order they are offered."""
    return [
        option for option, mark in zip(options, marks(len(options)), strict=True) if value & mark
    ]


class Response(Versioned, Model):
    """One filled questionnaire; it may have no person (an anonymous sheet)."""

    __tablename__ = "response"
    __table_args__ = (
        # the last two: a person's first and last answers are found without reading the school's
        Index(
            "ix_response_school_year_person",
            "school_id",
            "first_year",
            "person_id",
            "questionnaire_id",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]  # the school year it tells about
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    answered_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"), index=True)
    sheet_code: Mapped[int | None]  # printed on the paper sheet it was typed from
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    answers: Mapped[list["Answer"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Answer(Model):
    """The answer to one question: a number (within VALUES of its kind), a sum of `marks`, or a text."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    value: Mapped[int | None]
    text: Mapped[str] = mapped_column(String(2000), default="")
