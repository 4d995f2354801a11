"""Start pages by role, what a school prints, the index of settings, help."""

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, locked
from nastav.access import SCHOOL_ROLES, may, requires
from nastav.addresses import row_id
from nastav.audit import looks
from nastav.coverage import rules, text
from nastav.coverage.figures import Basis
from nastav.coverage.queries import bounds
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.home import pages, queries
from nastav.home.help import TOPICS
from nastav.home.records import SchoolHome
from nastav.home.search.pages import HELP
from nastav.stages import lines as stage_lines
from nastav.stages import pages as stage_pages
from nastav.stages import queries as stages
from nastav.stages.history import queries as history

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires("account:own")
def start() -> Response:
    if current_user.role in SCHOOL_ROLES:
        return redirect(url_for(".school", school_id=current_user.school_id))
    return redirect(url_for("rollup.district", district_id=current_user.district_id))


@blueprint.get("/schools/<int:school_id>")
@requires("school:read")
def school() -> Response:
    """Show what the school must do this week, and where it stands."""
    cycle, home = _home()
    return htmx.page(
        "home/school.html",
        school=g.school,
        cycle=cycle,
        home=home,
        is_own=current_user.role in SCHOOL_ROLES,
        is_looking=access.is_looking(),
        first_offered=pages.first_offered,
        news_words=pages.NEWS,
        mentee_rule=rules.MENTEES.sentence,
        basis_rules=rules.BASIS,
        words=text,
    )


@blueprint.post("/schools/<int:school_id>/look")
@requires("stages:review")
def look() -> Response:
    """Go on as the school sees its pages, reading only; noted in the journal."""
    looks.note(access.actor(), g.school)
    return htmx.leave(url_for(".school", view=access.LOOK))


@blueprint.get("/schools/<int:school_id>/print")
@requires("reports:read")
def week() -> Response:
    """Show the list of the week as one sheet, for the wall or a planner."""
    cycle, home = _home()
    back = url_for(".school", cycle=cycle.first_year)
    return htmx.page("home/week_print.html", school=g.school, cycle=cycle, home=home, back=back)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>/sent")
@requires("stages:read")
def sent(school_id: int, ordinal: int) -> Response:
    """Show the receipt of the last sending of a stage, and what comes next."""
    page = stage_pages.load(ordinal)
    step = history.last_sending(school_id, page.sheet.head.id)
    if step is None:
        return htmx.leave(page.url, "Этап ещё не отправляли.")
    return htmx.page(
        "home/sent.html",
        page=page,
        step=step,
        next=next(iter(_home(g.cycle)[1].all_tasks), None) if may("stages:edit") else None,
        first_offered=pages.first_offered,
        crumbs=page.crumbs,
    )


def _home(cycle: Cycle | None = None) -> tuple[Cycle, SchoolHome]:
    """Return the school's home in a school year, that of the address if none is given."""
    cycle = cycle or _cycle(g.school.district_id)
    g.place["cycle"] = cycle.first_year  # whither tasks lead
    locked.show(cycle)
    own = current_user.id if current_user.role in SCHOOL_ROLES else None
    declares = may("stages:edit")
    found = queries.school_home(g.school, cycle, dates.today(), reader_id=own, declares=declares)
    return cycle, found


@blueprint.get("/schools/<int:school_id>/reports")
@requires("reports:read")
def reports(school_id: int) -> Response:
    """List what can be printed and signed."""
    cycle = _cycle(g.school.district_id)
    return htmx.page(
        "home/reports.html",
        school=g.school,
        cycle=cycle,
        lines=stage_lines.school_stages(school_id, cycle),
        heads={head.ordinal: head for head in stages.stages(cycle.id)},
        year=dates.today().year,
    )


@blueprint.get("/districts/<int:district_id>/settings")
@requires("settings:edit")
def settings(district_id: int) -> Response:
    cycle = _cycle(district_id)
    return htmx.page(
        "home/settings.html",
        district=g.district,
        cycle=cycle,
        facts=queries.settings_facts(g.district, cycle, dates.today()),
        compared=rules.WHERE[Basis(g.district.coverage_basis)],
    )


@blueprint.get("/help")
@requires("account:own")
def help_page() -> Response:
    """Explain words, deadlines, counting, and what to do when something goes wrong."""
    district = districts.district(current_user.district_id)
    if district is None:
        abort(404)
    cycle = _cycle(district.id)
    return htmx.page(
        "home/help.html",
        parts=HELP,
        district=district,
        cycle=cycle,
        heads=stages.stages(cycle.id),
        rules=rules.what_counts(Basis(district.coverage_basis), bounds(district)),
        coordinators=queries.coordinators(district.id),
    )


@blueprint.get("/help/<topic>")
@requires("account:own")
def help_topic(topic: str) -> Response:
    """Show one paragraph of the help beside the field it is about, or put it away again."""
    if topic not in TOPICS:
        abort(404)
    if not htmx.is_fragment():
        return redirect(url_for(".help_page", _anchor=f"help-{topic}"))
    is_open = "shut" not in request.args
    return htmx.page("home/_help_topic.html", topic=topic, is_open=is_open)


def _cycle(district_id: int) -> Cycle:
    """Return the school year of `?cycle=`, or the current one (rules.md#current-school-year); 404
    without either."""
    year = request.args.get("cycle", type=row_id)
    if year is None and "cycle" not in request.args:
        found = districts.current_cycle(district_id, dates.today())
    else:
        found = districts.cycle(district_id, year or 0)
    if found is None:
        abort(404)
    return found
