"""One action for many of a register: who is ticked, what it asks, all of them or nobody."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru, unit
from nastav.access import requires
from nastav.forms import row_id
from nastav.people import queries as people
from nastav.people.models import Participation
from nastav.people.pages import BOOK, BOOKS
from nastav.refusals import shown_in
from nastav.registers.people import deeds, operations
from nastav.registers.people.deeds import Deed
from nastav.registers.people.routes import register_page

blueprint = Blueprint("many", __name__)
CHOSEN = f"{BOOK}/chosen"
PEOPLE = ("человек", "человека", "человек")


@blueprint.post(CHOSEN)
@requires("names:edit")
@unit.reading
def ask(school_id: int, book: str) -> Response:
    """Show who is ticked and ask what the action needs; nothing is saved yet."""
    deed, rows = _deed(book), _rows(school_id, book)
    if not rows:
        error = "Отметьте, с кем это сделать." if not _ids() else GONE
        return register_page(school_id, book, "", status=422, error=error)
    return _page(deeds.asked(deed), deed, book, rows)


@blueprint.post(f"{CHOSEN}/save")
@requires("names:edit")
def carry_out(school_id: int, book: str) -> Response:
    """Do it with everybody on the page, or with nobody."""
    what = _deed(book)
    form = deeds.sent(what)
    is_valid = form.validate()
    if is_valid and what in ONCE and not htmx.is_first():
        return htmx.leave(url_for("register.register", book=book))
    rows = _rows(school_id, book)
    if not rows:
        return register_page(school_id, book, "", status=422, error=GONE)
    if not is_valid:
        return _page(form, what, book, rows, status=422)
    try:
        with shown_in(form, lambda: _page(form, what, book, rows, status=422)):
            _DEEDS[what](access.actor(), g.school, rows, form.data, _versions())
    except db.Conflict:
        db.discard()
        return _page(form, what, book, _rows(school_id, book), status=409)
    count = ru.counted(len(rows), *PEOPLE)
    return htmx.leave(url_for("register.register", book=book), f"{_DONE[what]}: {count}.")


GONE = "Кого-то из отмеченных в этой базе нет. Ничего не сделано: отметьте заново."
ONCE = {Deed.CONSENT, Deed.TRAINING, Deed.LEAVE}  # the others tell a second copy by its values
_DEEDS = {
    Deed.CONSENT: operations.take_consents,
    Deed.CLASS: operations.set_class,
    Deed.TRAINING: operations.add_to_training,
    Deed.NEED: operations.set_need,
    Deed.LEAVE: operations.leave_together,
}
_DONE = {
    Deed.CONSENT: "Согласия внесены",
    Deed.CLASS: "Класс указан",
    Deed.TRAINING: "На обучение записаны",
    Deed.NEED: "Основной запрос указан",
    Deed.LEAVE: "Выбытие отмечено",
}


def _deed(book: str) -> Deed:
    text = request.form.get("deed", "")
    found = next((deed for deed in deeds.offered(BOOKS[book]) if deed == text), None)
    return found or abort(404)


def _ids() -> list[int]:
    return list(dict.fromkeys(map(row_id, request.form.getlist("pick"))))


def _rows(school_id: int, book: str) -> list[Participation]:
    """Return the lines ticked; none at all when one of them is not, or not now, in the register."""
    rows = people.standing(school_id, BOOKS[book], _ids())
    return rows if len(rows) == len(_ids()) else []


def _versions() -> dict[int, int]:
    return {key: request.form.get(f"version-{key}", -1, type=int) for key in _ids()}


def _page(
    form: object, deed: Deed, book: str, rows: list[Participation], *, status: int = 200
) -> Response:
    entries = {
        entry.id: entry
        for entry in people.register(
            g.school.id, BOOKS[book], first_year=dates.cycle_of(dates.today())
        )
    }
    return htmx.page(
        "registers/people/many.html",
        status=status,
        school=g.school,
        book=book,
        form=form,
        deed=deed,
        label=deeds.LABELS[deed],
        rows=[(entries[row.id], row.version) for row in rows],
        is_changed=status == 409,
        year=dates.cycle_of(dates.today()),
    )
