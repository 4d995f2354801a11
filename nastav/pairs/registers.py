"""Pages of the registers that show or end pairs: the list, a person's card, changing, leaving.

They stand here and not in `people`, which may not look up at pairs; entering people is in
`nastav/people/routes.py`.
"""

from typing import Any

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.db import Conflict
from nastav.pairs import lists, operations, queries
from nastav.pairs.forms import STATES, LeaveForm, ReturnForm
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.forms import NEEDS, PersonForm, blame, differences, saved_form
from nastav.people.models import Participation
from nastav.people.operations import NotAllowed
from nastav.people.routes import BOOK, BOOKS

blueprint = Blueprint("registers", __name__)
ENTRY = f"{BOOK}/<int:entry_id>"


@blueprint.get(BOOK)
@requires("names:read")
def register(school_id: int, book: str) -> Response:
    """Show who is in a register, searched, filtered, a hundred to a page."""
    part, today = BOOKS[book], dates.today()
    asked = _asked()
    entries = registers.register(school_id, part, first_year=dates.cycle_of(today))
    paired = queries.partners(school_id, part, today)
    rows = lists.chosen(entries, paired, asked["show"], asked["sort"], asked["q"])
    return htmx.fragment(
        "pairs/_register.html",
        whole="pairs/register.html",
        school=g.school,
        book=book,
        asked=asked,
        shown=lists.page_of(rows, request.args.get("page", 1, type=int)),
        tally=lists.tally(entries, paired),
        paired=paired,
        target=queries.target(school_id, part, today.year),
        year=today.year,
        pairs_year=_pairs_year(),
        is_fragment=htmx.is_fragment(),
        is_empty=not entries,
    )


def _asked() -> dict[str, Any]:
    return {
        "q": request.args.get("q", "")[:100],
        "show": request.args.get("show", lists.Show.CURRENT, type=lists.Show),
        "sort": request.args.get("sort", lists.Sort.NAME, type=lists.Sort),
    }


def _pairs_year() -> int:
    """The school year under whose address pairs are shown from here."""
    return queries.year_of_pairs(g.school.district_id, dates.today())


@blueprint.get(ENTRY)
@requires("names:read")
def card(school_id: int, book: str, entry_id: int) -> Response:
    """Show one line of a register: the person, both parts they take, their pairs."""
    row = _row(school_id, book, entry_id)
    return _card(row, book, ReturnForm(data={"joined": dates.today()}))


def _card(row: Participation, book: str, form: ReturnForm, *, status: int = 200) -> Response:
    year = dates.cycle_of(dates.today())
    lines = registers.history(row.school_id, row.person_id, first_year=year)
    return htmx.page(
        "pairs/person.html",
        status=status,
        school=g.school,
        book=book,
        one=next(one for one in lines if one.id == row.id),
        version=row.version,
        lines=lines,
        can_return=bool(row.left) and not _is_current(lines, row),
        pairs=queries.pairs_with(row.school_id, row.person_id, first_year=year),
        pairs_year=_pairs_year(),
        states=STATES,
        form=form,
    )


def _is_current(lines: list[registers.Entry], row: Participation) -> bool:
    return any(one.left is None and not one.is_mistake and one.part is row.part for one in lines)


@blueprint.get(f"{ENTRY}/edit")
@requires("names:edit")
def edit(school_id: int, book: str, entry_id: int) -> Response:
    """Ask what to change."""
    row = _row(school_id, book, entry_id)
    return _edit_page(_filled(row), row, book)


@blueprint.post(f"{ENTRY}/edit")
@requires("names:edit")
def change(school_id: int, book: str, entry_id: int) -> Response:
    """Save a person; of two who edit at once the second sees both versions."""
    row = _row(school_id, book, entry_id)
    form = PersonForm.posted()
    form.for_part(row.part)
    if not form.validate():
        return _edit_page(form, row, book, status=422)
    data = form.person()
    versions = {"version": form.version.data, "person_version": form.person_version.data}
    try:
        operations.check_joined(row, data.joined)
        people.change_person(access.actor(), row, data, **versions)
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _edit_page(form, row, book, status=422)
    except Conflict:
        saved = _filled(row)
        form.version.data, form.person_version.data = row.version, row.person.version
        return _edit_page(form, row, book, status=409, saved=saved)
    return htmx.leave(_address(row, book), "Изменения сохранены.")


def _filled(row: Participation) -> PersonForm:
    year = dates.cycle_of(dates.today())
    line = registers.entry(row.school_id, row.part, row.id, first_year=year)
    return saved_form(row, line.school_class if line else None)


def _edit_page(
    form: PersonForm,
    row: Participation,
    book: str,
    *,
    status: int = 200,
    saved: PersonForm | None = None,
) -> Response:
    return htmx.page(
        "pairs/person_edit.html",
        status=status,
        form=form,
        differences=differences(saved, form) if saved else [],
        school=g.school,
        book=book,
        entry_id=row.id,
        name=row.person.full_name,
        needs=NEEDS,
    )


@blueprint.get(f"{ENTRY}/leave")
@requires("names:edit")
def ask_leave(school_id: int, book: str, entry_id: int) -> Response:
    """Ask when and why somebody left the register, and say which pairs that ends."""
    row = _row(school_id, book, entry_id)
    form = LeaveForm(data={"left": dates.today(), "version": row.version})
    return _leave_page(form, row, book)


@blueprint.post(f"{ENTRY}/leave")
@requires("names:edit")
def leave(school_id: int, book: str, entry_id: int) -> Response:
    """Mark the day of leaving, in the register and in the pairs."""
    row = _row(school_id, book, entry_id)
    form = LeaveForm.posted()
    if not form.validate():
        return _leave_page(form, row, book, status=422)
    try:
        ended = operations.leave_register(
            access.actor(), row, form.left.data, form.reason.data or "", version=form.version.data
        )
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _leave_page(form, row, book, status=422)
    notice = "Выбытие отмечено."
    if ended:
        count = ru.counted(len(set(ended)), "паре", "парах", "парах")
        notice += f" Участие закончено и в {count}: проверьте, не пора ли их завершить."
    return htmx.leave(_address(row, book), notice)


def _leave_page(form: LeaveForm, row: Participation, book: str, *, status: int = 200) -> Response:
    year = dates.cycle_of(dates.today())
    pairs = queries.pairs_with(row.school_id, row.person_id, first_year=year)
    return htmx.page(
        "pairs/person_leave.html",
        status=status,
        form=form,
        school=g.school,
        book=book,
        entry_id=row.id,
        name=row.person.full_name,
        joined=row.joined,
        pairs=[one for one in pairs if one.holds(row.person_id, row.part)],
        pairs_year=_pairs_year(),
    )


@blueprint.post(f"{ENTRY}/return")
@requires("names:edit")
def come_back(school_id: int, book: str, entry_id: int) -> Response:
    """Enter somebody who left into the register again."""
    row = _row(school_id, book, entry_id)
    form = ReturnForm.posted()
    if not form.validate():
        return _card(row, book, form, status=422)
    try:
        again = people.come_back(access.actor(), row, form.joined.data)
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _card(row, book, form, status=422)
    return htmx.leave(_address(again, book), "Снова в реестре.")


@blueprint.get(f"{ENTRY}/mistake")
@requires("names:edit")
def ask_mistake(school_id: int, book: str, entry_id: int) -> Response:
    """Ask to confirm that somebody was entered by mistake, and say which pairs that touches."""
    row = _row(school_id, book, entry_id)
    year = dates.cycle_of(dates.today())
    pairs = queries.pairs_with(school_id, row.person_id, first_year=year)
    return htmx.page(
        "pairs/person_mistake.html",
        school=g.school,
        book=book,
        entry_id=row.id,
        version=row.version,
        name=row.person.full_name,
        is_mistake=row.is_mistake,
        pairs=[one for one in pairs if one.has(row.person_id, row.part)],
        pairs_year=_pairs_year(),
        states=STATES,
    )


@blueprint.post(f"{ENTRY}/mistake")
@requires("names:edit")
def mistake(school_id: int, book: str, entry_id: int) -> Response:
    """Mark somebody as entered by mistake, or take the mark off."""
    row = _row(school_id, book, entry_id)
    is_mistake = request.form.get("undo") != "1"
    version = request.form.get("version", -1, type=int)
    people.mark_mistake(access.actor(), row, is_mistake=is_mistake, version=version)
    notice = (
        "Запись отмечена как ошибочная и нигде не считается."
        if is_mistake
        else "Запись снова считается."
    )
    return htmx.leave(_address(row, book), notice)


def _row(school_id: int, book: str, entry_id: int) -> Participation:
    row = registers.participation(school_id, BOOKS[book], entry_id)
    if row is None:
        abort(404)
    return row


def _address(row: Participation, book: str) -> str:
    return f"/schools/{row.school_id}/{book}/{row.id}"
