"""Documents of an activity: each its own small form, one file a post."""

from collections.abc import Sequence
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, g, request
from werkzeug.wrappers import Response as AnyResponse

from nastav import access, db, htmx
from nastav.access import requires
from nastav.bodies import takes_files
from nastav.db import Conflict
from nastav.stages import documents as queries
from nastav.stages import pages, rules
from nastav.stages.documents import Document
from nastav.stages.evidence import forms, operations
from nastav.stages.evidence.forms import DocumentForm
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow

blueprint = Blueprint("evidence", __name__)

STAGE = "/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>"
NEW = f"{STAGE}/activities/<int:number>/documents"
DOCUMENT = f"{STAGE}/documents/<int:document_id>"


@blueprint.get(f"{NEW}/new")
@requires("stages:edit")
def new(ordinal: int, number: int) -> AnyResponse:
    """Ask for a document's details, or offer last year's."""
    page = _open(ordinal)
    return _new_form(page, pages.activity(page, number), DocumentForm())


@blueprint.post(f"{NEW}/new")
@requires("stages:edit")
@takes_files
def add(school_id: int, cycle: int, ordinal: int, number: int) -> AnyResponse:
    page = pages.load(ordinal)
    row = pages.activity(page, number)
    form = DocumentForm.posted(school_year=cycle)
    form.room = _room(school_id)
    if not form.validate() or page.sheet.is_locked:
        return _new_form(page, row, form, _refusal(page))
    if pages.is_first_copy():
        operations.add_document(access.actor(), page.sheet, row, form.details, form.upload)
    return htmx.leave(_at(page, row), _sentence("добавлен", form, had_file=False))


@blueprint.post(f"{NEW}/last-year")
@requires("stages:edit")
def take_over(school_id: int, ordinal: int, number: int) -> AnyResponse:
    """Copy the details of the documents ticked among last year's."""
    page = pages.load(ordinal)
    row = pages.activity(page, number)
    offered = queries.documents_of_last_year(school_id, g.cycle, row.key)
    ticked = forms.chosen(offered, request.form.getlist("document"))
    if not ticked or page.sheet.is_locked:
        form = DocumentForm()
        form.form_errors = [] if ticked else ["Отметьте хотя бы один документ прошлого года."]
        return _new_form(page, row, form, _refusal(page), ticked)
    if pages.is_first_copy():
        operations.take_over(access.actor(), page.sheet, row, ticked)
    return htmx.leave(_at(page, row), "Взято из прошлого года. Проверьте номера и даты.")


@blueprint.get(DOCUMENT)
@requires("stages:edit")
def document(ordinal: int, document_id: int) -> AnyResponse:
    """Show a document's details to be mended."""
    page = _open(ordinal)
    found, row = _document(page, document_id)
    return _form(page, row, found, DocumentForm(obj=found, file=None))


@blueprint.post(DOCUMENT)
@requires("stages:edit")
@takes_files
def change(school_id: int, cycle: int, ordinal: int, document_id: int) -> AnyResponse:
    """Save a document's details; a file that is sent takes the place of the old one."""
    page = pages.load(ordinal)
    found, row = _document(page, document_id)
    form = DocumentForm.posted(school_year=cycle)
    form.room = _room(school_id) + found.size
    if not form.validate() or page.sheet.is_locked:
        return _form(page, row, found, form, _refusal(page))
    actor, version = access.actor(), form.version.data
    try:
        operations.change_document(
            actor, page.sheet, row, found, form.details, version=version, upload=form.upload
        )
    except Conflict:
        form.version.data = found.version
        return _form(page, row, found, form, 409)
    return htmx.leave(_at(page, row), _sentence("сохранён", form, had_file=found.has_file))


@blueprint.post(f"{DOCUMENT}/remove")
@requires("stages:edit")
def remove(cycle: int, ordinal: int, document_id: int) -> AnyResponse:
    """Remove a document, unless it is all that proves its activity."""
    page = pages.load(ordinal)
    found, row = _document(page, document_id)
    form = DocumentForm.posted(school_year=cycle)
    if page.sheet.is_locked:
        return _form(page, row, found, DocumentForm(obj=found, file=None), 409)
    if rules.is_last_proof(row.status, len(row.documents), page.counted(row)):
        form = DocumentForm(obj=found, file=None)
        form.form_errors = [
            "Это единственное подтверждение выполненного мероприятия. Сначала добавьте другой "
            "документ или измените статус мероприятия."
        ]
        return _form(page, row, found, form, 422)
    version = form.version.data
    operations.remove_document(access.actor(), page.sheet, row, found, version=version)
    return htmx.leave(_at(page, row), f"Документ удалён: {found.details}.")


@blueprint.get(f"{DOCUMENT}/file")
@requires("stages:read")
def download(ordinal: int, document_id: int) -> AnyResponse:
    """Give the file of a document out as an attachment, and note it in the journal."""
    page = pages.load(ordinal)
    found, _ = _document(page, document_id)
    if not found.has_file:
        abort(404)
    if not page.shows_file(found):
        abort(403)
    content = queries.file(found.id)
    actor, sheet = access.actor(), page.sheet
    db.beforehand(lambda: operations.note_download(actor, sheet, found))
    return _attachment(found, content or b"")


def _attachment(found: Document, content: bytes) -> Response:
    ending = found.file_name.rpartition(".")[2]
    answer = Response(content, mimetype=found.media_type)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="document-{found.id}.{ending}"; '
        f"filename*=UTF-8''{quote(found.file_name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _open(ordinal: int) -> StagePage:
    """Return the stage, or lead back to its page, which says why nothing may be changed now."""
    page = pages.load(ordinal)
    if page.sheet.is_locked:
        htmx.stop(htmx.leave(page.url, pages.LOCKED))
    return page


def _refusal(page: StagePage) -> int:
    """A stage locked meanwhile is a conflict, whatever else is to be mended."""
    return 409 if page.sheet.is_locked else 422


def _document(page: StagePage, document_id: int) -> tuple[Document, ActivityRow]:
    rows = page.sheet.activities
    pairs = (
        (document, row) for row in rows for document in row.documents if document.id == document_id
    )
    found = next(pairs, None)
    if found is None:
        abort(404)
    return found


def _sentence(done: str, form: DocumentForm, *, had_file: bool) -> str:
    """Say what was done, and whether there is a file: one may have been dropped on the way."""
    if form.upload:
        return f"Документ {done}, файл приложен: {form.details.text}.{form.notes}"
    if had_file:
        return f"Документ {done}, файл прежний: {form.details.text}."
    return f"Документ {done} без файла: {form.details.text}."


def _room(school_id: int) -> int:
    quota = int(current_app.config["SCHOOL_FILES_MB"]) * 1024 * 1024
    return quota - queries.bytes_used(school_id)


def _at(page: StagePage, row: ActivityRow) -> str:
    return f"{page.url}#activity-{row.ordinal}"


def _new_form(
    page: StagePage,
    row: ActivityRow,
    form: DocumentForm,
    status: int = 200,
    ticked: Sequence[Document] = (),
) -> AnyResponse:
    return htmx.page(
        "stages/document_new.html",
        status=status,
        page=page,
        row=row,
        form=form,
        ticked=[document.id for document in ticked],
        last_year=queries.documents_of_last_year(page.sheet.school_id, g.cycle, row.key),
        crumbs=page.crumbs,
    )


def _form(
    page: StagePage, row: ActivityRow, found: Document, form: DocumentForm, status: int = 200
) -> AnyResponse:
    return htmx.page(
        "stages/document.html",
        status=status,
        page=page,
        row=row,
        document=found,
        form=form,
        is_conflict=status == 409 and not page.sheet.is_locked,
        crumbs=page.crumbs,
    )
