"""Pages of a transfer: from the card in the old school, and the list of the new one."""

from datetime import timedelta

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru
from nastav.access import requires
from nastav.db import NotNow
from nastav.district import queries as districts
from nastav.forms import options, posted_version, row_id
from nastav.identity.transfers import operations, queries
from nastav.identity.transfers.forms import AcceptForm, OfferForm, RefuseForm
from nastav.identity.transfers.models import Transfer
from nastav.pairs import queries as pairs
from nastav.pairs.pages import pairs_year
from nastav.people.codes import queries as codes
from nastav.people.models import Participation
from nastav.people.pages import ENTRY, address, found
from nastav.refusals import shown_in

blueprint = Blueprint("transfers", __name__)
TRANSFERS = "/schools/<int:school_id>/transfers"
ONE = f"{TRANSFERS}/<int:transfer_id>"


@blueprint.get(f"{ENTRY}/transfer")
@requires("names:edit")
def ask(school_id: int, book: str, entry_id: int) -> Response:
    row = found(school_id, book, entry_id)
    form = OfferForm(data={"left": row.left or dates.today(), "version": row.version})
    return _offer_page(form, row, book)


@blueprint.post(f"{ENTRY}/transfer")
@requires("names:edit")
def offer(school_id: int, book: str, entry_id: int) -> Response:
    """Mark the leaving and offer the pupil to the other school."""
    row = found(school_id, book, entry_id)
    form = OfferForm.posted()
    if not form.validate():
        return _offer_page(form, row, book, status=422)
    to_school, version = form.to_school_id.data, form.version.data
    with shown_in(form, lambda: _offer_page(form, row, book, status=422)):
        operations.offer(access.actor(), row, to_school, form.left.data, version=version)
    return htmx.leave(address(row, book), "Перевод предложен: новая школа должна принять ученика.")


def _offer_page(form: OfferForm, row: Participation, book: str, *, status: int = 200) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change: the day of leaving
        row = found(g.school.id, book, row.id)
    schools = districts.schools(g.school.district_id)
    others = [(school.id, school.name) for school in schools if school.id != row.school_id]
    form.to_school_id.choices = options([("", "— выберите школу —"), *others])
    year = dates.cycle_of(dates.today())
    known = pairs.pairs_with(row.school_id, row.person_id, first_year=year)
    return htmx.page(
        "identity/transfers/offer.html",
        status=status,
        form=form,
        school=g.school,
        book=book,
        entry_id=row.id,
        name=row.person.full_name,
        left=row.left,
        pairs=[
            pair_row
            for pair_row in known
            if not row.left and pair_row.holds(row.person_id, row.part)
        ],
        pairs_year=pairs_year(),
    )


@blueprint.post(f"{ENTRY}/transfer/withdraw")
@requires("names:edit")
def withdraw(school_id: int, book: str, entry_id: int) -> Response:
    """Take an offer back that the new school has not answered."""
    row = found(school_id, book, entry_id)
    transfer_id = request.form.get("transfer", -1, type=row_id)
    offered = queries.offered_by(school_id, row.person_id, transfer_id) or abort(404)
    version = posted_version()
    operations.withdraw(access.actor(), offered, version=version)
    text = "Перевод отозван. Выбытие осталось: если ученик не ушёл, верните его в базу."
    return htmx.leave(address(row, book), text)


@blueprint.get(TRANSFERS)
@requires("names:read")
def incoming(school_id: int) -> Response:
    """Show the pupils that other schools offer to this one."""
    rows = queries.incoming(school_id)
    return htmx.page("identity/transfers/board.html", school=g.school, rows=rows)


@blueprint.get(ONE)
@requires("names:edit")
def answer(school_id: int, transfer_id: int) -> Response:
    """Ask whether a pupil offered to this school is accepted."""
    return _answer_page(school_id, transfer_id)


@blueprint.post(f"{ONE}/accept")
@requires("names:edit")
def accept(school_id: int, transfer_id: int) -> Response:
    """Enter a pupil into the register of their new school."""
    offered = _found(school_id, transfer_id)
    form = AcceptForm.posted().of(offered.person.is_coded)
    if not form.validate():
        return _answer_page(school_id, transfer_id, accepting=form, status=422)
    joined, school_class, version = form.joined.data, form.school_class.data, form.version.data
    code = form.code.data if form.code else ""
    with shown_in(form, lambda: _answer_page(school_id, transfer_id, accepting=form, status=422)):
        line = operations.accept(
            access.actor(), offered, joined, school_class, version=version, code=code
        )
    if line is None:
        return htmx.leave(url_for(".incoming"), "Ученик уже принят.")
    return htmx.leave(address(line, f"{line.part}s"), "Ученик принят в базу вашей школы.")


@blueprint.post(f"{ONE}/refuse")
@requires("names:edit")
def refuse(school_id: int, transfer_id: int) -> Response:
    """Say that a pupil did not come to this school."""
    offered, form = _found(school_id, transfer_id), RefuseForm.posted()
    if not form.validate():
        return _answer_page(school_id, transfer_id, refusing=form, status=422)
    reason, version = form.reason.data or "", form.version.data
    operations.refuse(access.actor(), offered, reason, version=version)
    return htmx.leave(url_for(".incoming"), "Ответ увидит прежняя школа.")


def _found(school_id: int, transfer_id: int) -> Transfer:
    return queries.offered_to(school_id, transfer_id) or abort(404)


def _answer_page(
    school_id: int,
    transfer_id: int,
    *,
    accepting: AcceptForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> Response:
    incoming = next((row for row in queries.incoming(school_id) if row.id == transfer_id), None)
    if incoming is None:
        _found(school_id, transfer_id)  # 404 unless it was offered to this school
        raise NotNow(operations.ANSWERED)
    return htmx.page(
        "identity/transfers/answer.html",
        status=status,
        school=g.school,
        incoming=incoming,
        accepting=accepting or _accept_form(incoming),
        refusing=refusing or RefuseForm(),
    )


def _accept_form(incoming: queries.Incoming) -> AcceptForm:
    """The day after leaving; the code of the other school unless this one has given it to somebody."""
    day = min(incoming.left + timedelta(days=1), dates.today())
    is_free = ru.search_key(incoming.code) not in codes.taken(g.school.id)
    values = {
        "joined": day,
        "school_class": incoming.school_class,
        "code": incoming.code if is_free else "",
    }
    return AcceptForm(data=values).of(bool(incoming.code))
