"""Pages of occasions: the school year's list, entering one, changing it."""

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import requires
from nastav.gatherings.occasions import queries
from nastav.gatherings.occasions.forms import PHRASES, OccasionForm
from nastav.gatherings.occasions.models import SPHERES, OccasionPart
from nastav.gatherings.pages import Pages
from nastav.gatherings.queries import to_tick

blueprint = Blueprint("occasions", __name__)
OCCASIONS = "/schools/<int:school_id>/<int:cycle>/occasions"
OCCASION = f"{OCCASIONS}/<int:occasion_id>"
PAGES = Pages(
    of=OccasionPart,
    form=OccasionForm,
    template="gatherings/occasions/occasion.html",
    board="occasions.board",
    added="Участие внесено.",
    changed="Участие сохранено.",
    removed="Мероприятие удалено.",
    phrases=PHRASES,
)


@blueprint.get("/schools/<int:school_id>/occasions")
@requires("names:read")
def current() -> Response:
    return PAGES.current()


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
            (text, len(found), sum(occasion_line.present for occasion_line in found))
            for sphere, text in SPHERES.items()
            if (found := [row for row in rows if row.sphere is sphere])
        ],
        count=queries.counts([school_id], cycle).get(school_id, queries.NOTHING),
        mentees=to_tick(OccasionPart, school_id, cycle),
        times=queries.times(school_id, cycle),
    )


@blueprint.get(f"{OCCASIONS}/new")
@requires("names:edit")
def new(cycle: int) -> Response:
    """Ask for an event; `?mentee=` comes from a card and is ticked."""
    return PAGES.new(cycle, request.args.getlist("mentee", type=int))


@blueprint.post(f"{OCCASIONS}/new")
@requires("names:edit")
def add(cycle: int) -> Response:
    return PAGES.add(cycle)


@blueprint.get(OCCASION)
@requires("names:read")
def card(cycle: int, occasion_id: int) -> Response:
    """Show an event and who took part; the curator changes both here."""
    return PAGES.card(cycle, occasion_id)


@blueprint.post(OCCASION)
@requires("names:edit")
def change(cycle: int, occasion_id: int) -> Response:
    """Save an event; of two who edit at once the second sees both versions."""
    return PAGES.change(cycle, occasion_id)


@blueprint.post(f"{OCCASION}/remove")
@requires("names:edit")
def remove(cycle: int, occasion_id: int) -> Response:
    return PAGES.remove(cycle, occasion_id)
