"""Pages of a district's own templates: the kinds of papers, one kind, a template being tried."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor, requires
from nastav.audit import downloads
from nastav.blanks import checking, operations, pages, queries
from nastav.blanks.forms import BlankForm
from nastav.blanks.models import Blank
from nastav.bodies import takes_files
from nastav.papers import answers, builder, drawer, inspection
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import Kind

blueprint = Blueprint("blanks", __name__)
BOARD = "/districts/<int:district_id>/settings/papers"
KIND = f"{BOARD}/<key>"
BLANK = f"{KIND}/<int:blank_id>"


@blueprint.get(BOARD)
@requires("settings:edit")
def board(district_id: int) -> Response:
    """Show which papers there are, and of which template each is made."""
    return htmx.page(
        "blanks/board.html",
        stages=pages.by_stage(pages.offered()),
        in_use=queries.all_in_use(district_id),
    )


@blueprint.get(KIND)
@requires("settings:edit")
def show(key: str) -> Response:
    return _kind_page(_kind(key), BlankForm())


@blueprint.post(KIND)
@requires("settings:edit")
@takes_files
def take(district_id: int, key: str) -> Response:
    """Check a template and keep it to be looked at; what is wrong with it is named, nothing is kept."""
    kind, form = _kind(key), BlankForm.posted()
    if not form.validate() or form.upload is None:
        return _kind_page(kind, form, 422)
    with form.upload.stream as sent:
        content = sent.read(inspection.LARGEST + 1)
    db.pause()  # nobody waits while the file is read
    if faults := checking.faults(content, kind):
        form.file.errors = [pages.refusal(faults)]
        return _kind_page(kind, form, 422, faults)
    made = operations.keep(actor(), district_id, kind, content)
    return htmx.leave(url_for(".tried", key=key, blank_id=made.id))


@blueprint.get(f"{KIND}/ours.docx")
@requires("settings:edit")
def ours(key: str) -> Response:
    """Give our template, with its fields, to be edited in Word."""
    kind = _kind(key)
    name = f"{kind.file}-obrazec.docx"
    downloads.noted(name)
    return answers.saved(
        builder.template(kind.text), name, f"Образец — {kind.name}.docx", answers.WORD
    )


@blueprint.get(BLANK)
@requires("settings:edit")
def tried(key: str, blank_id: int) -> Response:
    """Show a template filled with an invented school, drawn from the document that would be signed."""
    return _tried_page(_kind(key), _blank(key, blank_id))


@blueprint.get(f"{BLANK}/example.docx")
@requires("settings:edit")
def example(key: str, blank_id: int) -> Response:
    """Give what the page of a template shows, in Word."""
    kind, blank = _kind(key), _blank(key, blank_id)
    content, refusal = pages.example(kind, queries.content(blank.id))
    if refusal:
        return _tried_page(kind, blank, 409)
    name = f"{kind.file}-primer.docx"
    downloads.noted(name)
    return answers.saved(content, name, f"Пример — {kind.name}.docx", answers.WORD)


@blueprint.get(f"{BLANK}/blank.docx")
@requires("settings:edit")
def file(key: str, blank_id: int) -> Response:
    """Give a template as it was sent."""
    kind, blank = _kind(key), _blank(key, blank_id)
    content = queries.content(blank.id)
    name = f"{kind.file}-blank-{blank.number or 0}.docx"
    downloads.noted(name)
    return answers.saved(content, name, f"Бланк — {kind.name}.docx", answers.WORD)


@blueprint.post(f"{BLANK}/introduce")
@requires("settings:edit")
def introduce(key: str, blank_id: int) -> Response:
    """Put a template in use, a new one or any former one."""
    kind, blank = _kind(key), _blank(key, blank_id)
    if request.form.get("sum") != blank.sha256:
        raise db.Conflict  # one that was looked at is gone, and its number is another's
    if pages.example(kind, queries.content(blank.id))[1]:
        return _tried_page(kind, blank, 422)
    operations.introduce(actor(), blank, kind, instead_of=_instead_of())
    message = f"Введено: {kind.name}, редакция {blank.number}. Новые бумаги школ будут по ней."
    return htmx.leave(url_for(".show", key=key), message)


@blueprint.post(f"{KIND}/ours")
@requires("settings:edit")
def withdraw(district_id: int, key: str) -> Response:
    """Put our template back in use."""
    kind = _kind(key)
    operations.withdraw(actor(), district_id, kind, instead_of=_instead_of())
    return htmx.leave(url_for(".show", key=key), f"Снова образец сайта: {kind.name}.")


def _kind(key: str) -> Kind:
    kind = KINDS.get(key)
    return kind if kind is not None and pages.has_ours(kind) else abort(404)


def _blank(key: str, blank_id: int) -> Blank:
    return queries.blank(g.district.id, key, blank_id) or abort(404)


def _instead_of() -> int:
    return request.form.get("instead_of", -1, type=int)


def _present(kind: Kind) -> Blank | None:
    return queries.in_use(g.district.id, kind.key)


def _tried_page(kind: Kind, blank: Blank, status: int = 200) -> Response:
    """Show a template; one of a former kind of the paper, whose fields are others by now, says so."""
    made, refusal = pages.example(kind, queries.content(blank.id))
    return htmx.page(
        "blanks/tried.html",
        status=status,
        kind=kind,
        blank=blank,
        present=_present(kind),
        refusal=refusal,
        blocks=drawer.draw(made) if made else [],
        layout=drawer.layout(made) if made else None,
        back=url_for(".show", key=kind.key),
    )


def _kind_page(
    kind: Kind, form: BlankForm, status: int = 200, faults: list[str] | None = None
) -> Response:
    return htmx.page(
        "blanks/kind.html",
        status=status,
        kind=kind,
        form=form,
        faults=faults or [],
        fields=pages.fields(kind),
        needed=pages.needed(kind),
        present=_present(kind),
        versions=queries.versions(g.district.id, kind.key),
        tried=queries.tried(g.district.id, kind.key),
    )
