"""The curator's pages of one-time links: make a set, print it, see how many answered, open the box."""

from datetime import date, timedelta

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx, ru
from nastav.access import actor, requires
from nastav.ballots import operations, queries, rules
from nastav.ballots.forms import EndForm, SetForm
from nastav.ballots.models import LinkSet
from nastav.feedback import questionnaires
from nastav.feedback.models import ABOUT_PAIRS, Questionnaire
from nastav.forms import posted_version

blueprint = Blueprint("ballots", __name__)
AT = "/schools/<int:school_id>/<int:cycle>/feedback/links"


@blueprint.get(AT)
@requires("feedback:edit")
def board() -> Response:
    """List the sets of a school year and offer to make another."""
    last = dates.today() + timedelta(days=rules.DAYS)
    return _board(SetForm(size=25, expires_on=last))


@blueprint.post(AT)
@requires("feedback:edit")
def make(cycle: int) -> Response:
    """Make a set of links; a second click makes no other."""
    form = SetForm.posted()
    chosen = form.questionnaire.data or ""
    found = _questionnaire(int(chosen) if chosen.isdecimal() else 0)
    if not form.validate():
        return _board(form, 422)
    at = url_for(".board")
    if not htmx.is_first():
        return htmx.leave(at)
    made = operations.make_set(
        actor(),
        g.school,
        cycle,
        found,
        size=form.size.data,
        made_on=_within(cycle),
        expires_on=form.expires_on.data,
    )
    at = url_for(".show", set_id=made.id)
    return htmx.leave(at, "Ссылки готовы: напечатайте и разрежьте список.")


@blueprint.get(f"{AT}/<int:set_id>")
@requires("feedback:edit")
def show(set_id: int) -> Response:
    """Show how a set stands: how many answered, never which link."""
    link_set = _load(set_id)
    return _show(link_set, EndForm(obj=link_set))


@blueprint.get(f"{AT}/<int:set_id>/print")
@requires("feedback:edit")
def slips(cycle: int, set_id: int) -> Response:
    """Show the links as slips to print and cut."""
    link_set = _load(set_id)
    codes = [rules.shown(code) for code in queries.codes(link_set.id)]
    host = request.host_url.rstrip("/")
    is_here = request.host.split(":")[0] in ("localhost", "127.0.0.1")
    return htmx.page(
        "ballots/slips.html",
        slips=[(code, url_for("anonymous.show", code=code)) for code in codes],
        address="" if is_here else host,
        link_set=link_set,
        questionnaire=_questionnaire(link_set.questionnaire_id),
        school=g.school,
        cycle=cycle,
    )


@blueprint.post(f"{AT}/<int:set_id>/end")
@requires("feedback:edit")
def move_end(set_id: int) -> Response:
    """Let the links work longer, or shorter."""
    link_set, form = _load(set_id), EndForm.posted()
    if link_set.counted is not None:
        abort(404)
    if not form.validate():
        return _show(link_set, form, 422)
    operations.move_end(
        actor(), g.school, link_set, form.expires_on.data, version=form.version.data
    )
    at = url_for(".show", set_id=set_id)
    return htmx.leave(at, f"Ссылки работают до {ru.date_short(form.expires_on.data)}.")


@blueprint.post(f"{AT}/<int:set_id>/open")
@requires("feedback:edit")
def open_box(set_id: int) -> Response:
    """Close the set and count its answers."""
    link_set = _load(set_id)
    found = _questionnaire(link_set.questionnaire_id)
    version = posted_version()
    try:
        operations.open_box(actor(), g.school, link_set, found, version=version)
    except operations.TooFew:
        return _show(link_set, EndForm(obj=link_set), 422)
    message = "Набор закрыт, ответы учтены."
    return htmx.leave(url_for("feedback.school"), message)


def _within(first_year: int) -> date:
    """Return today, or the nearest day of the school year."""
    first, last = dates.cycle_bounds(first_year)
    return max(first, min(dates.today(), last))


def _load(set_id: int) -> LinkSet:
    return queries.link_set(g.school.id, g.cycle.first_year, set_id) or abort(404)


def _questionnaire(questionnaire_id: int) -> Questionnaire:
    found = questionnaires.questionnaire(g.school.district_id, questionnaire_id)
    if found is None or found.part not in ABOUT_PAIRS:
        abort(404)
    return found


def _board(form: SetForm, status: int = 200) -> Response:
    form.questionnaire.choices = questionnaires.choices(g.school.district_id)
    return htmx.page(
        "ballots/board.html",
        status=status,
        form=form,
        sets=queries.sets(g.school.id, g.cycle.first_year, dates.today()),
        school=g.school,
        cycle=g.cycle.first_year,
        least=rules.LEAST,
    )


def _show(link_set: LinkSet, form: EndForm, status: int = 200) -> Response:
    return htmx.page(
        "ballots/set.html",
        status=status,
        link_set=link_set,
        form=form,
        standing=queries.standing(link_set, dates.today()),
        questionnaire=_questionnaire(link_set.questionnaire_id),
        school=g.school,
        cycle=g.cycle.first_year,
        least=rules.LEAST,
    )
