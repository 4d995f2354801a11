"""The coordinator's pages of questionnaires: what is asked, in which version, and how to reword it."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import actor, requires
from nastav.db import Conflict
from nastav.district.kinds.models import PairKind
from nastav.feedback import labels, questionnaires
from nastav.feedback.catalogue import LONGEST
from nastav.feedback.models import ABOUT_PAIRS, Questionnaire
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
    has_variants = found.kind_id is None and found.part in ABOUT_PAIRS
    return htmx.page(
        "questionnaires/wording/version.html",
        questionnaire=found,
        versions=versions,
        variants=queries.variants(found) if has_variants else {},
        labels=labels,
    )


@blueprint.get(f"{AT}/<int:questionnaire_id>/edit")
@requires("settings:edit")
def edit(questionnaire_id: int) -> Response:
    """Show the form that rewords a questionnaire, or makes a variant of it (`?kind=`)."""
    found = _load(questionnaire_id)
    kind = _kind(found)
    title = f"{found.title} ({kind.name})" if kind and found.kind_id is None else found.title
    return _page(found, _form(found)(base=found.id, title=title[: LONGEST["title"]]))


@blueprint.post(f"{AT}/<int:questionnaire_id>/edit")
@requires("settings:edit")
def change(questionnaire_id: int) -> Response:
    """Make a new version; if another was made meanwhile, show both and keep what was typed (409)."""
    found = _load(questionnaire_id)
    form = _form(found).posted()
    if not form.validate():
        return _page(found, form, 422)
    try:
        kind = _kind(found)
        made = operations.reword(
            actor(),
            g.district,
            form.wording(),
            based_on=form.base.data,
            kind_id=kind.id if kind else None,
        )
    except Conflict:
        return _page(found, form, 409)
    shown = made or found
    at = url_for(".version", questionnaire_id=shown.id)
    message = f"Сохранена редакция {made.number}." if made else "В анкете ничего не изменилось."
    return htmx.leave(at, message)


def _load(questionnaire_id: int) -> Questionnaire:
    return questionnaires.questionnaire(g.district.id, questionnaire_id) or abort(404)


def _kind(found: Questionnaire) -> PairKind | None:
    """Return the form of mentoring whose variant is worded; 404 if the address names none that exists."""
    asked = request.args.get("kind", type=int)
    if found.kind_id is not None or "kind" not in request.args:
        return found.kind
    if found.part not in ABOUT_PAIRS:
        abort(404)
    return next((kind for kind in queries.variants(found) if kind.id == asked), None) or abort(404)


def _form(found: Questionnaire) -> type[WordingForm]:
    taken = frozenset(queries.kinds(found.district_id, found.part))
    return forms.wording_form(queries.text_of(found), taken)


def _page(found: Questionnaire, form: WordingForm, status: int = 200) -> Response:
    differences, kind = None, _kind(found)
    if status == 409:
        newest = (
            questionnaires.newest(
                found.district_id, found.part, found.moment, kind.id if kind else None
            )
            or found
        )
        differences = forms.differences(form.wording(), queries.text_of(newest))
        form.base.data = newest.id
    return htmx.page(
        "questionnaires/wording/edit.html",
        status=status,
        form=form,
        questionnaire=found,
        differences=differences,
        kind=kind,
        labels=labels,
    )
