"""Reading the versions of a questionnaire and the kinds of its questions."""

from sqlalchemy import func, select

from nastav.db import db
from nastav.district.kinds import queries as pair_kinds
from nastav.district.kinds.models import PairKind
from nastav.feedback.catalogue import QuestionnaireText, QuestionText
from nastav.feedback.models import (
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
)


def versions(questionnaire: Questionnaire) -> list[Questionnaire]:
    """Return all versions of a questionnaire, the newest first, without their questions."""
    rows = select(Questionnaire).filter_by(
        district_id=questionnaire.district_id,
        part=questionnaire.part,
        moment=questionnaire.moment,
        kind_id=questionnaire.kind_id,
    )
    return list(db.session.scalars(rows.order_by(Questionnaire.number.desc())))


def last_number(district_id: int, part: Respondent, moment: Moment) -> int:
    """Return the number of the newest version, those of the variants too; 0 if there is none."""
    rows = select(func.max(Questionnaire.number))
    return db.session.scalar(rows.filter_by(district_id=district_id, part=part, moment=moment)) or 0


def variants(questionnaire: Questionnaire) -> dict[PairKind, Questionnaire | None]:
    """Return the district's forms of mentoring, each with the newest version of its variant, if any.

    A form that is no longer offered is left out, unless it has a variant.
    """
    rows = (
        select(Questionnaire)
        .filter_by(
            district_id=questionnaire.district_id,
            part=questionnaire.part,
            moment=questionnaire.moment,
        )
        .where(Questionnaire.kind_id.is_not(None))
        .order_by(Questionnaire.number)
    )
    newest = {row.kind_id: row for row in db.session.scalars(rows)}
    offered = pair_kinds.all_of(PairKind, questionnaire.district_id)
    return {
        kind: newest.get(kind.id) for kind in offered if kind.id in newest or not kind.is_hidden
    }


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
        QuestionText(each.key, each.kind, each.text, each.low, each.high, tuple(each.options))
        for each in questionnaire.questions
    )
    return QuestionnaireText(
        questionnaire.part, questionnaire.moment, questionnaire.title, questions
    )
