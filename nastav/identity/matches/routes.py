"""«Возможные совпадения»: what the coordinator sees of them, and decides."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx
from nastav.access import requires
from nastav.db import Conflict
from nastav.district import queries as districts
from nastav.forms import posted_version
from nastav.identity.matches import operations, queries
from nastav.identity.matches.within import queries as within
from nastav.refusals import NotAllowed

blueprint = Blueprint("matches", __name__)
MATCHES = "/districts/<int:district_id>/matches"
FIRST_YEAR, LAST_YEAR = 2020, 2099
ONE, DIFFERENT = "one", "different"
NOTICES = {
    ONE: "Отмечено: один ребёнок. В охвате он считается один раз, в школе последнего дня в паре.",
    DIFFERENT: "Отмечено: разные дети. Каждый считается в своей школе.",
}


@blueprint.get(MATCHES)
@requires("rollup:read")
def page(district_id: int) -> Response:
    """Show which schools may have entered one child, by register numbers and classes."""
    year = _year(request.args.get("year", dates.today().year, type=int))
    return htmx.page(
        "identity/matches.html",
        district=g.district,
        year=year,
        found=queries.suspected(district_id, *dates.plan_year_bounds(year)),
        decided=queries.decided(district_id),
        inside=within.of_district(district_id, *dates.plan_year_bounds(year)),
        names={school.id: school.name for school in districts.schools(district_id)},
    )


@blueprint.post(MATCHES)
@requires("matches:decide")
def decide(district_id: int) -> Response:
    """Keep the decision; sent twice it is taken once, a different one meanwhile is a conflict."""
    year = _year(request.form.get("year", 0, type=int))
    key, decision = request.form.get("match", ""), request.form.get("decision", "")
    if decision not in NOTICES:
        abort(400)
    period = dates.plan_year_bounds(year)
    match = next(
        (match for match in queries.suspected(district_id, *period) if match.key == key), None
    )
    if match is None:
        return _settled(district_id, year, key, decision)
    try:
        operations.decide(access.actor(), district_id, match, is_one_child=decision == ONE)
    except NotAllowed as refusal:
        return htmx.leave(_address(year), refusal.sentence)
    return htmx.leave(_address(year), NOTICES[decision])


def _settled(district_id: int, year: int, key: str, decision: str) -> Response:
    """Answer about cards that are no open match any more."""
    row = next(
        (person_match for person_match in queries.decided(district_id) if person_match.key == key),
        None,
    )
    if row is None:
        text = "Этого совпадения уже нет: школа исправила запись."
        return htmx.leave(_address(year), text)
    if row.is_one_child != (decision == ONE):
        raise Conflict
    return htmx.leave(_address(year), NOTICES[decision])


@blueprint.post(f"{MATCHES}/<int:match_id>/undo")
@requires("matches:decide")
def undo(district_id: int, match_id: int) -> Response:
    """Take a decision back; the match is open again."""
    year = _year(request.form.get("year", 0, type=int))
    row = queries.decision(district_id, match_id)
    if row is None:
        return htmx.leave(_address(year), "Решение уже отменено.")
    try:
        operations.undo(access.actor(), row, version=posted_version())
    except NotAllowed as refusal:
        return htmx.leave(_address(year), refusal.sentence)
    return htmx.leave(_address(year), "Решение отменено, совпадение снова открыто.")


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    return year


def _address(year: int) -> str:
    return url_for("matches.page", year=year)
