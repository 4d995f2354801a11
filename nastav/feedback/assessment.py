"""The curator's assessment of the programme: nine statements of 0–2 points, and the level of their sum."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from nastav.db import db
from nastav.feedback.catalogue import STATEMENTS
from nastav.feedback.models import (
    Answer,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
)

MOST = 2 * STATEMENTS
# from how many points, and what the level is called (rules.md#names-stay-in-the-school)
LEVELS = ((15, "оптимальный"), (9, "допустимый"), (0, "недопустимый"))


@dataclass(frozen=True)
class Assessment:
    """One filled assessment: the sum of its points, and how many statements have any."""

    response_id: int
    school_id: int
    answered_on: date
    points: int
    answered: int

    @property
    def level(self) -> str | None:
        """Return what the sum is called; None while a statement has no points."""
        return level(self.points) if self.answered == STATEMENTS else None


def level(points: int) -> str:
    """Return the level of a sum of points."""
    return next(name for least, name in LEVELS if points >= least)


def levels(found: Iterable[Assessment]) -> Counter[str]:
    """Count schools by level; those that left a statement out are not counted."""
    return Counter(assessment.level for assessment in found if assessment.level)


def of_school(school_id: int, cycle: int) -> list[Assessment]:
    """Return a school's assessments of a school year, the newest first."""
    return _assessments([school_id], cycle)


def newest(school_ids: Sequence[int], *, cycle: int) -> list[Assessment]:
    """Return the last whole assessment of each school that has one."""
    by_school: dict[int, Assessment] = {}
    for assessment in _assessments(school_ids, cycle):
        if assessment.level:
            by_school.setdefault(assessment.school_id, assessment)
    return list(by_school.values())


def _assessments(school_ids: Sequence[int], first_year: int) -> list[Assessment]:
    rows = (
        select(
            Response.id,
            Response.school_id,
            Response.answered_on,
            func.sum(Answer.value),
            func.count(Answer.value),
        )
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Response.school_id.in_(school_ids),
            Response.first_year == first_year,
            Response.deleted_at.is_(None),
            Questionnaire.part == Respondent.CURATOR,
            Question.kind == QuestionKind.POINTS,
        )
        .group_by(Response.id)
        .order_by(Response.answered_on.desc(), Response.id.desc())
    )
    return [
        Assessment(row_id, school_id, day, points or 0, answered)
        for row_id, school_id, day, points, answered in db.session.execute(rows)
    ]
