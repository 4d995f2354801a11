"""Reading feedback: one response, a school's entries, and sums."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import selectinload

from nastav import dates, ru
from nastav.coverage.counted import Stretch, in_pairs, parts_in_pairs
from nastav.db import db
from nastav.feedback import summary
from nastav.feedback.catalogue import ASKED
from nastav.feedback.models import (
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
)
from nastav.feedback.summary import AnswerCount, Group, Wording
from nastav.pairs.models import Pair
from nastav.people.models import Part, Participation, RegisterNumber
from nastav.recall import recalled
from nastav.statements import read

ENTRIES = 20  # on a page of a school's list


@dataclass(frozen=True)
class Entry:
    """A response as the list shows it: nothing of what was answered."""

    id: int
    part: Respondent
    moment: Moment
    answered_on: date
    created_at: datetime


# --- responses ----------------------------------------------------------------------------------


def response(school_id: int, first_year: int, response_id: int) -> Response | None:
    """Return a response with its answers, a deleted one too: the caller tells them apart."""
    rows = select(Response).filter_by(id=response_id, school_id=school_id, first_year=first_year)
    return db.session.scalar(rows.options(selectinload(Response.answers)))


def entries(school_id: int, first_year: int, before: int | None = None) -> list[Entry]:
    """Return the latest entries, the newest first, one more than a page holds if there are more.

    Args:
        before: only entries older than this one.
    """
    rows = (
        select(
            Response.id,
            Questionnaire.part,
            Questionnaire.moment,
            Response.answered_on,
            Response.created_at,
        )
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(
            Response.school_id == school_id,
            Response.first_year == first_year,
            Response.deleted_at.is_(None),
        )
        .order_by(Response.id.desc())
        .limit(ENTRIES + 1)
    )
    if before is not None:
        rows = rows.where(Response.id < before)
    return [Entry(*row) for row in db.session.execute(rows)]


def numbered_people(school_id: int, part: Part) -> dict[int, int]:
    """Return register number → person's id of everybody in a register, mistakes left out."""
    rows = (
        select(RegisterNumber.number, RegisterNumber.person_id)
        .join(Participation, Participation.person_id == RegisterNumber.person_id)
        .where(
            RegisterNumber.school_id == school_id,
            Participation.school_id == school_id,
            Participation.part == part,
            Participation.is_mistake.is_(False),
        )
    )
    return {row.number: row.person_id for row in db.session.execute(rows)}


@dataclass(frozen=True)
class Entered:
    """What of a school year was entered already: response's id by sheet code, and by person."""

    by_code: dict[int, int]
    by_person: dict[int, int]


def entered(school_id: int, first_year: int, questionnaire: Questionnaire) -> Entered:
    """Return which sheets (of all questionnaires) and whose answers to this one are entered."""
    rows = (
        select(
            Response.id,
            Response.sheet_code,
            Response.person_id,
            Questionnaire.part,
            Questionnaire.moment,
        )
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(*_given([school_id], first_year))
    )
    by_code, by_person = {}, {}
    for row in db.session.execute(rows):
        if row.sheet_code is not None:
            by_code[row.sheet_code] = row.id
        is_same = (row.part, row.moment) == (questionnaire.part, questionnaire.moment)
        if is_same and row.person_id is not None:
            by_person[row.person_id] = row.id
    return Entered(by_code, by_person)


@dataclass(frozen=True)
class GivenAnswer:
    """One answer with its question in the version it was given to."""

    response_id: int
    answered_on: date
    part: Respondent
    moment: Moment
    number: int | None  # in the register, where the person is known
    question: Question
    value: int | None
    text: str


def answers(school_id: int, first_year: int) -> list[GivenAnswer]:
    """Return every answer of a school year, response by response, in one query."""
    own = and_(
        RegisterNumber.person_id == Response.person_id, RegisterNumber.school_id == school_id
    )
    rows = (
        select(
            Response.id,
            Response.answered_on,
            Questionnaire.part,
            Questionnaire.moment,
            RegisterNumber.number,
            Question,
            Answer.value,
            Answer.text,
        )
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .outerjoin(RegisterNumber, own)
        .where(*_given([school_id], first_year))
        .order_by(Response.id, Question.ordinal)
    )
    return [GivenAnswer(*row) for row in db.session.execute(rows)]


# --- sums -----------------------------------------------------------------------------------------


def groups(
    district_id: int,
    school_ids: Sequence[int],
    first_year: int,
    satisfied_from: int,
    *,
    kind_id: int | None = None,
    on: date | None = None,
) -> tuple[Group, ...]:
    """Return what the schools' participants said in a school year, in sum, by part and moment.

    Four queries, however many schools. Distributions of fewer than 5 answers are left out.

    Args:
        district_id: the district of the schools.
        school_ids: the school, or all schools of the district, that are summed.
        first_year: the school year.
        satisfied_from: the least mark of 10 that counts as satisfied.
        kind_id: only answers about pairs of this form of mentoring.
        on: only answers given by this day.
    """
    count = _groups if len(school_ids) == 1 else _groups_of_district
    return count(district_id, tuple(school_ids), first_year, satisfied_from, kind_id, on)


def _groups(
    district_id: int,
    school_ids: tuple[int, ...],
    first_year: int,
    satisfied_from: int,
    kind_id: int | None,
    on: date | None,
) -> tuple[Group, ...]:
    given = [*_given(school_ids, first_year)]
    if on is not None:
        given.append(Response.answered_on <= on)
    if kind_id is not None:
        of_kind = select(Pair.id).where(Pair.school_id.in_(school_ids), Pair.kind_id == kind_id)
        given.append(Response.pair_id.in_(of_kind))
    only = school_ids[0] if len(school_ids) == 1 else None
    asked = _asked(district_id)
    return summary.groups(
        _wordings(asked),
        _answer_counts(asked, given),
        _responses(asked, given),
        people_in_pairs(district_id, only, first_year, on or dates.today()),
        satisfied_from,
    )


_groups_of_district = recalled(_groups)  # a school's are counted soon, and schools are many


def has_answers(school_id: int, first_year: int, on: date) -> bool:
    """Tell whether anybody of a school has answered in a school year by a day."""
    given = (*_given([school_id], first_year), Response.answered_on <= on)
    return db.session.scalar(select(Response.id).where(*given).limit(1)) is not None


def _asked(district_id: int) -> Sequence[Any]:
    """Return the questions of all versions, the newest first, those of variants last; a row without one of
    a questionnaire that asks nothing.

    Their words and options are read once, not with every answer.
    """
    rows = (
        select(
            Question.id,
            Questionnaire.id.label("questionnaire_id"),
            Questionnaire.part,
            Questionnaire.moment,
            Questionnaire.number,
            Question.key,
            Question.kind,
            Question.text,
            Question.low,
            Question.high,
            Question.options,
        )
        .select_from(Questionnaire)
        .outerjoin(Question, Question.questionnaire_id == Questionnaire.id)
        .where(Questionnaire.district_id == district_id)
        .order_by(Questionnaire.kind_id.is_not(None), Questionnaire.number.desc(), Question.ordinal)
    )
    return read(rows).all()


def _wordings(asked: Iterable[Any]) -> list[Wording]:
    """Questions of all versions, each in its newest wording; those no longer asked come last.

    What only a variant asks comes after them.
    """
    found: dict[tuple[Respondent, Moment, str], Wording] = {}
    for row in asked:
        if row.kind not in (None, QuestionKind.TEXT):
            words = (row.kind, row.text, row.low, row.high, row.options)
            key = (row.part, row.moment, row.key)
            found.setdefault(key, Wording(*key, *words))
    return list(found.values())


def texts(
    school_ids: Sequence[int], first_year: int
) -> dict[tuple[Respondent, Moment, str], list[str]]:
    """Return the free answers to each question (respondent, moment, text), sorted by the alphabet."""
    rows = (
        select(Questionnaire.part, Questionnaire.moment, Question.text, Answer.text.label("said"))
        .join(Question, Question.id == Answer.question_id)
        .join(Response, Response.id == Answer.response_id)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(*_given(school_ids, first_year), Answer.text != "")
        .order_by(Questionnaire.part, Questionnaire.moment, Question.ordinal, Question.id)
    )
    found: dict[tuple[Respondent, Moment, str], list[str]] = defaultdict(list)
    for row in db.session.execute(rows):
        found[row.part, row.moment, row.text].append(row.said)
    in_order = sorted(found, key=lambda row: ASKED.index(row[:2]))
    return {question: sorted(found[question], key=ru.sort_key) for question in in_order}


def _answer_counts(asked: Iterable[Any], given: Sequence[ColumnElement[bool]]) -> list[AnswerCount]:
    """Answers are joined by the question's key: a new version of the wording does not split them."""
    rows: Any = (
        select(Answer.question_id, Answer.value, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(*given, Answer.value.is_not(None))
        .group_by(Answer.question_id, Answer.value)
    )
    of = {row.id: (row.part, row.moment, row.key, row.options) for row in asked}
    return [
        AnswerCount(part, moment, key, value, count, options)
        for question_id, value, count in db.session.execute(rows)
        for part, moment, key, options in [of[question_id]]
    ]


def _responses(
    asked: Iterable[Any], given: Sequence[ColumnElement[bool]]
) -> dict[tuple[Respondent, Moment], Counter[int]]:
    """Count responses by the version of the questionnaire they were given to."""
    rows = select(Response.questionnaire_id, func.count()).where(*given)
    of = {row.questionnaire_id: row for row in asked}
    found: dict[tuple[Respondent, Moment], Counter[int]] = defaultdict(Counter)
    for questionnaire_id, count in db.session.execute(rows.group_by(Response.questionnaire_id)):
        row = of[questionnaire_id]
        found[row.part, row.moment][row.number] += count
    return found


def _given(school_ids: Sequence[int], first_year: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.school_id.in_(school_ids),
        Response.first_year == first_year,
        Response.deleted_at.is_(None),
    )


def people_in_pairs(
    district_id: int, school_id: int | None, first_year: int, today: date
) -> dict[Respondent, int]:
    """Return the number of people of each part in pairs of a school year, up to today; one query.

    Counted as coverage counts, but over a school year, and adults too: a person in one school only.
    Without a school everybody of the district.
    """
    if school_id is not None:
        each = people_in_pairs_of_each(district_id, [school_id], first_year, today)
        return each.get(school_id, {})
    first, last = dates.cycle_bounds(first_year)
    params = Stretch(district_id, first, min(last, today)).params
    return {Respondent(part): people for part, people in read(parts_in_pairs(), params)}


def people_in_pairs_of_each(
    district_id: int, school_ids: Sequence[int], first_year: int, today: date
) -> dict[int, dict[Respondent, int]]:
    """Return the same of each of these schools that has any; one query."""
    first, last = dates.cycle_bounds(first_year)
    only = school_ids[0] if len(school_ids) == 1 else None
    stretch = Stretch(district_id, first, min(last, today), only)
    counted = in_pairs(stretch.is_of_school)
    rows = (
        select(counted.c.school_id, counted.c.part, func.count().label("people"))
        .where(counted.c.school_id.in_(school_ids))
        .group_by(counted.c.school_id, counted.c.part)
    )
    found: dict[int, dict[Respondent, int]] = defaultdict(dict)
    for row in db.session.execute(rows, stretch.params):
        found[row.school_id][Respondent(row.part)] = row.people
    return found
