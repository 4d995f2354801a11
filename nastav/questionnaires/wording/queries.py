"""Reading the versions of a questionnaire and the kinds of its questions."""

from sqlalchemy import select

from nastav.db import db
from nastav.feedback.catalogue import QuestionnaireText, QuestionText
from nastav.feedback.models import (
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
)


def versions(questionnaire: Questionnaire) -> list[Questionnaire]:
    """Return all versions of a questionnaire, the newest first, without their questions."""
    rows = select(Questionnaire).filter_by(
        district_id=questionnaire.district_id, part=questionnaire.part, moment=questionnaire.moment
    )
    return list(db.session.scalars(rows.order_by(Questionnaire.number.desc())))


def kinds(district_id: int, part: Respondent) -> dict[str, QuestionKind]:
    """Return the kind of each question ever put to a respondent, by its key."""
    rows = (
        select(Question.key, Question.kind)
        .join(Questionnaire, Questionnaire.id == Question.questionnaire_id)
        .where(Questionnaire.district_id == district_id, Questionnaire.part == part)
    )
    return {row.key: row.kind for row in db.session.execute(rows)}


def text_of(questionnaire: Questionnaire) -> QuestionnaireText:
    """Return a questionnaire (with its questions) as the catalogue writes it."""
    questions = tuple(
        QuestionText(each.key, each.kind, each.text, each.low, each.high)
        for each in questionnaire.questions
    )
    return QuestionnaireText(
        questionnaire.part, questionnaire.moment, questionnaire.title, questions
    )
