"""The journal of a district: who did what and when."""

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.addresses import row_id
from nastav.audit import queries
from nastav.audit.forms import JournalFilter

blueprint = Blueprint("audit", __name__)


@blueprint.get("/districts/<int:district_id>/journal")
@requires("audit:read")
def journal(district_id: int) -> Response:
    """Show the entries that the filter lets through, a page at a time."""
    schools = [(school.id, school.name) for school in access.schools(district_id)]
    form = JournalFilter(request.args)
    form.offer(schools, queries.events(district_id), queries.actors(district_id))
    is_clear = form.validate()
    before = request.args.get("before", type=row_id)
    found = queries.entries(district_id, form.wanted(), before) if is_clear else []
    return htmx.fragment(
        "audit/_found.html",
        whole="audit/journal.html",
        status=200 if is_clear else 422,
        district=g.district,
        form=form,
        entries=found[: queries.PAGE],
        has_more=len(found) > queries.PAGE,
        is_later_page=before is not None,
        schools=dict(schools),
    )
