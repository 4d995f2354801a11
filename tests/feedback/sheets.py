"""Filled questionnaires for tests, entered past the pages."""

from datetime import date

from flask import Flask

from nastav.db import db, writing
from nastav.district.models import School
from nastav.feedback import operations, questionnaires
from nastav.feedback.models import Moment, Question, QuestionKind, Questionnaire, Respondent
from nastav.feedback.rows import Sheet
from tests.support.cast import Cast

DAY = date(2020, 12, 1)


def enter(
    app: Flask,
    cast: Cast,
    *marks: int | dict[str, int | str],
    login: str = "boris",
    part: Respondent = Respondent.MENTEE,
    moment: Moment = Moment.FINAL,
    year: int = 2020,
) -> list[int]:
    """Enter a response for each mark of satisfaction (or each dict by key); return their ids."""
    with app.app_context(), writing():
        actor = cast.actor(login)
        school = db.session.get_one(School, actor.school_id)
        found = questionnaire(cast, part, moment)
        sheets = [
            row if isinstance(row, dict) else {"satisfied": row, "wants_to_continue": 1}
            for row in marks
        ]
        rows = [
            operations.save_response(actor, school, year, found, Sheet(DAY, _by_id(found, sheet)))
            for sheet in sheets
        ]
        return [row.id for row in rows]


def questionnaire(cast: Cast, part: Respondent, moment: Moment) -> Questionnaire:
    """Return the newest questionnaire (needs an application context)."""
    found = questionnaires.newest(cast.district, part, moment)
    assert found is not None
    return found


def questions(
    app: Flask,
    cast: Cast,
    moment: Moment = Moment.FINAL,
    part: Respondent = Respondent.MENTEE,
) -> dict[str, Question]:
    """Return the questions by key; the form's field is `q<id>`."""
    with app.app_context():
        found = questionnaire(cast, part, moment).questions
        return {question.key: question for question in found}


def marked(
    app: Flask,
    cast: Cast,
    moment: Moment = Moment.FINAL,
    part: Respondent = Respondent.MENTEE,
    mark: int = 8,
) -> dict[str, int | str]:
    """Return a sheet with this mark for every scale, «да» and the first option for the others."""
    asked = questions(app, cast, moment, part).values()
    return {
        question.key: mark if question.kind is QuestionKind.SCALE else 1
        for question in asked
        if question.kind not in (QuestionKind.TEXT, QuestionKind.POINTS)
    }


def _by_id(found: Questionnaire, sheet: dict[str, int | str]) -> dict[int, int | str]:
    ids = {question.key: question.id for question in found.questions}
    return {ids[key]: value for key, value in sheet.items() if key in ids}
