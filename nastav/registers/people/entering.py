"""Entering people into a register one by one; a table of them is loaded in `loads/`.

The register itself, a person's card and leaving show or change pairs, so they stand above: in
`nastav/pairs/registers/`.
"""

from collections.abc import Sequence

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, classes, dates, htmx, ru
from nastav.access import requires
from nastav.identity.matches.within import operations as within
from nastav.people import operations, queries
from nastav.people.codes import queries as codes
from nastav.people.forms import NewPersonForm
from nastav.people.models import Kind, Part
from nastav.people.pages import BOOK, BOOKS, address, found
from nastav.people.rows import Entry
from nastav.people.rules import Namesakes, NewPerson
from nastav.refusals import NotAllowed, blame

blueprint = Blueprint("person_new", __name__)
OTHER = "0"  # in the place of a line: another child of the name


@blueprint.get(f"{BOOK}/new")
@requires("names:edit")
def new(book: str) -> Response:
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
    same_as, again = form.same_as.data or "", form.again.data or ""
    typed = form.person(int(same_as) if same_as.isdecimal() and same_as != "0" else None)
    namesakes = _namesakes(school_id)
    other = Part.MENTOR if part is Part.MENTEE else Part.MENTEE
    doubles = namesakes.same(typed, part) if not form.is_other.data else []
    is_asked = not same_as and not form.is_other.data
    offered = namesakes.of_name(typed, other) if is_asked else []
    alike = namesakes.alike(typed, part) if not form.is_other.data and not doubles else []
    known = next((entry for entry in alike if str(entry.id) == again and entry.can_move), None)
    if known:
        return _same_child(book, known, typed)
    if doubles or offered or (alike and again != OTHER):
        asked = {"doubles": doubles, "offered": offered, "alike": alike}
        return _new_page(form, book, status=422, **asked)
    apart = namesakes.of_name(typed, part) if form.is_other.data else alike
    apart += namesakes.of_name(typed, other) if same_as == OTHER else []
    return _add(form, book, typed, apart=apart if typed.kind is Kind.PUPIL else [])


def _same_child(book: str, known: Entry, typed: NewPerson) -> Response:
    """Give the child who is in the register already the class that was typed."""
    row = found(g.school.id, book, known.id)
    operations.change_class(access.actor(), row, typed)
    notice = f"Запись осталась одна, №{ru.NBSP}{known.number}: класс теперь "
    return htmx.leave(
        address(row, book), f"{notice}{classes.class_name(typed.grade or 0, typed.letter)}."
    )


def _add(
    form: NewPersonForm, book: str, typed: NewPerson, *, apart: Sequence[Entry] = ()
) -> Response:
    """Enter somebody; those of the name who are another child are told apart for good."""
    try:
        added = operations.add_person(access.actor(), g.school, BOOKS[book], typed)
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _new_page(form, book, status=422)
    if typed.same_as:  # the class of the form is the newer one
        line = found(g.school.id, book, added.participation_id)
        operations.change_class(access.actor(), line, typed)
    for number in sorted({entry.number for entry in apart}):
        within.tell_apart(access.actor(), g.school, number, added.number)
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


def _namesakes(school_id: int) -> Namesakes:
    year = dates.cycle_of(dates.today())
    return Namesakes(queries.possible_namesakes(school_id, "", first_year=year), year)
