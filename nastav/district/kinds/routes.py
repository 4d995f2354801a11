"""Settings: the district's forms of mentoring."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor, requires
from nastav.district.kinds import operations, queries
from nastav.district.kinds.forms import KindForm
from nastav.district.kinds.models import PairKind

blueprint = Blueprint("kinds", __name__)
KINDS = "/districts/<int:district_id>/settings/kinds"
TAKEN = "Такая форма уже есть: укажите другое название."


@blueprint.get(KINDS)
@requires("settings:edit")
def board(district_id: int) -> Response:
    """Show the forms of mentoring and how to add one."""
    return _board(KindForm())


@blueprint.post(KINDS)
@requires("settings:edit")
def add(district_id: int) -> Response:
    """Add a local form."""
    form = KindForm.posted()
    if not form.validate():
        return _board(form, status=422)
    if htmx.is_first():
        try:
            operations.add_kind(actor(), district_id, form.name.data or "")
        except operations.NameTaken:
            form.name.errors = [TAKEN]
            return _board(form, status=422)
    return htmx.leave(url_for("kinds.board", district_id=district_id), "Форма добавлена.")


@blueprint.get(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def edit(district_id: int, kind_id: int) -> Response:
    """Ask what to change of a form."""
    kind = _kind(kind_id)
    return _edit(KindForm(obj=kind), kind)


@blueprint.post(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def change(district_id: int, kind_id: int) -> Response:
    """Save a form; made from an older version it comes back with what was typed (409)."""
    kind, form = _kind(kind_id), KindForm.posted()
    if kind.is_official:
        form.name.data, form.name.raw_data = kind.name, [kind.name]
    if not form.validate():
        return _edit(form, kind, status=422)
    try:
        operations.change_kind(
            actor(),
            kind,
            form.name.data or "",
            is_hidden=bool(form.is_hidden.data),
            version=form.version.data,
        )
    except operations.NameTaken:
        form.name.errors = [TAKEN]
        return _edit(form, kind, status=422)
    except db.Conflict:
        form.version.data = kind.version
        return _edit(form, kind, status=409)
    return htmx.leave(url_for("kinds.board", district_id=district_id), "Форма сохранена.")


def _kind(kind_id: int) -> PairKind:
    return queries.kind(g.district.id, kind_id) or abort(404)


def _board(form: KindForm, *, status: int = 200) -> Response:
    rows = queries.all_kinds(g.district.id)
    return htmx.page("district/kinds.html", status=status, form=form, kinds=rows)


def _edit(form: KindForm, kind: PairKind, *, status: int = 200) -> Response:
    return htmx.page(
        "district/kind.html", status=status, form=form, kind=kind, is_stale=status == 409
    )
