"""A school's own practices: writing, publishing, taking back. The board they go to is in `board`."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import access, db, htmx
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import posted_version
from nastav.people import queries as people
from nastav.practices import operations, queries, rules
from nastav.practices.board import routes as board
from nastav.practices.forms import PracticeForm
from nastav.practices.models import Practice
from nastav.refusals import NotAllowed, differences, shown_in

blueprint = Blueprint("practices", __name__)
blueprint.register_blueprint(board.blueprint)
OWN = "/schools/<int:school_id>/practices"
ONE = f"{OWN}/<int:practice_id>"


# a draft may still hold names: it is read under the right that names are read under
@blueprint.get(OWN)
@requires("names:read")
def own(school_id: int) -> Response:
    """List the school's practices and where each stands."""
    return htmx.page(
        "practices/own.html",
        school=g.school,
        rows=queries.practices(school_id),
        labels=rules.LABELS,
    )


@blueprint.get(f"{OWN}/new")
@requires("names:edit")
def new() -> Response:
    return _edit(PracticeForm())


@blueprint.post(f"{OWN}/new")
@requires("names:edit")
def add(school_id: int) -> Response:
    """Keep a draft; a second click keeps no other."""
    form = PracticeForm.posted()
    if not form.validate():
        return _edit(form, status=422)
    if not htmx.is_first():
        return htmx.leave(url_for(".own"))
    with shown_in(form, lambda: _edit(form, status=422)):
        row = operations.add_practice(access.actor(), school_id, form.practice())
    return _leave(row.id, "Черновик сохранён. В банке практик его пока нет.")


@blueprint.get(ONE)
@requires("names:read")
def card(school_id: int, practice_id: int) -> Response:
    """Show a practice as the board would, and what keeps it from there."""
    return _card(_row(school_id, practice_id))


@blueprint.get(f"{ONE}/edit")
@requires("names:edit")
def edit(school_id: int, practice_id: int) -> Response:
    row = _row(school_id, practice_id)
    return _edit(PracticeForm(obj=row), row)


@blueprint.post(f"{ONE}/edit")
@requires("names:edit")
def change(school_id: int, practice_id: int) -> Response:
    """Save a practice; of two who edit at once the second sees both versions."""
    row = _row(school_id, practice_id)
    form = PracticeForm.posted()
    if not form.validate():
        return _edit(form, row, status=422)
    try:
        with shown_in(form, lambda: _edit(form, row, status=422)):
            version = form.version.data
            operations.change_practice(access.actor(), row, form.practice(), version=version)
    except db.Conflict:
        form.version.data = row.version
        return _edit(form, row, status=409, saved=PracticeForm(obj=row))
    return _leave(row.id, "Практика сохранена.")


@blueprint.post(f"{ONE}/publish")
@requires("names:edit")
def publish(school_id: int, practice_id: int) -> Response:
    """Put a practice on the board, unless it names somebody."""
    row = _row(school_id, practice_id)
    try:
        operations.publish(access.actor(), row, version=_version())
    except NotAllowed:
        return _card(row, status=422)
    return _leave(row.id, "Практика в банке практик.")


@blueprint.post(f"{ONE}/take-back")
@requires("names:edit")
def take_back(school_id: int, practice_id: int) -> Response:
    """Take a practice off the board; it stays with the school as a draft."""
    operations.take_back(access.actor(), _row(school_id, practice_id), version=_version())
    return _leave(practice_id, "Практика убрана из банка, черновик остался у школы.")


@blueprint.post(f"{ONE}/remove")
@requires("names:edit")
def remove(school_id: int, practice_id: int) -> Response:
    """Remove a practice that is not on the board."""
    operations.remove_practice(access.actor(), _row(school_id, practice_id), version=_version())
    return htmx.leave(url_for(".own"), "Практика удалена.")


def _row(school_id: int, practice_id: int) -> Practice:
    return queries.practice(school_id, practice_id) or abort(404)


def _version() -> int:
    return posted_version()


def _leave(practice_id: int, message: str) -> Response:
    at = url_for("practices.card", practice_id=practice_id)
    return htmx.leave(at, message)


def _card(row: Practice, status: int = 200) -> Response:
    return htmx.page(
        "practices/card.html",
        status=status,
        school=g.school,
        row=row,
        kind=kinds.kind(g.school.district_id, row.kind_id),
        remarks=rules.remarks(row, people.surnames(g.school.id)),
        is_refused=status == 422,
        labels=rules.LABELS,
    )


def _edit(
    form: PracticeForm,
    row: Practice | None = None,
    *,
    status: int = 200,
    saved: PracticeForm | None = None,
) -> Response:
    offered = [
        (kind.id, kind.name)
        for kind in kinds.all_kinds(g.school.district_id)
        if not kind.is_hidden or (row and kind.id == row.kind_id)
    ]
    for each in (form, saved):
        if each is not None:
            each.kind_id.choices = offered
    return htmx.page(
        "practices/edit.html",
        status=status,
        school=g.school,
        form=form,
        row=row,
        differences=differences(saved, form) if saved else [],
    )
