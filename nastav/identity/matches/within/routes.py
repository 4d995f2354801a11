"""«Возможные совпадения» of a school: one child or two, with the names, for the school alone."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx
from nastav.access import requires
from nastav.forms import posted_version
from nastav.identity.matches.within import operations, queries

blueprint = Blueprint("own_matches", __name__)
MATCHES = "/schools/<int:school_id>/matches"


@blueprint.get(MATCHES)
@requires("names:read")
def board(school_id: int) -> Response:
    """Show which cards of the school may be one child's, and what was said of others."""
    return htmx.page(
        "identity/within/board.html",
        school=g.school,
        found=_found(school_id),
        decided=queries.decided(school_id),
    )


@blueprint.post(MATCHES)
@requires("names:edit")
def tell_apart(school_id: int) -> Response:
    """Keep that two cards are two children's; sent twice it is kept once."""
    key = request.form.get("match", "")
    twice = next((twice for twice in _found(school_id) if twice.key == key), None)
    if twice is None:
        return htmx.leave(url_for("own_matches.board"), "Это совпадение уже решено.")
    numbers = (card.number for card in twice.cards)
    operations.tell_apart(access.actor(), g.school, *numbers)
    return htmx.leave(url_for("own_matches.board"), f"Отмечено: {twice.numbers} — разные дети.")


@blueprint.post(f"{MATCHES}/<int:match_id>/undo")
@requires("names:edit")
def undo(school_id: int, match_id: int) -> Response:
    row = queries.decision(school_id, match_id)
    if row is None:
        return htmx.leave(url_for("own_matches.board"), "Отметка уже снята.")
    operations.undo(access.actor(), row, version=posted_version())
    return htmx.leave(url_for("own_matches.board"), "Отметка снята, совпадение снова открыто.")


def _found(school_id: int) -> list[queries.Twice]:
    today = dates.today()
    return queries.of_school(school_id, today, today)
