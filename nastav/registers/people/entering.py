"""Entering people into a register one by one; a table of them is loaded in `loads/`.

The register itself, a person's card and leaving show or change pairs, so they stand above: in
`nastav/pairs/registers/`.
"""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.people import operations, queries
from nastav.people.codes import queries as codes
from nastav.people.forms import NewPersonForm
from nastav.people.models import Part
from nastav.people.pages import BOOK, BOOKS
from nastav.people.rules import Namesakes, NewPerson
from nastav.refusals import NotAllowed, blame

blueprint = Blueprint("person_new", __name__)


@blueprint.get(f"{BOOK}/new")
@requires("names:edit")
def new(book: str) -> Response:
    """Ask for a new line of a register."""
    form = NewPersonForm(data={"joined": dates.today()})
    form.for_part(BOOKS[book], uses_codes=codes.is_on(g.school.district_id))
    return _new_page(form, book)


@blueprint.post(f"{BOOK}/new")
@requires("names:edit")
def create(school_id: int, book: str) -> Response:
    """Enter one person, after asking about namesakes."""
    part = BOOKS[book]
    form = NewPersonForm.posted()
    form.for_part(part, uses_codes=codes.is_on(g.school.district_id))
    if not form.validate():
        return _new_page(form, book, status=422)
    if not htmx.is_first():
        return htmx.leave(url_for("register.register", book=book))
    same_as = form.same_as.data or ""
    typed = form.person(int(same_as) if same_as.isdecimal() and same_as != "0" else None)
    namesakes = _namesakes(school_id, typed.name_key)
    other = Part.MENTOR if part is Part.MENTEE else Part.MENTEE
    doubles = namesakes.same(typed, part) if not form.is_other.data else []
    offered = namesakes.same(typed, other) if not same_as and not form.is_other.data else []
    if doubles or offered:
        return _new_page(form, book, status=422, doubles=doubles, offered=offered)
    return _add(form, book, typed)


def _add(form: NewPersonForm, book: str, typed: NewPerson) -> Response:
    try:
        added = operations.add_person(access.actor(), g.school, BOOKS[book], typed)
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _new_page(form, book, status=422)
    to = "person_new.new" if request.form.get("next") == "again" else "register.register"
    notice = f"В базу добавлена запись №{ru.NBSP}{added.number}."
    return htmx.leave(url_for(to, book=book), notice)


def _new_page(form: NewPersonForm, book: str, *, status: int = 200, **more: object) -> Response:
    return htmx.page(
        "registers/people/new.html",
        status=status,
        form=form,
        book=book,
        school=g.school,
        **more,
    )


def _namesakes(school_id: int, name_key: str = "") -> Namesakes:
    year = dates.cycle_of(dates.today())
    return Namesakes(queries.possible_namesakes(school_id, name_key, first_year=year), year)
