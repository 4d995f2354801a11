"""What a paper still lacks, asked before it is made."""

from urllib.parse import urlencode

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.requisites import queries
from nastav.requisites.records import FIELDS

blueprint = Blueprint("requisites", __name__)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/papers/requisites")
@requires("papers:edit")
def form(cycle: int) -> Response:
    """Name what is not known yet."""
    district = districts.district(g.school.district_id)
    assert district is not None  # noqa: S101  # a school has a district
    found = queries.requisites(district, g.school, g.cycle)
    lacking = [FIELDS[key] for key in queries.missing(found, FIELDS) if key != "founder"]
    asked = urlencode([("for", key) for key in request.args.getlist("for")])
    back = f"{url_for('paperwork.board', cycle=cycle)}?{asked}"
    return htmx.page("requisites/form.html", lacking=lacking, back=back)
