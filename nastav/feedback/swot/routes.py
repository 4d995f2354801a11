"""SWOT of a school by form of mentoring: the list, the sheet to print, the form."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import actor, requires
from nastav.accounts import queries as accounts
from nastav.db import Conflict
from nastav.district.kinds import queries as kinds
from nastav.district.kinds.models import PairKind
from nastav.feedback.swot import forms, operations, queries, rules
from nastav.feedback.swot.forms import SwotForm

blueprint = Blueprint("swot", __name__)
AT = "/schools/<int:school_id>/<int:cycle>/feedback/swot"


@blueprint.get(AT)
@requires("feedback:read")
def board(school_id: int, cycle: int) -> Response:
    """List the forms of mentoring and whether the school has written of each."""
    found = queries.board(g.school.district_id, school_id, cycle)
    return htmx.page("feedback/swot/board.html", found=found, school=g.school, cycle=cycle)


@blueprint.get(f"{AT}/<int:kind_id>")
@requires("feedback:read")
def sheet(school_id: int, cycle: int, kind_id: int) -> Response:
    """Show what was written as a sheet to print."""
    kind = _kind(kind_id)
    row = queries.swot(school_id, cycle, kind.id) or abort(404)
    fields = [(SwotForm()[name].label.text, getattr(row, name)) for name in operations.FIELDS]
    return htmx.page(
        "feedback/swot/sheet.html",
        kind=kind,
        fields=fields,
        school=g.school,
        cycle=cycle,
        signers=accounts.signers(g.school),
    )


@blueprint.get(f"{AT}/<int:kind_id>/edit")
@requires("feedback:edit")
def edit(school_id: int, cycle: int, kind_id: int) -> Response:
    """Show the form; a new one begins with the questions scored highest and lowest."""
    kind = _kind(kind_id)
    row = queries.swot(school_id, cycle, kind.id)
    if row is not None:
        return _page(kind, SwotForm(obj=row))
    groups, is_own = queries.answers(g.school.district_id, school_id, cycle, kind.id)
    begun = rules.suggested(groups)
    origin = ("own" if is_own else "school") if begun["strengths"] else "none"
    return _page(kind, SwotForm(data=begun), origin=origin)


@blueprint.post(f"{AT}/<int:kind_id>/edit")
@requires("feedback:edit")
def change(cycle: int, kind_id: int) -> Response:
    """Save the form; if it was saved by somebody meanwhile, show both and keep what was typed."""
    kind, form = _kind(kind_id), SwotForm.posted()
    if not form.validate():
        return _page(kind, form, 422)
    try:
        operations.save(actor(), g.school, cycle, kind, form.texts(), version=form.version.data)
    except Conflict:
        return _page(kind, form, 409)
    at = url_for(".board")
    return htmx.leave(at, f"SWOT-анализ сохранён: {kind.name}.")


def _kind(kind_id: int) -> PairKind:
    return kinds.kind(g.school.district_id, kind_id) or abort(404)


def _page(kind: PairKind, form: SwotForm, status: int = 200, *, origin: str = "") -> Response:
    saved = queries.swot(g.school.id, g.cycle.first_year, kind.id) if status == 409 else None
    differences = forms.differences(form, saved) if saved else None
    if status == 409:
        form.version.data = saved.version if saved else 0
    return htmx.page(
        "feedback/swot/edit.html",
        status=status,
        kind=kind,
        form=form,
        origin=origin,
        differences=differences,
        school=g.school,
        cycle=g.cycle.first_year,
    )
