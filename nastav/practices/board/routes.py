"""The district's board «Банк практик»: read by everybody in the district, its schools included."""

from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.district import queries as districts
from nastav.paging import page_of
from nastav.practices import operations
from nastav.practices.board import queries
from nastav.practices.board.queries import Posted
from nastav.practices.forms import TakeOffForm

blueprint = Blueprint("board", __name__)
BOARD = "/districts/<int:district_id>/practices"


@blueprint.get(BOARD)
@requires("practices:read")
def listing(district_id: int) -> Response:
    """Show the board, searched and filtered."""
    asked, every = _asked(), queries.posted(district_id)
    shown = [posted for posted in every if _is_asked_for(posted, asked)]
    year = _year(district_id)
    counts = queries.tally(district_id, year) if access.may("rollup:read") else []
    return htmx.fragment(
        "practices/_board.html",
        whole="practices/board.html",
        district=g.district,
        asked=asked,
        shown=page_of(shown, request.args.get("page", 1, type=int)),
        kinds=sorted({(posted.kind_id, posted.kind) for posted in every}, key=lambda pair: pair[1]),
        schools=queries.schools_of(district_id, every),
        is_empty=not every,
        is_fragment=htmx.is_fragment(),
        tally=counts,
        year=year,
        home=_home(),
    )


@blueprint.get(f"{BOARD}/<int:practice_id>")
@requires("practices:read")
def practice(practice_id: int) -> Response:
    return _page(TakeOffForm(), practice_id)


@blueprint.post(f"{BOARD}/<int:practice_id>/take-off")
@requires("practices:take_off")
def take_off(district_id: int, practice_id: int) -> Response:
    """Take a practice off the board with a reason for its school."""
    form = TakeOffForm.posted()
    if not form.validate():
        return _page(form, practice_id, status=422)
    row = queries.posted_row(district_id, practice_id) or abort(404)
    reason = "\n".join((form.reason.data or "").splitlines())
    operations.take_off(access.actor(), row, reason, version=form.version.data)
    message = "Практика убрана из банка. Школа увидит причину."
    return htmx.leave(url_for(".listing"), message)


def _page(form: TakeOffForm, practice_id: int, *, status: int = 200) -> Response:
    found = queries.posted_one(g.district.id, practice_id) or abort(404)
    if status == 200:
        form.version.data = found.version
    return htmx.page(
        "practices/posted.html", status=status, district=g.district, row=found, form=form
    )


def _asked() -> dict[str, Any]:
    return {
        "q": request.args.get("q", ""),
        "kind": request.args.get("kind", 0, type=int),
        "school": request.args.get("school", 0, type=int),
    }


def _is_asked_for(practice: Posted, asked: dict[str, Any]) -> bool:
    return (
        asked["kind"] in (0, practice.kind_id)
        and asked["school"] in (0, practice.school_id)
        and practice.matches(ru.search_words(asked["q"]))
    )


def _year(district_id: int) -> int:
    cycle = districts.current_cycle(district_id, dates.today())
    return cycle.first_year if cycle else dates.cycle_of(dates.today())


def _home() -> str:
    """Return where the person signed in keeps own practices; empty for the district."""
    school_id = access.actor().school_id
    return url_for("practices.own", school_id=school_id) if school_id else ""
