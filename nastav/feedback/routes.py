"""Feedback of a school: its sums, its entries, the form; and of a district: one sum."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answered

from nastav import dates, db, excel, htmx, ru
from nastav.access import actor, requires
from nastav.audit import downloads
from nastav.district import queries as districts
from nastav.feedback import (
    assessment,
    comparison,
    conclusion,
    forms,
    labels,
    operations,
    queries,
    questionnaires,
    sheet,
)
from nastav.feedback.forms import QuestionnaireForm
from nastav.feedback.models import PARTICIPANTS, Moment, Questionnaire, Respondent, Response
from nastav.feedback.rows import Sheet
from nastav.feedback.summary import LEAST_SHOWN, shown_moment, unanswered
from nastav.feedback.swot import routes as swot
from nastav.forms import posted_version
from nastav.pairs import queries as pairs
from nastav.people import queries as people
from nastav.people.models import Part

blueprint = Blueprint("feedback", __name__)
blueprint.register_blueprint(swot.blueprint)
AT = "/schools/<int:school_id>/<int:cycle>/feedback"
WORDS: dict[str, Any] = {
    "part_labels": labels.PARTS,
    "moment_labels": labels.MOMENTS,
    "least": LEAST_SHOWN,
}


@blueprint.get("/schools/<int:school_id>/feedback")
@requires("feedback:read")
def school_now() -> Answered:
    current = districts.current_cycle(g.school.district_id, dates.today())
    if current is None:
        abort(404)
    return redirect(url_for(".school", cycle=current.first_year))


@blueprint.get(AT)
@requires("feedback:read")
def school(school_id: int, cycle: int) -> Answered:
    """Show what a school's participants said, and its latest entries."""
    tenant = districts.district(g.school.district_id) or abort(404)
    found = queries.entries(school_id, cycle, request.args.get("before", type=int))
    groups = queries.groups(tenant.id, [school_id], cycle, tenant.satisfied_from)
    return htmx.page(
        "feedback/school.html",
        assessments=assessment.of_school(school_id, cycle),
        school=g.school,
        cycle=cycle,
        groups=groups,
        unanswered=unanswered(groups),
        shown=shown_moment(groups, request.args.get("moment")),
        moments=list(Moment),
        comparisons=comparison.comparisons([school_id], cycle, groups),
        entries=found[: queries.ENTRIES],
        has_more=len(found) > queries.ENTRIES,
        **WORDS,
    )


@blueprint.get(f"{AT}/texts")
@requires("feedback:read")
def texts(school_id: int, cycle: int) -> Answered:
    """Show the school's free answers, question by question."""
    found = [
        (labels.asked(part, moment), text, answers)
        for (part, moment, text), answers in queries.texts([school_id], cycle).items()
    ]
    return htmx.page("feedback/texts.html", school=g.school, cycle=cycle, found=found)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/feedback.xlsx")
@requires("names:read")
def download(school_id: int, cycle: int) -> Answered:
    """Give the own school its feedback as a workbook; the journal notes it."""
    tenant = districts.district(g.school.district_id) or abort(404)
    groups = queries.groups(tenant.id, [school_id], cycle, tenant.satisfied_from)
    answers = queries.answers(school_id, cycle)
    db.settle()
    made_at = dates.local_now()
    content = sheet.feedback_book(g.school.name, cycle, groups, answers, made_at)
    name = f"feedback-{cycle}.xlsx"
    downloads.noted(name, school_id)
    return excel.answer(content, name, f"Обратная связь {ru.school_year(cycle)}")


@blueprint.get("/districts/<int:district_id>/feedback")
@requires("rollup:read")
def district(district_id: int) -> Answered:
    """Show what all schools' participants said, in one sum."""
    current = districts.current_cycle(district_id, dates.today())
    year = request.args.get("cycle", current.first_year if current else None, type=int)
    if year not in districts.cycle_years(district_id):
        abort(404)
    ids = districts.school_ids(district_id)
    groups = queries.groups(district_id, ids, year, g.district.satisfied_from)
    return htmx.page(
        "feedback/district.html",
        levels=assessment.levels(assessment.newest(ids, cycle=year)),
        district=g.district,
        cycle=year,
        groups=groups,
        conclusion=conclusion.of_groups(groups),
        comparisons=comparison.comparisons(ids, year, groups),
        **WORDS,
    )


# --- a new response -------------------------------------------------------------------------------


@blueprint.get(f"{AT}/new")
@requires("feedback:edit")
def new(cycle: int) -> Answered:
    """Ask whose questionnaire it is and of which moment; then show its form."""
    asked = forms.asked(request.args.get("part"), request.args.get("moment"))
    kind_id = request.args.get("kind", type=int)
    found = questionnaires.newest(g.school.district_id, *asked, kind_id) if asked else None
    if found is None:
        offered = questionnaires.in_use(g.school.district_id)
        return htmx.page("feedback/choose.html", offered=offered, school=g.school, cycle=cycle)
    return _form_page(found, _form(found)(answered_on=_date_asked(), questionnaire=found.id))


@blueprint.post(f"{AT}/new")
@requires("feedback:edit")
def create(cycle: int) -> Answered:
    """Save a new response; «и внести следующий» opens the same form again."""
    asked_id = request.form.get("questionnaire", type=int)
    found = questionnaires.questionnaire(g.school.district_id, asked_id) if asked_id else None
    if found is None:
        abort(404)
    form = _form(found).posted()
    if not form.validate():
        return _form_page(found, form, status=422)
    if htmx.is_first():
        operations.save_response(actor(), g.school, cycle, found, _sheet(form))
    at = url_for(".school")
    if "next" in request.form:
        day = ru.date_short(form.answered_on.data)
        part, moment = found.part.value, found.moment.value
        at = url_for(".new", part=part, moment=moment, kind=found.kind_id, on=day)
    return htmx.leave(at, "Ответ внесён.")


# --- one response ---------------------------------------------------------------------------------


@blueprint.get(f"{AT}/<int:response_id>")
@requires("feedback:read")
def response(school_id: int, cycle: int, response_id: int) -> Answered:
    """Show one response with its open answers."""
    row, found = _load(response_id)
    if row.deleted_at is not None:
        abort(404)
    given = {answer.question_id: answer for answer in row.answers}
    answers = [
        (question, labels.answer_text(question, (answer.text or answer.value) if answer else None))
        for question in found.questions
        for answer in [given.get(question.id)]
    ]
    return htmx.page(
        "feedback/response.html",
        school=g.school,
        cycle=cycle,
        response=row,
        questionnaire=found,
        answers=answers,
        number=_number(row),
        pair=dict(pairs.pair_choices(school_id, cycle)).get(row.pair_id or 0),
        **WORDS,
    )


@blueprint.get(f"{AT}/<int:response_id>/edit")
@requires("feedback:edit")
def edit(response_id: int) -> Answered:
    """Show the form of a saved response, in the version it was answered in."""
    row, found = _load(response_id)
    if row.deleted_at is not None:
        abort(404)
    saved = forms.saved_values(row, found.questions, _number(row))
    return _form_page(found, _form(found, row)(data=saved), row)


@blueprint.post(f"{AT}/<int:response_id>/edit")
@requires("feedback:edit")
def change(cycle: int, response_id: int) -> Answered:
    """Save a changed response; if it was changed or deleted meanwhile, show both and keep the text."""
    row, found = _load(response_id)
    form = _form(found, row).posted()
    if row.deleted_at is not None:
        form.questionnaire.data, form.version.data = str(found.id), 0
        return _form_page(found, form, status=409, is_gone=True)
    if not form.validate():
        return _form_page(found, form, row, status=422)
    try:
        sheet, version = _sheet(form, row), form.version.data
        operations.save_response(
            actor(), g.school, cycle, found, sheet, response=row, version=version
        )
    except db.Conflict:
        form.version.data = row.version
        return _form_page(found, form, row, status=409)
    at = url_for(".response", response_id=response_id)
    return htmx.leave(at, "Ответ сохранён.")


@blueprint.post(f"{AT}/<int:response_id>/delete")
@requires("feedback:edit")
def delete(response_id: int) -> Answered:
    """Take a response out of the lists and sums."""
    row, found = _load(response_id)
    version = posted_version()
    operations.delete_response(actor(), g.school, found, row, version=version)
    return htmx.leave(url_for(".school"), "Ответ удалён.")


def _load(response_id: int) -> tuple[Response, Questionnaire]:
    """Return the response of the address with its own questionnaire; 404 if there is none."""
    row = queries.response(g.school.id, g.cycle.first_year, response_id)
    found = (
        questionnaires.questionnaire(g.school.district_id, row.questionnaire_id) if row else None
    )
    if row is None or found is None:
        abort(404)
    return row, found


def _pairs(row: Response | None) -> list[tuple[int, str]]:
    """Return the pairs to choose from, and that of a saved response even if it is none of them now."""
    choices = pairs.pair_choices(g.school.id, g.cycle.first_year)
    own = row.pair_id if row else None
    if own and own not in dict(choices):
        choices.append((own, f"указанная прежде пара № {own}"))
    return choices


def _form(found: Questionnaire, row: Response | None = None) -> type[QuestionnaireForm]:
    return forms.questionnaire_form(found.questions, g.cycle.first_year, _whose(found, row))


def _whose(found: Questionnaire, row: Response | None) -> forms.Whose | None:
    """Return who may be named; None for the curator, who speaks of the whole programme."""
    if found.part is Respondent.CURATOR:
        return None
    if found.part not in PARTICIPANTS:
        return forms.Whose(_pairs(row), None, {})
    numbered = queries.numbered_people(g.school.id, Part(found.part))
    answered = queries.entered(g.school.id, g.cycle.first_year, found).by_person
    if row and row.person_id:
        answered.pop(row.person_id, None)
    return forms.Whose(_pairs(row), numbered, answered)


def _number(row: Response) -> int | None:
    """Return the register number of the person who answered, where one is known."""
    if row.person_id is None:
        return None
    return people.numbers(g.school.id, [row.person_id]).get(row.person_id)


def _sheet(form: QuestionnaireForm, row: Response | None = None) -> Sheet:
    code = row.sheet_code if row else None
    day, answers = form.answered_on.data, form.answers()
    return Sheet(day, answers, form.pair_id, form.person_id, code)


def _date_asked() -> date | None:
    try:
        return ru.parse_date(request.args.get("on", ""), today=dates.today())
    except ru.BadDate:
        return None


def _form_page(
    found: Questionnaire,
    form: QuestionnaireForm,
    row: Response | None = None,
    *,
    status: int = 200,
    is_gone: bool = False,
) -> Answered:
    is_stale = status == 409 and row is not None
    return htmx.page(
        "feedback/form.html",
        status=status,
        form=form,
        school=g.school,
        cycle=g.cycle.first_year,
        questionnaire=found,
        response_id=row.id if row else None,
        differences=forms.differences(form, row) if is_stale and row else None,
        is_gone=is_gone,
        **WORDS,
    )
