"""Consents: the list of the missing ones, a person's papers, the district's rule."""

from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.consents import operations, paste, queries
from nastav.consents.forms import (
    OTHER_PURPOSES,
    ConsentForm,
    PaperForm,
    RuleForm,
    lines,
    saved_consent,
    ticked_forms,
)
from nastav.consents.models import SIGNER_LABELS, Consent
from nastav.consents.rules import DEFECT_LABELS
from nastav.db import Conflict
from nastav.forms import posted_block, posted_version
from nastav.intake.block import Spread
from nastav.paging import PER_PAGE, form_rows
from nastav.people import queries as people
from nastav.people.codes.rules import title
from nastav.people.pages import BOOK, BOOKS
from nastav.people.rows import Entry
from nastav.refusals import differences

blueprint = Blueprint("consents", __name__)
LIST = "/schools/<int:school_id>/consents"
CONSENTS = f"{BOOK}/<int:entry_id>/consents"
CONSENT = f"{CONSENTS}/<int:consent_id>"
RULE = "/districts/<int:district_id>/settings/consents"


@blueprint.get(LIST)
@requires("names:read")
def missing() -> Response:
    """List everybody without a consent, each with a tick and a date for the paper that came."""
    return _list_page(queries.missing(g.school, dates.today()), {})


@blueprint.post(LIST)
@requires("names:edit")
def take() -> Response:
    """Enter the papers of everybody ticked, or nothing."""
    found = queries.missing(g.school, dates.today())
    block = posted_block()
    if block is not None:
        return _preview(found, block)
    forms = ticked_forms(found, request.form)
    if not request.form.getlist("got"):
        return _list_page(found, {}, status=422, error="Отметьте, чьи согласия получены.")
    bad = [form for form in forms.values() if not form.validate()]
    if bad:
        return _list_page(found, forms, status=422, error="Исправьте отмеченные строки.")
    if not htmx.is_first():
        return htmx.leave(url_for(".missing"))
    papers = {person_id: form.facts() for person_id, form in forms.items()}
    if papers:
        operations.add_consents(access.actor(), g.school, papers)
    count = ru.counted(len(papers), "согласие", "согласия", "согласий")
    return htmx.leave(url_for(".missing"), f"Внесено: {count}.")


def _preview(found: list[queries.Missing], text: str) -> Response:
    """Show the list with the pasted block in it; nothing is saved."""
    spread = paste.spread(text, found)
    data = MultiDict(request.form)
    paste.put(data, spread, found)
    forms = ticked_forms(found, data)
    bad = [form for form in forms.values() if not form.validate()]
    return _list_page(
        found,
        forms,
        status=200 if spread.cells else 422,
        error="Исправьте отмеченные строки." if bad else "",
        sent=data,
        spread=spread,
    )


def _list_page(
    found: list[queries.Missing],
    forms: dict[int, PaperForm],
    *,
    status: int = 200,
    error: str = "",
    sent: Any = None,
    spread: Spread[int] | None = None,
) -> Response:
    # whoever was ticked is on the page that comes back, though the list has changed meanwhile
    people = sorted(found, key=lambda missing: missing.who.person_id not in forms)
    shown = form_rows(people, max(PER_PAGE, len(forms)))
    is_lost = spread is not None and not spread.cells
    return htmx.page(
        "consents/board.html",
        status=status,
        school=g.school,
        shown=shown,
        heading=title(missing.who for missing in shown.rows),
        lines=lines(shown.rows, forms, request.form if sent is None else sent),
        labels=DEFECT_LABELS,
        signers=SIGNER_LABELS,
        both_from=queries.grade_of_own_signature(g.school.district_id),
        error=error,
        spread=spread,
        pasted=request.form["pasted"] if is_lost else "",
    )


@blueprint.get(f"{CONSENTS}/new")
@requires("names:edit")
def new(school_id: int, book: str, entry_id: int) -> Response:
    entry = _entry(school_id, book, entry_id)
    signer = queries.person_signer(g.school, entry)
    form = ConsentForm(data={"signed_on": dates.today(), "signer": signer, "for_programme": True})
    return _form_page(form, entry, book)


@blueprint.post(f"{CONSENTS}/new")
@requires("names:edit")
def create(school_id: int, book: str, entry_id: int) -> Response:
    entry = _entry(school_id, book, entry_id)
    form = ConsentForm.posted()
    if not form.validate():
        return _form_page(form, entry, book, status=422)
    if htmx.is_first():
        operations.add_consents(access.actor(), g.school, {entry.person_id: form.facts()})
    return htmx.leave(url_for("person.card", book=book, entry_id=entry_id), "Согласие внесено.")


@blueprint.get(CONSENT)
@requires("names:edit")
def edit(school_id: int, book: str, entry_id: int, consent_id: int) -> Response:
    """Ask what to correct in a consent, or when it was withdrawn."""
    entry, row = _found(school_id, book, entry_id, consent_id)
    return _form_page(saved_consent(row), entry, book, row=row)


@blueprint.post(CONSENT)
@requires("names:edit")
def change(school_id: int, book: str, entry_id: int, consent_id: int) -> Response:
    """Save a consent; of two who edit at once the second sees both versions."""
    entry, row = _found(school_id, book, entry_id, consent_id)
    form = ConsentForm.posted()
    if not form.validate():
        return _form_page(form, entry, book, row=row, status=422)
    try:
        version = form.version.data
        operations.change_consent(access.actor(), row, form.facts(), version=version)
    except Conflict:
        form.version.data = row.version
        return _form_page(form, entry, book, row=row, saved=saved_consent(row), status=409)
    return htmx.leave(url_for("person.card", book=book, entry_id=entry_id), "Согласие сохранено.")


@blueprint.post(f"{CONSENT}/remove")
@requires("names:edit")
def remove(school_id: int, book: str, entry_id: int, consent_id: int) -> Response:
    """Take out a consent entered by mistake."""
    _, row = _found(school_id, book, entry_id, consent_id)
    version = posted_version()
    operations.remove_consent(access.actor(), row, version=version)
    return htmx.leave(url_for("person.card", book=book, entry_id=entry_id), "Согласие удалено.")


def _entry(school_id: int, book: str, entry_id: int) -> Entry:
    year = dates.cycle_of(dates.today())
    entry = people.entry(school_id, BOOKS[book], entry_id, first_year=year)
    if entry is None:
        abort(404)
    return entry


def _found(school_id: int, book: str, entry_id: int, consent_id: int) -> tuple[Entry, Consent]:
    entry = _entry(school_id, book, entry_id)
    row = queries.consent(school_id, entry.person_id, consent_id)
    if row is None:
        abort(404)
    return entry, row


def _form_page(
    form: ConsentForm,
    entry: Entry,
    book: str,
    *,
    row: Consent | None = None,
    saved: ConsentForm | None = None,
    status: int = 200,
) -> Response:
    return htmx.page(
        "consents/consent.html",
        status=status,
        form=form,
        differences=differences(saved, form) if saved else [],
        entry=entry,
        book=book,
        school=g.school,
        consent_id=row.id if row else None,
        saved_version=row.version if row else None,
        other_purposes=OTHER_PURPOSES,
    )


@blueprint.get(RULE)
@requires("settings:edit")
def rule() -> Response:
    """Show from which grade on pupils sign for themselves too."""
    return _rule_page(RuleForm(obj=g.district))


@blueprint.post(RULE)
@requires("settings:edit")
def change_rule() -> Response:
    form = RuleForm.posted()
    if not form.validate():
        return _rule_page(form, status=422)
    grade, version = form.consent_both_from.data, form.version.data
    try:
        operations.set_grade(access.actor(), g.district, grade, version=version)
    except Conflict:
        form.version.data = g.district.version
        return _rule_page(form, status=409)
    return htmx.leave(url_for(".rule"), "Правило сохранено.")


def _rule_page(form: RuleForm, *, status: int = 200) -> Response:
    return htmx.page(
        "consents/rule.html",
        status=status,
        form=form,
        is_stale=status == 409,
        saved=g.district.consent_both_from,
    )
