"""The coordinator's pages of questionnaires: what is asked, in which version, and how to reword it."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import actor, requires
from nastav.db import Conflict
from nastav.feedback import labels, questionnaires
from nastav.feedback.models import Questionnaire
from nastav.questionnaires.wording import forms, operations, queries
from nastav.questionnaires.wording.forms import WordingForm

blueprint = Blueprint("questionnaires", __name__)
AT = "/districts/<int:district_id>/settings/questionnaires"


@blueprint.get(AT)
@requires("settings:edit")
def board(district_id: int) -> Response:
    """List the questionnaires used now."""
    found = questionnaires.in_use(district_id)
    return htmx.page("questionnaires/wording/board.html", found=found, labels=labels)


@blueprint.get(f"{AT}/<int:questionnaire_id>")
@requires("settings:edit")
def version(questionnaire_id: int) -> Response:
    """Show one version of a questionnaire, and which other versions there are."""
    found = _load(questionnaire_id)
    versions = queries.versions(found)
    return htmx.page(
        "questionnaires/wording/version.html", questionnaire=found, versions=versions, labels=labels
    )


@blueprint.get(f"{AT}/<int:questionnaire_id>/edit")
@requires("settings:edit")
def edit(questionnaire_id: int) -> Response:
    found = _load(questionnaire_id)
    return _page(found, _form(found)(base=found.id, title=found.title))


@blueprint.post(f"{AT}/<int:questionnaire_id>/edit")
@requires("settings:edit")
def change(questionnaire_id: int) -> Response:
    """Make a new version; if another was made meanwhile, show both and keep what was typed (409)."""
    found = _load(questionnaire_id)
    form = _form(found).posted()
    if not form.validate():
        return _page(found, form, 422)
    try:
        made = operations.reword(actor(), g.district, form.wording(), based_on=form.base.data)
    except Conflict:
        return _page(found, form, 409)
    shown = made or found
    at = url_for(".version", questionnaire_id=shown.id)
    message = f"Сохранена редакция {made.number}." if made else "В анкете ничего не изменилось."
    return htmx.leave(at, message)


def _load(questionnaire_id: int) -> Questionnaire:
    return questionnaires.questionnaire(g.district.id, questionnaire_id) or abort(404)


def _form(found: Questionnaire) -> type[WordingForm]:
    taken = frozenset(queries.kinds(found.district_id, found.part))
    return forms.wording_form(queries.text_of(found), taken)


def _page(found: Questionnaire, form: WordingForm, status: int = 200) -> Response:
    differences = None
    if status == 409:
        newest = questionnaires.newest(found.district_id, found.part, found.moment) or found
        differences = forms.differences(form.wording(), queries.text_of(newest))
        form.base.data = newest.id
    return htmx.page(
        "questionnaires/wording/edit.html",
        status=status,
        form=form,
        questionnaire=found,
        differences=differences,
        labels=labels,
    )
