"""The card of a person in a register, with all that is known of them, and changing it."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, unit
from nastav.access import requires
from nastav.consents import queries as consents
from nastav.consents.models import SIGNER_LABELS
from nastav.consents.rules import DEFECT_LABELS
from nastav.db import Conflict
from nastav.district.kinds import queries as kinds
from nastav.gatherings.occasions import queries as occasions
from nastav.gatherings.training import queries as training
from nastav.identity.matches import queries as matches
from nastav.identity.merging import queries as merges
from nastav.identity.transfers import queries as transfers
from nastav.mentors.profiles import queries as profiles
from nastav.mentors.profiles.forms import DECISIONS
from nastav.pairs import queries
from nastav.pairs.forms import ReturnForm
from nastav.pairs.leaving import check_joined
from nastav.pairs.pages import pairs_year
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.changes import queries as changes
from nastav.people.codes import queries as codes
from nastav.people.forms import PersonForm, saved_form
from nastav.people.models import Part, Participation
from nastav.people.pages import ENTRY, address, found
from nastav.people.rows import Entry
from nastav.refusals import differences, shown_in
from nastav.registers.codes import operations as replacing
from nastav.registers.people.became import BecameForm

blueprint = Blueprint("person", __name__)


@blueprint.get(ENTRY)
@requires("names:read")
def card(school_id: int, book: str, entry_id: int) -> Response:
    """Show one line of a register: the person, their pairs, classes, parts and changes."""
    unit.for_once("a person's card")
    row = found(school_id, book, entry_id)
    today = dates.today()
    offered = None if row.left == today else today  # the day of leaving still counts
    return card_page(row, book, ReturnForm(data={"joined": offered}))


def card_page(row: Participation, book: str, form: ReturnForm, *, status: int = 200) -> Response:
    """Return the card; `form` asks the day of coming back, where that can be."""
    year = dates.cycle_of(dates.today())
    lines = registers.history(row.school_id, row.person_id, first_year=year)
    entry = next(line for line in lines if line.id == row.id)
    return htmx.page(
        "registers/people/card.html",
        status=status,
        school=g.school,
        book=book,
        entry=entry,
        version=row.version,
        lines=lines,
        can_return=bool(row.left) and not row.is_mistake and not _is_current(lines, row),
        pairs=queries.pairs_with(row.school_id, row.person_id, first_year=year),
        pairs_year=pairs_year(),
        classes=registers.classes_by_year(row.school_id, row.person_id),
        merges=merges.merges_into(row.school_id, row.person_id),
        is_doubled=matches.is_doubled(row.school_id, row.person_id, dates.today()),
        is_elsewhere=not entry.left and registers.is_elsewhere(row.school_id, row.person_id),
        consents=consents.consents(row.school_id, row.person_id),
        consent_defect=consents.person_defect(g.school, entry, dates.today()),
        defect_labels=DEFECT_LABELS,
        signers=SIGNER_LABELS,
        changes=changes.changes(row.school_id, row.person_id),
        transfer=transfers.last_offer(row.school_id, row.person_id, row.part),
        **_of_part(row),
        form=form,
    )


def _of_part(row: Participation) -> dict[str, object]:
    """What the card shows besides: a mentee's events, a mentor's profile and training."""
    if row.part is Part.MENTEE:
        return {"occasions": occasions.attended(row.school_id, row.person_id)}
    profile = profiles.profile(row.school_id, row.person_id)
    offered = {kind.id: kind.name for kind in kinds.all_kinds(g.school.district_id)}
    wanted = profiles.wanted_kinds(profile.id) if profile else []
    leads = len(queries.led_by(row.school_id, row.person_id))
    most = profile.most_mentees if profile else None
    return {
        "profile": profile,
        "leads_over": leads if most and leads > most else 0,
        "wanted_kinds": [offered[kind_id] for kind_id in wanted if kind_id in offered],
        "decisions": DECISIONS,
        "trainings": training.attended(row.school_id, row.person_id),
    }


def _is_current(lines: list[Entry], row: Participation) -> bool:
    return any(
        line.left is None and not line.is_mistake and line.part is row.part for line in lines
    )


@blueprint.get(f"{ENTRY}/edit")
@requires("names:edit")
def edit(school_id: int, book: str, entry_id: int) -> Response:
    row = found(school_id, book, entry_id)
    return _edit_page(_filled(row), row, book)


@blueprint.post(f"{ENTRY}/edit")
@requires("names:edit")
def change(school_id: int, book: str, entry_id: int) -> Response:
    """Save a person; of two who edit at once the second sees both versions."""
    row = found(school_id, book, entry_id)
    form = PersonForm.posted()
    form.for_part(row.part, uses_codes=codes.is_on(g.school.district_id), saved=row.person)
    before, became = row.person.kind, BecameForm.posted()
    is_asked = form.kind.data is not before  # the answer says what counts on which day
    if not form.validate() or (is_asked and not became.validate()):
        return _edit_page(form, row, book, status=422, became=became if is_asked else None)
    data = form.person()
    versions = {"version": form.version.data, "person_version": form.person_version.data}
    try:
        with shown_in(became, lambda: _edit_page(form, row, book, status=422, became=became)):
            with shown_in(form, lambda: _edit_page(form, row, book, status=422)):
                check_joined(row, data.joined)
                people.change_person(access.actor(), row, data, **versions)
            if is_asked:
                became.keep(row, before)
            if data.is_coded:
                replacing.forget_name(row)
    except Conflict:
        saved = _filled(row)
        form.version.data, form.person_version.data = row.version, row.person.version
        return _edit_page(form, row, book, status=409, saved=saved)
    return htmx.leave(address(row, book), "Изменения сохранены.")


def _filled(row: Participation) -> PersonForm:
    year = dates.cycle_of(dates.today())
    line = registers.entry(row.school_id, row.part, row.id, first_year=year)
    uses_codes = codes.is_on(g.school.district_id)
    known, group = (line.school_class, line.age_group) if line else (None, None)
    return saved_form(row, known, group, uses_codes=uses_codes)


def _edit_page(
    form: PersonForm,
    row: Participation,
    book: str,
    *,
    status: int = 200,
    saved: PersonForm | None = None,
    became: BecameForm | None = None,
) -> Response:
    return htmx.page(
        "registers/people/edit.html",
        status=status,
        form=form,
        became=became,
        differences=differences(saved, form) if saved else [],
        school=g.school,
        book=book,
        entry_id=row.id,
        name=row.person.full_name,
    )
