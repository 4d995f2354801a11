"""Reading the questionnaires of a district: those used now, one in any version."""

from collections import defaultdict

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from nastav.db import db
from nastav.feedback.catalogue import ASKED
from nastav.feedback.models import ABOUT_PAIRS, Moment, Questionnaire, Respondent


def newest(
    district_id: int, part: Respondent, moment: Moment, kind_id: int | None = None
) -> Questionnaire | None:
    """Return the questionnaire used now, or its variant for a form of mentoring, with its questions."""
    rows = _with_questions(district_id).filter_by(part=part, moment=moment, kind_id=kind_id)
    return db.session.scalar(rows.order_by(Questionnaire.number.desc()).limit(1))


def questionnaire(district_id: int, questionnaire_id: int) -> Questionnaire | None:
    """Return a questionnaire of the district in any version, with its questions."""
    return db.session.scalar(_with_questions(district_id).filter_by(id=questionnaire_id))


def in_use(district_id: int) -> list[Questionnaire]:
    """Return the questionnaires used now, with their questions, in the order of `catalogue.ASKED`.

    The variants of a questionnaire follow it, the oldest form of mentoring first.
    """
    last = (
        select(func.max(Questionnaire.id))
        .filter_by(district_id=district_id)
        .group_by(Questionnaire.part, Questionnaire.moment, Questionnaire.kind_id)
    )
    rows = _with_questions(district_id).where(Questionnaire.id.in_(last))
    found: dict[tuple[Respondent, Moment], list[Questionnaire]] = defaultdict(list)
    for row in sorted(db.session.scalars(rows), key=lambda row: row.kind_id or 0):
        found[row.part, row.moment].append(row)
    return [questionnaire for asked in ASKED for questionnaire in found[asked]]


def choices(district_id: int) -> list[tuple[str, str]]:
    """Return (id, title) of the questionnaires about pairs, for a list to choose from."""
    return [
        (str(questionnaire.id), questionnaire.label)
        for questionnaire in in_use(district_id)
        if questionnaire.part in ABOUT_PAIRS
    ]


def _with_questions(district_id: int) -> Select[Questionnaire]:
    rows = select(Questionnaire).filter_by(district_id=district_id)
    return rows.options(selectinload(Questionnaire.questions), joinedload(Questionnaire.kind))
