"""Leaving a register, coming back, and the mark «внесён по ошибке»."""

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru
from nastav.access import requires
from nastav.db import NotNow
from nastav.forms import posted_version
from nastav.identity.transfers import queries as transfers
from nastav.identity.transfers.models import TransferState
from nastav.pairs import queries
from nastav.pairs.forms import LeaveForm, ReturnForm
from nastav.pairs.leaving import leave_register, undo_leaving
from nastav.pairs.pages import pairs_year
from nastav.people import operations as people
from nastav.people.leaving import come_back as enter_again
from nastav.people.models import Participation
from nastav.people.pages import ENTRY, address, found
from nastav.refusals import shown_in
from nastav.registers.people.card import card_page

blueprint = Blueprint("person_leaving", __name__)


@blueprint.get(f"{ENTRY}/leave")
@requires("names:edit")
def ask_leave(school_id: int, book: str, entry_id: int) -> Response:
    """Ask when and why somebody left the register, and say which pairs that ends; or ask what is right."""
    row = found(school_id, book, entry_id)
    said = {"left": row.left or dates.today(), "reason": row.left_reason}
    form = LeaveForm(data={**said, "version": row.version})
    return _leave_page(form, row, book)


@blueprint.post(f"{ENTRY}/leave")
@requires("names:edit")
def leave(school_id: int, book: str, entry_id: int) -> Response:
    """Mark the day of leaving, in the register and in the pairs."""
    row = found(school_id, book, entry_id)
    form = LeaveForm.posted()
    if not form.validate():
        return _leave_page(form, row, book, status=422)
    _check_here(row)
    was, said = (row.left, row.left_reason), (form.left.data, form.reason.data)
    notice = "Выбытие исправлено." if row.left and was != said else "Выбытие отмечено."
    with shown_in(form, lambda: _leave_page(form, row, book, status=422)):
        ended = leave_register(
            access.actor(), row, form.left.data, form.reason.data or "", version=form.version.data
        )
    if ended:
        count = ru.counted(len(set(ended)), "паре", "парах", "парах")
        notice += f" Участие закончено и в {count}: проверьте, не пора ли их завершить."
    return htmx.leave(address(row, book), notice)


def _leave_page(form: LeaveForm, row: Participation, book: str, *, status: int = 200) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change: the first of several pairs
        row = found(g.school.id, book, row.id)
    year = dates.cycle_of(dates.today())
    pairs = queries.pairs_with(row.school_id, row.person_id, first_year=year)
    return htmx.page(
        "registers/people/leave.html",
        status=status,
        form=form,
        school=g.school,
        book=book,
        entry_id=row.id,
        name=row.person.full_name,
        joined=row.joined,
        has_left=row.left is not None,
        version=row.version,
        pairs=[pair for pair in pairs if pair.holds(row.person_id, row.part)],
        pairs_year=pairs_year(),
    )


@blueprint.post(f"{ENTRY}/leave/undo")
@requires("names:edit")
def undo(school_id: int, book: str, entry_id: int) -> Response:
    """Take the mark of leaving back, in the register and in the pairs that go on."""
    row = found(school_id, book, entry_id)
    _check_here(row)
    undo_leaving(access.actor(), row, version=posted_version())
    return htmx.leave(address(row, book), "Отметка о выбытии снята.")


def _check_here(row: Participation) -> None:
    """Refuse to change a leaving that goes with a transfer.

    Raises:
        NotNow: the pupil is offered to another school or went there.
    """
    offer = transfers.last_offer(row.school_id, row.person_id, row.part)
    if offer is None or offer.left != row.left:
        return  # there is none, or it goes with an earlier leaving
    if offer.state in (TransferState.OFFERED, TransferState.ACCEPTED):
        raise NotNow("Ученик переводится в другую школу: день выбытия стоит в переводе.")


@blueprint.post(f"{ENTRY}/return")
@requires("names:edit")
def come_back(school_id: int, book: str, entry_id: int) -> Response:
    """Enter somebody who left into the register again."""
    row = found(school_id, book, entry_id)
    form = ReturnForm.posted()
    if not form.validate():
        return card_page(row, book, form, status=422)
    with shown_in(form, lambda: card_page(row, book, form, status=422)):
        again = enter_again(access.actor(), row, form.joined.data)
    return htmx.leave(address(again, book), "Снова в базе.")


@blueprint.get(f"{ENTRY}/mistake")
@requires("names:edit")
def ask_mistake(school_id: int, book: str, entry_id: int) -> Response:
    """Ask to confirm that somebody was entered by mistake, and say which pairs that touches."""
    row = found(school_id, book, entry_id)
    year = dates.cycle_of(dates.today())
    pairs = queries.pairs_with(school_id, row.person_id, first_year=year)
    return htmx.page(
        "registers/people/mistake.html",
        school=g.school,
        book=book,
        entry_id=row.id,
        version=row.version,
        name=row.person.full_name,
        is_mistake=row.is_mistake,
        pairs=[pair for pair in pairs if pair.has(row.person_id, row.part)],
        pairs_year=pairs_year(),
    )


@blueprint.post(f"{ENTRY}/mistake")
@requires("names:edit")
def mistake(school_id: int, book: str, entry_id: int) -> Response:
    """Mark somebody as entered by mistake, or take the mark off."""
    row = found(school_id, book, entry_id)
    is_mistake = request.form.get("undo") != "1"
    version = posted_version()
    people.mark_mistake(access.actor(), row, is_mistake=is_mistake, version=version)
    notice = (
        "Запись отмечена как ошибочная и нигде не считается."
        if is_mistake
        else "Запись снова считается."
    )
    return htmx.leave(address(row, book), notice)
