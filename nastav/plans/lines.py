"""The lines of a plan: added below their table, changed in place, marked as done, removed."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.forms import posted_version
from nastav.pairs.models import Pair
from nastav.pairs.pages import PAIR, found
from nastav.plans import operations, pages, queries
from nastav.plans.forms import LineForm, line_form, new_line_form
from nastav.plans.models import LineKind, PlanLine
from nastav.refusals import differences

blueprint = Blueprint("lines", __name__)
PLAN = f"{PAIR}/plan"
LINES = f"{PLAN}/lines"
LINE = f"{LINES}/<int:line_id>"


@blueprint.post(f"{LINES}/<kind>")
@requires("names:edit")
def add(school_id: int, cycle: int, pair_id: int, kind: str) -> Response:
    """Add a line: the table is swapped, the form below it comes back empty."""
    pair = found(school_id, pair_id)
    if kind not in set(LineKind):
        abort(404)
    table = LineKind(kind)
    form = new_line_form(table, cycle, posted=True)
    if not form.validate():
        context = pages.context(pair, cycle, form, kind)
        part, whole = "plans/_section.html", "plans/plan.html"
        return htmx.fragment(part, whole=whole, status=422, kind=table, refused=table, **context)
    if htmx.is_first():
        operations.add_line(access.actor(), pair, table, form.facts())
    return _table(pair, cycle, table, "Добавлено.", is_added=True)


@blueprint.get(LINE)
@requires("names:read")
def row(school_id: int, cycle: int, pair_id: int, line_id: int) -> Response:
    """Show a line as it is saved; without HTMX the whole plan."""
    pair, line = _load(school_id, pair_id, line_id)
    part, whole = "plans/_line.html", "plans/plan.html"
    context = {**pages.context(pair, cycle), "line": line, "kind": line.kind}
    return htmx.fragment(part, whole=whole, takes_focus=htmx.is_fragment(), **context)


@blueprint.get(f"{LINE}/edit")
@requires("names:edit")
def edit(school_id: int, cycle: int, pair_id: int, line_id: int) -> Response:
    """Show a line as a form; without HTMX on a page of its own."""
    pair, line = _load(school_id, pair_id, line_id)
    return _form(pair, cycle, line, line_form(line, cycle))


@blueprint.post(f"{LINE}/edit")
@requires("names:edit")
def save(school_id: int, cycle: int, pair_id: int, line_id: int) -> Response:
    """Save a line; of two who edit at once the second sees both versions."""
    pair, line = _load(school_id, pair_id, line_id)
    form = line_form(line, cycle, posted=True)
    if not form.validate():
        return _form(pair, cycle, line, form, status=422)
    try:
        version = form.version.data
        operations.change_line(access.actor(), pair, line, form.facts(), version=version)
    except db.Conflict:
        form.version.data = line.version
        return _form(pair, cycle, line, form, status=409)
    return _saved(pair, cycle, line, "Сохранено.")


@blueprint.post(f"{LINE}/done")
@requires("names:edit")
def done(school_id: int, cycle: int, pair_id: int, line_id: int) -> Response:
    """Mark a line as done today; the mark is taken off where the line is changed."""
    pair, line = _load(school_id, pair_id, line_id)
    operations.mark_done(access.actor(), pair, line, dates.today(), version=_version())
    return _saved(pair, cycle, line, "Отмечено: выполнено.")


@blueprint.post(f"{LINE}/remove")
@requires("names:edit")
def remove(school_id: int, cycle: int, pair_id: int, line_id: int) -> Response:
    pair, line = _load(school_id, pair_id, line_id)
    operations.remove_line(access.actor(), pair, line, version=_version())
    return _table(pair, cycle, line.kind, "Удалено.")


def _load(school_id: int, pair_id: int, line_id: int) -> tuple[Pair, PlanLine]:
    pair = found(school_id, pair_id)
    return pair, queries.line(pair.id, line_id) or abort(404)


def _table(
    pair: Pair, cycle: int, kind: LineKind, message: str, *, is_added: bool = False
) -> Response:
    at = f"{pages.address(pair)}#{kind.value}"
    if not htmx.is_fragment():
        return htmx.leave(at, message)
    context = pages.context(pair, cycle)
    part = "plans/_table_saved.html"
    return htmx.saved(part, at=at, message=message, kind=kind, is_added=is_added, **context)


def _saved(pair: Pair, cycle: int, line: PlanLine, message: str) -> Response:
    at = f"{pages.address(pair)}#line-{line.id}"
    if not htmx.is_fragment():
        return htmx.leave(at, message)
    context = pages.context(pair, cycle)
    context = {**context, "line": line, "kind": line.kind, "takes_focus": True}
    return htmx.saved("plans/_line_saved.html", at=at, message=message, **context)


def _form(pair: Pair, cycle: int, line: PlanLine, form: LineForm, *, status: int = 200) -> Response:
    return htmx.fragment(
        "plans/_line_edit.html",
        whole="plans/line.html",
        status=status,
        line=line,
        kind=line.kind,
        form=form,
        differences=differences(line_form(line, cycle), form) if status == 409 else [],
        **pages.context(pair, cycle),
    )


def _version() -> int:
    return posted_version()
