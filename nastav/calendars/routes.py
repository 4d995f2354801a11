"""The page where a user makes and revokes the link of a calendar, and what a calendar program reads."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.access import actor, public, requires
from nastav.calendars import operations, queries
from nastav.calendars.queries import Deadline
from nastav.late import late

if TYPE_CHECKING:
    from nastav.calendars import feed
else:
    feed = late("nastav.calendars.feed")

blueprint = Blueprint("calendars", __name__)
MEDIA_TYPE = "text/calendar; charset=utf-8"


@blueprint.get("/account/calendar")
@requires("calendar:own")
def own() -> Response:
    """Show the link, or offer to make one."""
    link = queries.link(current_user.id)
    return htmx.page("calendars/own.html", link=link)


@blueprint.post("/account/calendar")
@requires("calendar:own")
def make() -> Response:
    """Make the link; a second press keeps the first one."""
    operations.make(actor(), current_user.id, dates.today())
    return htmx.leave(url_for(".own"), "Ссылка готова: скопируйте её в программу-календарь.")


@blueprint.post("/account/calendar/revoke")
@requires("calendar:own")
def revoke() -> Response:
    """Revoke the link."""
    operations.revoke(actor(), current_user.id)
    return htmx.leave(url_for(".own"), "Ссылка отозвана: по ней больше ничего не открывается.")


@blueprint.get("/calendar/<code>.ics")
@public
def read(code: str) -> Response:
    """Return the deadlines of the school behind a link, to a program that cannot sign in."""
    school = queries.school_behind(code)
    if school is None:
        return htmx.page("calendars/revoked.html", status=404)
    found = queries.deadlines(school, dates.today())
    name, school_id = school.name, school.id

    def address(deadline: Deadline) -> str:
        return url_for(
            "stages.stage",
            school_id=school_id,
            cycle=deadline.first_year,
            ordinal=deadline.head.ordinal,
            _external=True,
        )

    answer = Response(feed.text(name, found, dates.now(), address), mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = "inline; filename=nastav.ics"
    return answer
