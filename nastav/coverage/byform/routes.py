"""Pages of coverage by form of mentoring: the district with its schools, one school."""

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import dates, htmx, ru
from nastav.access import requires
from nastav.coverage.byform import queries
from nastav.coverage.byform.sheet import COUNTS, NOTE, TOTAL
from nastav.coverage.forms import AskedDay, asked_day
from nastav.coverage.queries import period

blueprint = Blueprint("by_form", __name__)


@blueprint.get("/districts/<int:district_id>/coverage/<int:year>/forms")
@requires("rollup:read")
def district(district_id: int, year: int) -> Response:
    """Show pairs and people by form in a calendar year, as it stood on a day (`?on=`)."""
    asked = asked_day(request.args, _year(year))
    found = queries.of_district(district_id, g.district.name, year, asked.on)
    places = (found.district, *found.schools)
    return _page(year, asked, places, g.district.name)


@blueprint.get("/schools/<int:school_id>/coverage/<int:year>/forms")
@requires("coverage:read")
def school(year: int) -> Response:
    """Show the same of one school."""
    asked = asked_day(request.args, _year(year))
    return _page(year, asked, (queries.of_school(g.school, year, asked.on),), g.school.name)


def _page(year: int, asked: AskedDay, places: tuple[queries.Place, ...], name: str) -> Response:
    return htmx.page(
        "coverage/byform/page.html",
        status=422 if asked.error else 200,
        asked=asked,
        as_of=period(year, asked.on)[1],
        places=places,
        name=name,
        year=year,
        counts=COUNTS,
        total=TOTAL,
        rule=NOTE,
        is_future=year > dates.today().year,
    )


def _year(year: int) -> int:
    if not ru.FIRST_YEAR <= year <= ru.LAST_YEAR:
        abort(404)
    return year
