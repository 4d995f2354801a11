"""Pages of training: the school year's list, entering one, changing it."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import requires
from nastav.gatherings.pages import Pages
from nastav.gatherings.queries import last_day
from nastav.gatherings.training import queries
from nastav.gatherings.training.forms import TrainingForm
from nastav.gatherings.training.models import TrainingAttendance
from nastav.people import queries as people
from nastav.people.models import Part

blueprint = Blueprint("training", __name__)
TRAINING = "/schools/<int:school_id>/<int:cycle>/training"
PAGES = Pages(
    of=TrainingAttendance,
    form=TrainingForm,
    template="gatherings/training/training.html",
    board="training.board",
    added="Обучение внесено.",
    changed="Обучение сохранено.",
    removed="Обучение удалено.",
)


@blueprint.get("/schools/<int:school_id>/training")
@requires("names:read")
def current() -> Response:
    return PAGES.current()


@blueprint.get(TRAINING)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show the training of a school year, who is trained and who is not."""
    day = last_day(cycle)
    mentors = [
        entry
        for entry in people.register(school_id, Part.MENTOR, first_year=cycle)
        if entry.is_on(day)
    ]
    trained = queries.trained(school_id, day)
    return htmx.page(
        "gatherings/training/board.html",
        school=g.school,
        year=cycle,
        rows=queries.trainings(school_id, cycle),
        mentors=mentors,
        untrained=[mentor for mentor in mentors if mentor.person_id not in trained],
    )


@blueprint.get(f"{TRAINING}/new")
@requires("names:edit")
def new(cycle: int) -> Response:
    return PAGES.new(cycle)


@blueprint.post(f"{TRAINING}/new")
@requires("names:edit")
def add(cycle: int) -> Response:
    return PAGES.add(cycle)


@blueprint.get(f"{TRAINING}/<int:training_id>")
@requires("names:read")
def card(cycle: int, training_id: int) -> Response:
    """Show a training and who took part; the curator changes both here."""
    return PAGES.card(cycle, training_id)


@blueprint.post(f"{TRAINING}/<int:training_id>")
@requires("names:edit")
def change(cycle: int, training_id: int) -> Response:
    """Save a training; of two who edit at once the second sees both versions."""
    return PAGES.change(cycle, training_id)


@blueprint.post(f"{TRAINING}/<int:training_id>/remove")
@requires("names:edit")
def remove(cycle: int, training_id: int) -> Response:
    return PAGES.remove(cycle, training_id)
