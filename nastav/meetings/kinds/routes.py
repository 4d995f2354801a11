"""Settings: the district's kinds of meetings."""

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor, requires
from nastav.meetings.kinds import operations, queries
from nastav.meetings.kinds.forms import KindForm, saved_form
from nastav.meetings.models import MeetingKind

blueprint = Blueprint("meeting_kinds", __name__)
KINDS = "/districts/<int:district_id>/settings/meeting-kinds"
TAKEN = "Такой тип уже есть: укажите другое название."


@blueprint.get(KINDS)
@requires("settings:edit")
def board(district_id: int) -> Response:
    """Show the kinds of meetings and how to add one."""
    return _board(KindForm())


@blueprint.post(KINDS)
@requires("settings:edit")
def add(district_id: int) -> Response:
    """Add a kind to the end of the list."""
    form = KindForm.posted()
    if not form.validate():
        return _board(form, status=422)
    if htmx.is_first():
        try:
            operations.add_kind(actor(), district_id, form.name.data or "")
        except operations.NameTaken:
            form.name.errors = [TAKEN]
            return _board(form, status=422)
    return htmx.leave(_address(), "Тип встречи добавлен.")


@blueprint.get(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def edit(district_id: int, kind_id: int) -> Response:
    """Ask what to change of a kind."""
    kind = _kind(kind_id)
    return _edit(saved_form(kind, queries.all_kinds(district_id)), kind)


@blueprint.post(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def change(district_id: int, kind_id: int) -> Response:
    """Save a kind; made from an older version it comes back with what was typed (409)."""
    kind, form = _kind(kind_id), KindForm.posted()
    form.place(kind, queries.all_kinds(district_id))
    if not form.validate():
        return _edit(form, kind, status=422)
    try:
        operations.change_kind(
            actor(),
            kind,
            form.name.data or "",
            after=form.after.data,
            is_hidden=bool(form.is_hidden.data),
            version=form.version.data,
        )
    except operations.NameTaken:
        form.name.errors = [TAKEN]
        return _edit(form, kind, status=422)
    except db.Conflict:
        form.version.data = kind.version
        return _edit(form, kind, status=409)
    return htmx.leave(_address(), "Тип встречи сохранён.")


def _address() -> str:
    return f"/districts/{g.district.id}/settings/meeting-kinds"


def _kind(kind_id: int) -> MeetingKind:
    return queries.kind(g.district.id, kind_id) or abort(404)


def _board(form: KindForm, *, status: int = 200) -> Response:
    rows = queries.all_kinds(g.district.id)
    return htmx.page("meetings/kinds.html", status=status, form=form, kinds=rows)


def _edit(form: KindForm, kind: MeetingKind, *, status: int = 200) -> Response:
    stale = status == 409
    template = "meetings/kind.html"
    return htmx.page(template, status=status, form=form, kind=kind, is_stale=stale)
