"""The page that asks which column is which, and what a school has said of it before."""

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.columns.column import Asked
from nastav.columns.register import columns
from nastav.loads import pages
from nastav.loads.headings import operations, queries, rules
from nastav.loads.headings.forms import ColumnsForm, columns_form
from nastav.loads.models import Load, LoadState
from nastav.people.pages import BOOKS

blueprint = Blueprint("headings", __name__)


@blueprint.get(f"{pages.LOAD}/columns")
@requires("names:edit")
def ask(school_id: int, book: str, load_id: int) -> Response:
    """Ask what stands in the columns that nobody understands."""
    load = pages.load(school_id, book, load_id)
    if not load.asked or load.state is not LoadState.OPEN:
        return htmx.leave(pages.address(load, book))
    return _page(load, book, _form(load)())


@blueprint.post(f"{pages.LOAD}/columns")
@requires("names:edit")
def answer(school_id: int, book: str, load_id: int) -> Response:
    """Name the columns, remember them for the school, lead to the check."""
    load = pages.load(school_id, book, load_id)
    if not load.asked:
        return htmx.leave(pages.address(load, book))  # sent twice
    form = _form(load).posted()
    titles = {column.key: column.title for column in columns(load.part)}
    if form.validate() and (wrong := rules.problem(load.rows, form.chosen, titles)):
        form.form_errors.append(wrong)
    if form.errors:
        return _page(load, book, form, status=422)
    operations.name_columns(access.actor(), load, form.chosen)
    return htmx.leave(pages.address(load, book))


@blueprint.post(f"{pages.IMPORT}/columns/forget")
@requires("names:edit")
def forget(school_id: int, book: str) -> Response:
    """Forget what was said of the school's headings."""
    known = queries.answers(school_id, BOOKS[book])
    operations.forget(access.actor(), school_id, BOOKS[book], list(known))
    return htmx.leave(url_for("loads.ask", book=book), "О столбцах спросим снова.")


def _form(load: Load) -> type[ColumnsForm]:
    asked = [Asked(**{**column, "samples": tuple(column["samples"])}) for column in load.asked]
    offered = rules.offered(load.part, load.rows, uses_codes=pages.uses_codes())
    return columns_form(asked, offered)


def _page(load: Load, book: str, form: ColumnsForm, *, status: int = 200) -> Response:
    return htmx.page(
        "loads/columns.html",
        status=status,
        load=load,
        book=book,
        school=g.school,
        form=form,
        read=rules.read_already(load.part, load.rows),
        rows=len(load.rows),
    )
