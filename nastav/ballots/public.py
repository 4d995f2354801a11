"""The public pages behind a link: no sign-in, no trace of who answered or when."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import bodies, dates, htmx, unit
from nastav.access import public
from nastav.ballots import forms, operations, queries, rules
from nastav.ballots.models import Link, LinkSet
from nastav.ballots.rules import Standing
from nastav.feedback import questionnaires
from nastav.feedback.forms import QuestionnaireForm
from nastav.feedback.models import Questionnaire

blueprint = Blueprint("anonymous", __name__)
# why there is nothing to fill in → the status of the answer
REFUSED = {Standing.USED: 410, Standing.CLOSED: 410, Standing.UNKNOWN: 404}


@blueprint.get("/a")
@public
def ask() -> Response:
    """Ask for the code of a link, for whoever types it instead of following the link."""
    code = rules.typed_code(request.args.get("code", ""))
    if code:
        return redirect(url_for(".show", code=rules.shown(code)))
    return htmx.page("ballots/ask.html")


@blueprint.get("/a/thanks")
@public
def thanks() -> Response:
    """Say that the answer was taken; the address knows nothing of the link."""
    return htmx.page("ballots/thanks.html")


@blueprint.get("/a/<code>")
@public
def show(code: str) -> Response:
    """Show the questionnaire of a link that was not used yet."""
    standing, link, link_set = _find(code)
    if link is None or link_set is None or standing is not Standing.OPEN:
        return _refusal(standing)
    found = _questionnaire(link_set)
    return _page(
        link_set, found, forms.anonymous_form(found.questions, link_set.first_year)(), code
    )


@blueprint.post("/a/<code>")
@public
@bodies.takes(64 * bodies.KB)  # two long answers are 20
def answer(code: str) -> Response:
    """Take the answer; the same link takes no second one."""
    standing, link, link_set = _find(code)
    if link is None or link_set is None or standing is not Standing.OPEN:
        return _refusal(standing)
    found = _questionnaire(link_set)
    form = forms.anonymous_form(found.questions, link_set.first_year).posted()
    if not form.validate():
        return _page(link_set, found, form, code, 422)
    operations.answer(link, link_set, found, form.answers())
    return htmx.leave(url_for(".thanks"))


def _find(code: str) -> tuple[Standing, Link | None, LinkSet | None]:
    return queries.link(rules.typed_code(code), dates.today())


def _questionnaire(link_set: LinkSet) -> Questionnaire:
    district_id = queries.school(link_set).district_id
    unit.current().place = (district_id, link_set.school_id)  # no address names it
    found = questionnaires.questionnaire(district_id, link_set.questionnaire_id)
    assert found is not None  # noqa: S101  # the set's own foreign key
    return found


def _refusal(standing: Standing) -> Response:
    return htmx.page("ballots/refusal.html", status=REFUSED[standing], standing=standing)


def _page(
    link_set: LinkSet, found: Questionnaire, form: QuestionnaireForm, code: str, status: int = 200
) -> Response:
    place = queries.school(link_set).name
    return htmx.page(
        "ballots/answer.html",
        status=status,
        form=form,
        questionnaire=found,
        place=place,
        code=code,
    )
