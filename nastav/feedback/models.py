"""Tables of feedback: questionnaires as data, responses, answers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class Respondent(StrEnum):
    """Who answers: a mentee or a mentor about their work, the school's curator about the programme."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    CURATOR = "curator"


PARTICIPANTS = (Respondent.MENTEE, Respondent.MENTOR)


class Moment(StrEnum):
    """When in the programme somebody was asked."""

    START = "start"
    INTERIM = "interim"
    FINAL = "final"


class QuestionKind(StrEnum):
    """A scale of 1–10, points of 0–2 (no, partly, yes), yes or no, or free text."""

    SCALE = "scale"
    POINTS = "points"
    YES_NO = "yes_no"
    TEXT = "text"


# the least and the greatest value of an answer; a text has none
VALUES = {QuestionKind.SCALE: (1, 10), QuestionKind.POINTS: (0, 2), QuestionKind.YES_NO: (0, 1)}


class Questionnaire(Model):
    """One version of the questions to a respondent at a moment; old answers keep their own version."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("district_id", "part", "moment", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    part: Mapped[Respondent] = mapped_column(choice(Respondent))
    moment: Mapped[Moment] = mapped_column(choice(Moment))
    number: Mapped[int]  # version of the wording, from 1
    title: Mapped[str] = mapped_column(String(200))

    questions: Mapped[list["Question"]] = relationship(
        lazy="raise_on_sql", order_by="Question.ordinal"
    )


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


class Response(Versioned, Model):
    """One filled questionnaire; it may have no person (an anonymous sheet)."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_school_year", "school_id", "first_year"),)
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
    """The answer to one question: a number (within VALUES of its kind) or a text."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    value: Mapped[int | None]
    text: Mapped[str] = mapped_column(String(2000), default="")
