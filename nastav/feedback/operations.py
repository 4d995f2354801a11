"""Changing feedback."""

from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.models import School
from nastav.feedback.labels import asked
from nastav.feedback.models import Answer, Questionnaire, Response
from nastav.feedback.rows import Sheet


def save_response(
    actor: Actor,
    school: School,
    first_year: int,
    questionnaire: Questionnaire,
    sheet: Sheet,
    *,
    response: Response | None = None,
    version: int = 0,
) -> Response:
    """Add a response, or change one: it keeps its questionnaire. Saving the same again does nothing.

    The journal says that it was done, never what was answered.

    Args:
        questionnaire: with its questions; for a change the response's own.
        response: the one to change, with its answers; `version` is the one it was read in.

    Raises:
        ValueError: no answer, or an answer that its question does not allow.
        Conflict: the response was saved by somebody since the form was opened.
    """
    check(questionnaire, sheet)
    if response is None:
        event = "response:added"
        response = _new(school, first_year, questionnaire)
    elif _sheet_of(response) == sheet:
        return response
    else:
        event = "response:changed"
        check_version(response, version)
    _fill(response, sheet)
    db.session.flush()
    record(actor, event, subject=_subject(response, questionnaire), school_id=school.id)
    return response


def save_stack(
    actor: Actor, school: School, first_year: int, questionnaire: Questionnaire, sheets: list[Sheet]
) -> None:
    """Add a stack of responses; the journal has one entry for all.

    Raises:
        ValueError: as `save_response`.
    """
    for sheet in sheets:
        check(questionnaire, sheet)
        _fill(_new(school, first_year, questionnaire), sheet)
    db.session.flush()
    what = asked(questionnaire.part, questionnaire.moment)
    record(actor, "responses:added", subject=f"{what}: {len(sheets)}", school_id=school.id)


def delete_response(
    actor: Actor,
    school: School,
    questionnaire: Questionnaire,
    response: Response,
    *,
    version: int,
) -> None:
    """Take a response out of all lists and sums; done before, it is not done again.

    Raises:
        Conflict: the response was saved by somebody since the page was opened.
    """
    if response.deleted_at is not None:
        return
    check_version(response, version)
    response.deleted_at = dates.now()
    db.session.flush()
    subject = _subject(response, questionnaire)
    record(actor, "response:deleted", subject=subject, school_id=school.id)


def _new(school: School, first_year: int, questionnaire: Questionnaire) -> Response:
    response = Response(
        school_id=school.id,
        first_year=first_year,
        questionnaire_id=questionnaire.id,
        answers=[],
    )
    db.session.add(response)
    return response


def _subject(response: Response, questionnaire: Questionnaire) -> str:
    return f"№ {response.id}, {asked(questionnaire.part, questionnaire.moment)}"


def check(questionnaire: Questionnaire, sheet: Sheet) -> None:
    """Refuse a sheet without an answer, or with one that its question does not allow.

    Raises:
        ValueError: names the question.
    """
    questions = {question.id: question for question in questionnaire.questions}
    if not sheet.answers:
        raise ValueError("a response without an answer")
    for question_id, value in sheet.answers.items():
        question = questions.get(question_id)
        if question is None or not question.allows(value):
            raise ValueError(f"question {question_id} does not allow this answer")


def _sheet_of(response: Response) -> Sheet:
    answers = {
        answer.question_id: answer.text if answer.value is None else answer.value
        for answer in response.answers
    }
    return Sheet(
        response.answered_on, answers, response.pair_id, response.person_id, response.sheet_code
    )


def _fill(response: Response, sheet: Sheet) -> None:
    response.answered_on, response.pair_id = sheet.answered_on, sheet.pair_id
    response.person_id, response.sheet_code = sheet.person_id, sheet.sheet_code
    kept = {answer.question_id: answer for answer in response.answers}
    for question_id, value in sheet.answers.items():
        answer = kept.pop(question_id, None)
        if answer is None:
            answer = Answer(question_id=question_id)
            response.answers.append(answer)
        answer.value = value if isinstance(value, int) else None
        answer.text = value if isinstance(value, str) else ""
    for answer in kept.values():
        response.answers.remove(answer)
    # a changed answer alone would not raise the version of the response it belongs to
    flag_modified(response, "answered_on")
