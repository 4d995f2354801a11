"""The page of a stage's history."""

from flask import Blueprint
from werkzeug.wrappers import Response

from nastav import htmx
from nastav.access import requires
from nastav.stages import pages
from nastav.stages.history import queries

blueprint = Blueprint("history", __name__)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>/history")
@requires("stages:read")
def history(school_id: int, ordinal: int) -> Response:
    """Show who did what to a stage, and what each save changed."""
    page = pages.load(ordinal)
    return htmx.page(
        "stages/history.html",
        page=page,
        steps=queries.steps(page.sheet.row_id),
        revisions=queries.revisions(school_id, page.sheet.head.id),
        crumbs=page.crumbs,
    )
