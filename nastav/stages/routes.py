"""Pages of a school's stages: the list of seven, one stage, its sheet to sign."""

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.stages import lines, pages, queries, sample
from nastav.stages.acceptance import accepted
from nastav.stages.activities import routes as activities
from nastav.stages.evidence import routes as evidence
from nastav.stages.history import routes as history
from nastav.stages.pages import StagePage
from nastav.stages.sending import routes as sending

blueprint = Blueprint("stages", __name__)
for part in (activities, evidence, sending, history):
    blueprint.register_blueprint(part.blueprint)

STAGE = "/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>"


@blueprint.get("/schools/<int:school_id>/stages")
@requires("stages:read")
def current() -> Response:
    cycle = districts.current_cycle(g.school.district_id, dates.today())
    if cycle is None:
        abort(404)
    where = url_for("stages.school_stages", cycle=cycle.first_year)
    return redirect(where)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/stages")
@requires("stages:read")
def school_stages(school_id: int) -> Response:
    """Show the seven stages of a school as a list of tasks."""
    heads = queries.stages(g.cycle.id)
    return htmx.page(
        "stages/list.html",
        rows=list(zip(heads, lines.school_stages(school_id, g.cycle), strict=True)),
    )


@blueprint.get(STAGE)
@requires("stages:read")
def stage(ordinal: int) -> Response:
    """Show one stage: each activity, its status and its proof."""
    page = pages.load(ordinal)
    return htmx.page(
        "stages/stage.html", page=page, accepted=accepted(page, g.cycle), **pages.signing()
    )


@blueprint.get(f"{STAGE}/print")
@requires("stages:read")
def sheet(cycle: int, ordinal: int) -> Response:
    """Show the sheet of a stage, to print and sign; `?sample=1`: filled in, to see what is meant."""
    page = pages.load(ordinal)
    is_sample = "sample" in request.args
    if is_sample:  # what the site counts in this school says nothing there
        page = StagePage(sample.filled(page.sheet, cycle), {}, {})
    return htmx.page(
        "stages/print.html", page=page, back=page.url, is_sample=is_sample, **pages.signing()
    )
