"""Pages of occasions: the school year's list, entering one, changing it."""

from datetime import date

from flask import Blueprint, abort, g, redirect, request
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.forms import posted_version
from nastav.gatherings.occasions import operations, queries
from nastav.gatherings.occasions.forms import PHRASES, OccasionForm, posted_form
from nastav.gatherings.occasions.models import SPHERES, Occasion
from nastav.paging import FORM_ROWS, form_rows
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import differences, shown_in

blueprint = Blueprint("occasions", __name__)
OCCASIONS = "/schools/<int:school_id>/<int:cycle>/occasions"
OCCASION = f"{OCCASIONS}/<int:occasion_id>"
LISTED = 2 * FORM_ROWS  # a tick and a role each


@blueprint.get("/schools/<int:school_id>/occasions")
@requires("names:read")
def current(school_id: int) -> Response:
    """Lead on to the current school year."""
    cycle = districts.current_cycle(g.school.district_id, dates.today())
    year = cycle.first_year if cycle else dates.cycle_of(dates.today())
    return redirect(f"/schools/{school_id}/{year}/occasions")


@blueprint.get(OCCASIONS)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show the events of a school year, and in how many each mentee took part."""
    rows = queries.occasions(school_id, cycle)
    return htmx.page(
        "gatherings/occasions/board.html",
        school=g.school,
        year=cycle,
        rows=rows,
        spheres=[
            (text, len(found), sum(one.present for one in found))
            for sphere, text in SPHERES.items()
            if (found := [one for one in rows if one.sphere is sphere])
        ],
        count=queries.counts([school_id], cycle).get(school_id, queries.NOTHING),
        mentees=_mentees(cycle),
        times=queries.times(school_id, cycle),
    )


@blueprint.get(f"{OCCASIONS}/new")
@requires("names:edit")
def new(school_id: int, cycle: int) -> Response:
    """Ask for an event; `?mentee=` comes from a card and is ticked."""
    ticked = request.args.getlist("mentee", type=int)
    data = {"held_on": _last_day(cycle), "present": ticked}
    return _page(OccasionForm(first_year=cycle, data=data), cycle)


@blueprint.post(f"{OCCASIONS}/new")
@requires("names:edit")
def add(school_id: int, cycle: int) -> Response:
    """Add an event with those who took part."""
    form = posted_form(cycle)
    if not form.validate():
        return _page(form, cycle, status=422)
    if htmx.is_first():
        with shown_in(form, lambda: _page(form, cycle, status=422)):
            operations.add_occasion(access.actor(), school_id, form.occasion(), form.parts())
    return htmx.leave(_address(cycle), "Участие внесено.")


@blueprint.get(OCCASION)
@requires("names:read")
def card(school_id: int, cycle: int, occasion_id: int) -> Response:
    """Show an event and who took part; the curator changes both here."""
    row = _row(school_id, occasion_id)
    return _page(_saved_form(row, cycle), cycle, row)


@blueprint.post(OCCASION)
@requires("names:edit")
def change(school_id: int, cycle: int, occasion_id: int) -> Response:
    """Save an event; of two who edit at once the second sees both versions."""
    row = _row(school_id, occasion_id)
    form = posted_form(cycle, queries.parts(row.id))
    if not form.validate():
        return _page(form, cycle, row, status=422)
    typed, version = (form.occasion(), form.parts()), form.version.data
    try:
        with shown_in(form, lambda: _page(form, cycle, row, status=422)):
            operations.change_occasion(access.actor(), row, *typed, version=version)
    except db.Conflict:
        form.version.data = row.version
        return _page(form, cycle, row, status=409, saved=_saved_form(row, cycle))
    return htmx.leave(_address(cycle), "Участие сохранено.")


@blueprint.post(f"{OCCASION}/remove")
@requires("names:edit")
def remove(school_id: int, cycle: int, occasion_id: int) -> Response:
    """Remove an event entered by mistake."""
    version = posted_version()
    operations.remove_occasion(access.actor(), _row(school_id, occasion_id), version=version)
    return htmx.leave(_address(cycle), "Мероприятие удалено.")


def _address(cycle: int) -> str:
    return f"/schools/{g.school.id}/{cycle}/occasions"


def _row(school_id: int, occasion_id: int) -> Occasion:
    return queries.occasion(school_id, occasion_id) or abort(404)


def _saved_form(row: Occasion, cycle: int) -> OccasionForm:
    parts = queries.parts(row.id)
    return OccasionForm(obj=row, data={"present": list(parts)}, first_year=cycle, roles=parts)


def _last_day(cycle: int) -> date:
    first, last = dates.cycle_bounds(cycle)
    return min(max(dates.today(), first), last)


def _mentees(cycle: int, ticked: frozenset[int] = frozenset()) -> list[Entry]:
    """Return who was in the register in the school year, once each, and whoever is ticked."""
    first, last = dates.cycle_bounds(cycle)
    found = {
        one.person_id: one
        for one in people.register(g.school.id, Part.MENTEE, first_year=cycle)
        if one.person_id in ticked
        or (not one.is_mistake and one.joined <= last and (one.left is None or one.left >= first))
    }
    return list(found.values())


def _page(
    form: OccasionForm,
    cycle: int,
    row: Occasion | None = None,
    *,
    status: int = 200,
    saved: OccasionForm | None = None,
) -> Response:
    ticked = frozenset(one for one in form.present.data or () if one)
    mentees = _mentees(cycle, ticked)
    mentees.sort(key=lambda one: one.person_id not in ticked)  # those ticked stand first
    return htmx.page(
        "gatherings/occasions/occasion.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=row,
        sphere=SPHERES[row.sphere] if row else "",
        mentees=mentees,
        shown=form_rows(mentees, LISTED),
        ticked=ticked,
        phrases=PHRASES,
        differences=differences(saved, form) if saved else [],
    )
