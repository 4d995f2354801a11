"""Mending the rows of a load in the page of its check."""

from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.columns.naming import NO_NAMES
from nastav.columns.register import choices
from nastav.district.kinds import queries as district
from nastav.loads import operations as loading
from nastav.loads import pages
from nastav.loads.forms import ManyForm
from nastav.loads.mending import operations, rules
from nastav.loads.mending.forms import RowForm, row_form
from nastav.loads.models import OTHER, SKIP, UPDATE, Load, LoadState
from nastav.loads.rows import Row, Verdict
from nastav.loads.rules import names_pupils

blueprint = Blueprint("mending", __name__)
ROW = f"{pages.LOAD}/rows/<int:number>"


@blueprint.get(ROW)
@requires("names:edit")
def row(school_id: int, book: str, load_id: int, number: int) -> Response:
    """Show a row as it is judged; without HTMX the whole check."""
    load = _open(school_id, book, load_id)
    if not htmx.is_fragment():
        return pages.check_page(load, book, pages.preview(load))
    return _row_part(load, book, number, "loads/_row.html", takes_focus=True)


@blueprint.get(f"{ROW}/edit")
@requires("names:edit")
def edit(school_id: int, book: str, load_id: int, number: int) -> Response:
    """Show a row as a form; without HTMX on a page of its own."""
    load = _open(school_id, book, load_id)
    cells = operations.cells_of(load, number)
    if cells is None:
        abort(404)
    data = {f"cell_{key}": text for key, text in cells.items()}
    form = _form(load, number)(data={**data, "made_from": rules.print_of(cells)})
    return _form_page(load, book, number, form)


@blueprint.post(f"{ROW}/edit")
@requires("names:edit")
def save(school_id: int, book: str, load_id: int, number: int) -> Response:
    """Mend a row and judge it anew; its row and the sums change in place."""
    load = _open(school_id, book, load_id)
    if operations.cells_of(load, number) is None:
        abort(404)
    form = _form(load, number).posted()
    if pages.uses_codes() and names_pupils(
        [(number, form.cells)], pages.register(load.part, load.joined)
    ):
        form.form_errors.append(NO_NAMES)
    if not form.validate() or form.form_errors:
        return _form_page(load, book, number, form, status=422)
    operations.set_row(load, number, form.typed, made_from=form.made_from.data or "")
    return _saved(load, book, number, "Строка исправлена.")


@blueprint.post(f"{ROW}/remove")
@requires("names:edit")
def remove(school_id: int, book: str, load_id: int, number: int) -> Response:
    load = _open(school_id, book, load_id)
    operations.remove_row(load, number)
    return htmx.leave(pages.address(load, book), "Строка убрана.")


@blueprint.post(f"{ROW}/decide")
@requires("names:edit")
def decide(school_id: int, book: str, load_id: int, number: int) -> Response:
    """Say whether the known person of a row is updated or skipped."""
    load = _open(school_id, book, load_id)
    operations.decide(load, [number], _choice())
    return _saved(load, book, number, "Выбрано.")


@blueprint.post(f"{pages.LOAD}/decide")
@requires("names:edit")
def decide_all(school_id: int, book: str, load_id: int) -> Response:
    """Say it of all the known people at once."""
    load = _open(school_id, book, load_id)
    choice, known = _choice(), pages.preview(load).of(Verdict.DIFFERENT)
    clear = [row.number for row in known if choice == SKIP or not row.is_alike]
    operations.decide(load, clear, choice)
    return htmx.leave(url_for("loads.show", book=book, load_id=load.id, _anchor="different"))


@blueprint.post(f"{pages.LOAD}/rows")
@requires("names:edit")
def fill(school_id: int, book: str, load_id: int) -> Response:
    """Put one value into a column of the rows ticked."""
    load = _open(school_id, book, load_id)
    form = ManyForm.posted().offer(pages.editable(load))
    if not form.validate():
        return pages.check_page(load, book, pages.preview(load), status=422, many=form)
    count = operations.fill_rows(
        load, form.column.data, form.value.data or "", form.pick.data or ()
    )
    return htmx.leave(pages.address(load, book), f"Поставлено в строки: {count}.")


@blueprint.post(f"{pages.LOAD}/rest")
@requires("names:edit")
def go_on(school_id: int, book: str, load_id: int) -> Response:
    """Take up what is still to mend of a load that is done, where it is mended."""
    load = pages.load(school_id, book, load_id)
    return htmx.leave(pages.address(loading.go_on(access.actor(), load), book))


def _open(school_id: int, book: str, load_id: int) -> Load:
    """Return a load whose rows can be read: one that is done leads to what it did."""
    load = pages.load(school_id, book, load_id)
    if load.state is not LoadState.OPEN or load.asked:
        htmx.stop(htmx.leave(pages.address(load, book)))
    return load


def _choice() -> str:
    choice = request.form.get("choice", "")
    return choice if choice in (UPDATE, SKIP, OTHER) else abort(400)


def _form(load: Load, number: int) -> type[RowForm]:
    return row_form(pages.editable(load), number)


def _at(load: Load, book: str, number: int) -> str:
    return url_for("loads.show", book=book, load_id=load.id, _anchor=f"row-{number}")


def _saved(load: Load, book: str, number: int, message: str) -> Response:
    if not htmx.is_fragment():
        return htmx.leave(_at(load, book, number), message)
    return _row_part(load, book, number, "loads/_row_saved.html", message=message)


def _row_part(load: Load, book: str, number: int, part: str, **more: Any) -> Response:
    shown = pages.preview(load)
    row: Row = next((row for row in shown.rows if row.number == number), None) or abort(404)
    return htmx.page(part, row=row, **pages.context(load, book, shown), **more)


def _form_page(load: Load, book: str, number: int, form: RowForm, *, status: int = 200) -> Response:
    names = [kind.name for kind in district.kinds(g.school.district_id)]
    shown = pages.preview(load)
    offered = {column.key: choices(column, load.part, names) for column in pages.editable(load)}
    return htmx.fragment(
        "loads/_row_edit.html",
        whole="loads/row.html",
        status=status,
        form=form,
        number=number,
        row=next((row for row in shown.rows if row.number == number), None) or abort(404),
        offered=offered,
        here=url_for("mending.edit", book=book, load_id=load.id, number=number),
        **pages.context(load, book, shown),
    )
