"""Pages of training: the school year's list, entering one, changing it."""

from datetime import date

from flask import Blueprint, abort, g, redirect
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.forms import posted_version
from nastav.gatherings.training import operations, queries
from nastav.gatherings.training.forms import TrainingForm
from nastav.gatherings.training.models import Training
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import differences, shown_in

blueprint = Blueprint("training", __name__)
TRAINING = "/schools/<int:school_id>/<int:cycle>/training"


@blueprint.get("/schools/<int:school_id>/training")
@requires("names:read")
def current(school_id: int) -> Response:
    """Lead on to the current school year."""
    cycle = districts.current_cycle(g.school.district_id, dates.today())
    year = cycle.first_year if cycle else dates.cycle_of(dates.today())
    return redirect(f"/schools/{school_id}/{year}/training")


@blueprint.get(TRAINING)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show the training of a school year, who is trained and who is not."""
    day = _last_day(cycle)
    mentors = [one for one in _mentors(cycle) if one.is_on(day)]
    trained = queries.trained(school_id, day)
    return htmx.page(
        "gatherings/training/board.html",
        school=g.school,
        year=cycle,
        rows=queries.trainings(school_id, cycle),
        mentors=mentors,
        trained=trained,
        untrained=[one for one in mentors if one.person_id not in trained],
    )


@blueprint.get(f"{TRAINING}/new")
@requires("names:edit")
def new(school_id: int, cycle: int) -> Response:
    """Ask for a training."""
    form = TrainingForm(first_year=cycle, data={"held_on": _last_day(cycle)})
    return _page(form, cycle)


@blueprint.post(f"{TRAINING}/new")
@requires("names:edit")
def add(school_id: int, cycle: int) -> Response:
    """Add a training."""
    form = TrainingForm.posted(first_year=cycle)
    if not form.validate():
        return _page(form, cycle, status=422)
    if htmx.is_first():
        present = frozenset(form.present.data or ())
        with shown_in(form, lambda: _page(form, cycle, status=422)):
            operations.add_training(access.actor(), school_id, form.training(), present)
    return htmx.leave(f"/schools/{school_id}/{cycle}/training", "Обучение внесено.")


@blueprint.get(f"{TRAINING}/<int:training_id>")
@requires("names:read")
def card(school_id: int, cycle: int, training_id: int) -> Response:
    """Show a training and who took part; the curator changes both here."""
    row = _row(school_id, training_id)
    return _page(_saved_form(row, cycle), cycle, row)


@blueprint.post(f"{TRAINING}/<int:training_id>")
@requires("names:edit")
def change(school_id: int, cycle: int, training_id: int) -> Response:
    """Save a training; of two who edit at once the second sees both versions."""
    row = _row(school_id, training_id)
    form = TrainingForm.posted(first_year=cycle)
    if not form.validate():
        return _page(form, cycle, row, status=422)
    present = frozenset(form.present.data or ())
    try:
        with shown_in(form, lambda: _page(form, cycle, row, status=422)):
            operations.change_training(
                access.actor(), row, form.training(), present, version=form.version.data
            )
    except db.Conflict:
        form.version.data = row.version
        return _page(form, cycle, row, status=409, saved=_saved_form(row, cycle))
    return htmx.leave(f"/schools/{school_id}/{cycle}/training", "Обучение сохранено.")


@blueprint.post(f"{TRAINING}/<int:training_id>/remove")
@requires("names:edit")
def remove(school_id: int, cycle: int, training_id: int) -> Response:
    """Remove a training entered by mistake."""
    version = posted_version()
    operations.remove_training(access.actor(), _row(school_id, training_id), version=version)
    return htmx.leave(f"/schools/{school_id}/{cycle}/training", "Обучение удалено.")


def _row(school_id: int, training_id: int) -> Training:
    return queries.training(school_id, training_id) or abort(404)


def _saved_form(row: Training, cycle: int) -> TrainingForm:
    return TrainingForm(obj=row, data={"present": queries.present(row.id)}, first_year=cycle)


def _last_day(cycle: int) -> date:
    first, last = dates.cycle_bounds(cycle)
    return min(max(dates.today(), first), last)


def _mentors(cycle: int) -> list[Entry]:
    return people.register(g.school.id, Part.MENTOR, first_year=cycle)


def _page(
    form: TrainingForm,
    cycle: int,
    row: Training | None = None,
    *,
    status: int = 200,
    saved: TrainingForm | None = None,
) -> Response:
    ticked = set(form.present.data or ())
    first, last = dates.cycle_bounds(cycle)
    mentors = {
        one.person_id: one
        for one in _mentors(cycle)
        if one.person_id in ticked
        or (not one.is_mistake and one.joined <= last and (one.left is None or one.left >= first))
    }
    return htmx.page(
        "gatherings/training/training.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=row,
        mentors=list(mentors.values()),
        ticked=ticked,
        differences=differences(saved, form) if saved else [],
    )
