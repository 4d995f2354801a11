"""Pages of rewards: the system and the year's awards, entering, one mentor's. Names: the school's alone."""

from datetime import date

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.forms import posted_version
from nastav.mentors.awards import operations, queries
from nastav.mentors.awards.forms import AwardForm, NewAwardForm, SystemForm
from nastav.mentors.awards.models import KIND_LABELS, Award
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import differences, shown_in

blueprint = Blueprint("awards", __name__)
REWARDS = "/schools/<int:school_id>/<int:cycle>/rewards"


@blueprint.get("/schools/<int:school_id>/rewards")
@requires("names:read")
def current() -> Response:
    return redirect(url_for(".board", cycle=_current_year()))


@blueprint.get(REWARDS)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show how the school rewards mentors, and the awards of a school year."""
    return htmx.page(
        "mentors/awards/board.html",
        school=g.school,
        year=cycle,
        system=queries.system(school_id),
        rows=queries.awards(school_id, cycle),
        mentors=_mentors(cycle),
        labels=KIND_LABELS,
    )


@blueprint.get("/schools/<int:school_id>/mentors/<int:entry_id>/rewards")
@requires("names:read")
def of_mentor(school_id: int, entry_id: int) -> Response:
    year = _current_year()
    entry = people.entry(school_id, Part.MENTOR, entry_id, first_year=year) or abort(404)
    return htmx.page(
        "mentors/awards/of_mentor.html",
        school=g.school,
        year=year,
        entry=entry,
        rows=queries.awards_of(school_id, entry.person_id),
        labels=KIND_LABELS,
        cycle_of=dates.cycle_of,
    )


@blueprint.get(f"{REWARDS}/new")
@requires("names:edit")
def new(cycle: int) -> Response:
    """Ask for an award; a mentor's page names the mentor."""
    first, last = dates.cycle_bounds(cycle)
    chosen = request.args.get("mentor", type=int)
    day = min(max(dates.today(), first), last)
    data = {"given_on": day, "mentors": [chosen] if chosen else []}
    return _new(NewAwardForm(data=data, first_year=cycle), cycle)


@blueprint.post(f"{REWARDS}/new")
@requires("names:edit")
def add(school_id: int, cycle: int) -> Response:
    """Write an award down; a second click does nothing more."""
    form = NewAwardForm.posted(first_year=cycle)
    if not form.validate():
        return _new(form, cycle, status=422)
    if htmx.is_first():
        with shown_in(form, lambda: _new(form, cycle, status=422)):
            operations.give(access.actor(), school_id, form.mentors.data or (), form.award())
    return _leave("Поощрение внесено.")


@blueprint.get(f"{REWARDS}/<int:award_id>")
@requires("names:edit")
def edit(school_id: int, cycle: int, award_id: int) -> Response:
    row = _row(school_id, award_id)
    return _edit(AwardForm(obj=row, first_year=cycle), row)


@blueprint.post(f"{REWARDS}/<int:award_id>")
@requires("names:edit")
def change(school_id: int, cycle: int, award_id: int) -> Response:
    """Save an award; of two who edit at once the second sees both versions."""
    row = _row(school_id, award_id)
    form = AwardForm.posted(first_year=cycle)
    if not form.validate():
        return _edit(form, row, status=422)
    try:
        operations.change_award(access.actor(), row, form.award(), version=form.version.data)
    except db.Conflict:
        form.version.data = row.version
        return _edit(form, row, status=409, saved=AwardForm(obj=row, first_year=cycle))
    return _leave("Поощрение сохранено.")


@blueprint.post(f"{REWARDS}/<int:award_id>/remove")
@requires("names:edit")
def remove(school_id: int, award_id: int) -> Response:
    version = posted_version()
    operations.remove_award(access.actor(), _row(school_id, award_id), version=version)
    return _leave("Поощрение удалено.")


@blueprint.get(f"{REWARDS}/system")
@requires("names:edit")
def edit_system(school_id: int) -> Response:
    row = queries.system(school_id)
    return _system(SystemForm(obj=row) if row else SystemForm())


@blueprint.post(f"{REWARDS}/system")
@requires("names:edit")
def save_system(school_id: int) -> Response:
    form = SystemForm.posted()
    if not form.validate():
        return _system(form, status=422)
    try:
        version = form.version.data
        operations.save_system(access.actor(), school_id, form.system(), version=version)
    except db.Conflict:
        row = queries.system(school_id)
        form.version.data = row.version if row else 0
        return _system(form, status=409, saved=SystemForm(obj=row))
    return _leave("Система поощрений сохранена.")


def _current_year() -> int:
    cycle = districts.current_cycle(g.school.district_id, dates.today())
    return cycle.first_year if cycle else dates.cycle_of(dates.today())


def _row(school_id: int, award_id: int) -> Award:
    return queries.award(school_id, award_id) or abort(404)


def _mentors(cycle: int) -> dict[int, Entry]:
    """Return everybody ever in the register of mentors by the person's id, the latest line of each."""
    entries = people.register(g.school.id, Part.MENTOR, first_year=cycle)
    return {entry.person_id: entry for entry in sorted(entries, key=lambda entry: entry.joined)}


def _in_year(entry: Entry, bounds: tuple[date, date]) -> bool:
    first, last = bounds
    is_over = entry.left is not None and entry.left < first
    return not entry.is_mistake and entry.joined <= last and not is_over


def _leave(message: str) -> Response:
    at = url_for("awards.board")
    return htmx.leave(at, message)


def _new(form: NewAwardForm, cycle: int, *, status: int = 200) -> Response:
    ticked, bounds = set(form.mentors.data or ()), dates.cycle_bounds(cycle)
    entries = people.register(g.school.id, Part.MENTOR, first_year=cycle)
    offered = {entry.person_id: entry for entry in entries if _in_year(entry, bounds)}
    return htmx.page(
        "mentors/awards/new.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        mentors=list(offered.values()),
        ticked=ticked,
    )


def _edit(
    form: AwardForm, row: Award, *, status: int = 200, saved: AwardForm | None = None
) -> Response:
    return htmx.page(
        "mentors/awards/edit.html",
        status=status,
        form=form,
        school=g.school,
        year=g.cycle.first_year,
        row=row,
        mentor=_mentors(g.cycle.first_year).get(row.person_id),
        differences=differences(saved, form) if saved else [],
    )


def _system(form: SystemForm, *, status: int = 200, saved: SystemForm | None = None) -> Response:
    return htmx.page(
        "mentors/awards/system.html",
        status=status,
        form=form,
        school=g.school,
        year=g.cycle.first_year,
        differences=differences(saved, form) if saved else [],
    )
