"""The district's page of coverage: the year, the schools, what would close the gap."""

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.access import requires
from nastav.coverage import planned, rules, sheet
from nastav.coverage import text as words
from nastav.coverage.figures import DistrictCoverage
from nastav.coverage.forms import AskedDay, asked_day
from nastav.district import signing
from nastav.people.models import Part
from nastav.plan import queries as plans
from nastav.progress import drawings, queries, text
from nastav.progress.figures import Progress
from nastav.samples import queries as samples

blueprint = Blueprint("progress", __name__)
FIRST_YEAR, LAST_YEAR = 2020, 2099


@blueprint.get("/districts/<int:district_id>/coverage/<int:year>")
@requires("rollup:read")
def district(district_id: int, year: int) -> Response:
    """Show plan and fact of a calendar year as it stood on a day; `?view=table`: the table to sign."""
    asked = _asked(year)
    found = queries.progress(district_id, year, asked.on)
    by_gap = request.args.get("sort") == "gap"
    only_table = request.args.get("view") == "table"
    return htmx.fragment(
        "progress/_district.html",
        whole="progress/district.html",
        status=422 if asked.error else 200,
        asked=asked,
        only_table=only_table,
        by_gap=by_gap,
        years=_years(district_id, year),
        notes=sheet.notes(found.coverage, g.district, names_left_out=only_table),
        **_shown(found, by_gap),
    )


@blueprint.get("/districts/<int:district_id>/coverage/<int:year>/counted")
@requires("rollup:read")
def counted(district_id: int, year: int) -> Response:
    """Show who of each school was counted and who was not, and every rule of counting."""
    asked = _asked(year)
    found = planned.district_coverage(district_id, year, asked.on)
    return htmx.page(
        "progress/counted.html",
        status=422 if asked.error else 200,
        asked=asked,
        coverage=found,
        district=g.district,
        rule=_rule(found),
        what=rules.what_counts(found.basis, found.bounds),
        words=words,
        parts=tuple(Part),
    )


def _asked(year: int) -> AskedDay:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    return asked_day(request.args, year)


def _rule(coverage: DistrictCoverage) -> str:
    return rules.numbered(g.district.rules_number, g.district.rules_since, coverage.bounds)


def _shown(found: Progress, by_gap: bool) -> dict[str, object]:
    return {
        "found": found,
        "coverage": found.coverage,
        "district": g.district,
        "said": text,
        "trend": drawings.of_year(found),
        "plots": drawings.of_schools(found, by_gap),
        "small": drawings.of_years(found),
        "strips": drawings.strips(form.children for form in found.forms),
        "sampled": samples.said_of_district(
            g.district.id, dates.plan_year_bounds(found.coverage.year)[0], found.coverage.on
        ),
        "corner": signing.corner(g.district),
        "rule": _rule(found.coverage),
        "words": words,
        "parts": tuple(Part),
    }


def _years(district_id: int, shown: int) -> list[int]:
    """Return every year from the first to the last of: plan years, this year, the one shown."""
    known = [*plans.plan_years(district_id), dates.today().year, shown]
    return list(range(min(known), max(known) + 1))
