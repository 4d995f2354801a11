"""Entering a meeting on the card of its pair."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.meetings import operations, pages
from nastav.meetings.forms import MeetingForm
from nastav.meetings.operations import Repeated
from nastav.pairs.models import Pair
from nastav.pairs.pages import PAIR, address, found
from nastav.refusals import shown_in
from nastav.registers.pairs import card

blueprint = Blueprint("pair_meeting", __name__)


@blueprint.post(f"{PAIR}/meetings")
@requires("names:edit")
def add(school_id: int, cycle: int, pair_id: int) -> Response:
    """Enter a meeting from the pair's card: the log is swapped, the form comes back empty."""
    pair = found(school_id, pair_id)
    form = pages.posted(card.row_of(pair, cycle), g.school.district_id, cycle)
    if not form.validate():
        return _refused(pair, cycle, form)
    if not htmx.is_first():
        return _added(pair, cycle, "")
    try:
        with shown_in(form, lambda: _refused(pair, cycle, form)):
            operations.add_meeting(access.actor(), pair, form.facts(), is_other=form.is_other.data)
    except Repeated as repeated:
        form.ask(repeated)
        return _refused(pair, cycle, form)
    return _added(pair, cycle, "Встреча записана.")


def _added(pair: Pair, cycle: int, message: str) -> Response:
    at = f"{address(pair)}#meetings"
    if not htmx.is_fragment():
        return htmx.leave(at, message)
    context = card.context(pair, cycle)
    return htmx.saved("meetings/_added.html", at=at, message=message, **context)


def _refused(pair: Pair, cycle: int, form: MeetingForm) -> Response:
    context = card.context(pair, cycle, meeting_form=form)
    part, whole = "meetings/_form.html", "registers/pairs/card.html"
    return htmx.fragment(part, whole=whole, status=422, **context)
