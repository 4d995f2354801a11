"""Pages of coverage: the district against appendix 1, a school, what stands behind a figure."""

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.access import requires
from nastav.coverage import planned, queries, rules, text
from nastav.coverage.behind import Asked, names_behind, numbers_behind
from nastav.coverage.figures import Basis, Verdict
from nastav.coverage.forms import AskedDay, asked_day
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.people.models import Part
from nastav.plan import queries as plans
from nastav.samples import queries as samples

blueprint = Blueprint("coverage", __name__)
FIRST_YEAR, LAST_YEAR = 2020, 2099
FIVE = 5  # years on a school's page


@blueprint.get("/districts/<int:district_id>/coverage")
@requires("rollup:read")
def district_now() -> Response:
    year = dates.today().year
    return redirect(url_for("progress.district", year=year))


@blueprint.get("/schools/<int:school_id>/coverage")
@requires("coverage:read")
def school_now() -> Response:
    return redirect(url_for("coverage.school", year=dates.today().year))


@blueprint.get("/districts/<int:district_id>/coverage/<int:year>/<int:school_id>")
@requires("rollup:read")
def numbers(district_id: int, year: int, school_id: int) -> Response:
    """Show the children behind a school's figure by register number and class, never by name."""
    _check_year(year)
    asked, part = asked_day(request.args, year), _part()
    basis = Basis(g.district.coverage_basis)
    which = Asked(district_id, school_id, year, asked.on, part, basis, _verdict())
    return htmx.page(
        "coverage/numbers.html",
        status=422 if asked.error else 200,
        children=numbers_behind(which),
        rule=rules.BASIS[which.basis],
        **_behind(which, asked, g.district),
    )


@blueprint.get("/schools/<int:school_id>/coverage/<int:year>/people")
@requires("names:read")
def people(school_id: int, year: int) -> Response:
    """Show the own school the children behind its figure by name."""
    _check_year(year)
    asked, part = asked_day(request.args, year), _part()
    district = districts.district(g.school.district_id) or abort(404)
    basis = Basis(district.coverage_basis)
    which = Asked(district.id, school_id, year, asked.on, part, basis, _verdict())
    return htmx.page(
        "coverage/people.html",
        status=422 if asked.error else 200,
        children=names_behind(which),
        rule=rules.BASIS[basis],
        **_behind(which, asked, district),
    )


@blueprint.get("/schools/<int:school_id>/coverage/<int:year>")
@requires("coverage:read")
def school(school_id: int, year: int) -> Response:
    """Show a school's plan and fact of a calendar year, and five years beside it."""
    _check_year(year)
    asked = asked_day(request.args, year)
    district = districts.district(g.school.district_id) or abort(404)
    tabs = _years(district.id, year)
    today = dates.today()
    now = planned.school_coverage(school_id, _five(tabs, year), today)
    coverage = now[year]
    if asked.on != today:
        coverage = planned.school_coverage(school_id, [year], asked.on)[year]
    return htmx.page(
        "coverage/school.html",
        status=422 if asked.error else 200,
        coverage=coverage,
        by_year=now.items(),
        asked=asked,
        year=year,
        years=tabs,
        as_of=queries.period(year, asked.on)[1],
        sampled=samples.said_of_school(school_id, *queries.period(year, asked.on)),
        rules=rules,
        district=district,
        basis=Basis(district.coverage_basis),
        words=text,
        parts=tuple(Part),
    )


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)


def _part() -> Part:
    try:
        return Part(request.args.get("part", Part.MENTEE))
    except ValueError:
        abort(404)


def _verdict() -> Verdict:
    try:
        return Verdict(request.args.get("why", Verdict.COUNTED))
    except ValueError:
        abort(404)


def _behind(which: Asked, asked: AskedDay, district: District) -> dict[str, object]:
    return {
        "part": which.part,
        "year": which.year,
        "as_of": queries.period(which.year, which.on)[1],
        "asked": asked,
        "words": text,
        "why": text.why(which.verdict, which.part, queries.bounds(district)),
        "is_counted": which.verdict is Verdict.COUNTED,
    }


def _years(district_id: int, shown: int) -> list[int]:
    """Return every year from the first to the last of: plan years, this year, the one shown."""
    known = [*plans.plan_years(district_id), dates.today().year, shown]
    return list(range(min(known), max(known) + 1))


def _five(years: list[int], shown: int) -> list[int]:
    """Return five neighbouring years with the one shown among them, the earliest that have it."""
    until = max(years.index(shown) + 1, min(FIVE, len(years)))
    return years[max(0, until - FIVE) : until]
