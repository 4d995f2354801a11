"""Reading the questionnaires of a district: those used now, one in any version."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from nastav.db import db
from nastav.feedback.catalogue import ASKED
from nastav.feedback.models import PARTICIPANTS, Moment, Questionnaire, Respondent


def newest(district_id: int, part: Respondent, moment: Moment) -> Questionnaire | None:
    """Return the questionnaire used now, with its questions."""
    rows = _with_questions(district_id).filter_by(part=part, moment=moment)
    return db.session.scalar(rows.order_by(Questionnaire.number.desc()).limit(1))


def questionnaire(district_id: int, questionnaire_id: int) -> Questionnaire | None:
    """Return a questionnaire of the district in any version, with its questions."""
    return db.session.scalar(_with_questions(district_id).filter_by(id=questionnaire_id))


def in_use(district_id: int) -> list[Questionnaire]:
    """Return the questionnaires used now, with their questions, in the order of `catalogue.ASKED`."""
    last = (
        select(func.max(Questionnaire.id))
        .filter_by(district_id=district_id)
        .group_by(Questionnaire.part, Questionnaire.moment)
    )
    rows = _with_questions(district_id).where(Questionnaire.id.in_(last))
    found = {
        (questionnaire.part, questionnaire.moment): questionnaire
        for questionnaire in db.session.scalars(rows)
    }
    return [found[asked] for asked in ASKED if asked in found]


def choices(district_id: int) -> list[tuple[str, str]]:
    """Return (id, title) of the questionnaires that participants fill in, for a list to choose from."""
    return [
        (str(questionnaire.id), questionnaire.title)
        for questionnaire in in_use(district_id)
        if questionnaire.part in PARTICIPANTS
    ]


def _with_questions(district_id: int) -> Select[Questionnaire]:
    rows = select(Questionnaire).filter_by(district_id=district_id)
    return rows.options(selectinload(Questionnaire.questions))
