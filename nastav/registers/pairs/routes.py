"""The list of pairs and groups of a school year, on screen and as a workbook."""

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, db, excel, htmx, ru, unit
from nastav.access import requires
from nastav.audit import downloads
from nastav.meetings import pages as meetings
from nastav.meetings import queries as held
from nastav.paging import page_of
from nastav.pairs import lists, queries
from nastav.pairs.forms import (
    MEETS,
)
from nastav.pairs.pages import PAIRS, span_of_year
from nastav.plans import queries as plans
from nastav.registers.pairs import sheet

blueprint = Blueprint("pair_list", __name__)


@blueprint.get("/schools/<int:school_id>/pairs")
@requires("names:read")
def current() -> Response:
    year = queries.year_of_pairs(g.school.district_id, dates.today())
    return redirect(url_for(".board", cycle=year))


@blueprint.get(PAIRS)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show the pairs whose dates touch a school year."""
    return _board(school_id, cycle, "")


@blueprint.post(PAIRS)
@requires("names:read")
@unit.reading
def search(school_id: int, cycle: int) -> Response:
    """Show the pairs of a school year with somebody called so: a name stands in no address."""
    answer = _board(school_id, cycle, request.form.get("q", ""))
    return htmx.at(url_for(".board", show=_show()), answer)


def _show() -> lists.ShowPairs:
    return request.values.get("show", lists.ShowPairs.ALL, type=lists.ShowPairs)


def _board(school_id: int, cycle: int, query: str) -> Response:
    first, last = span_of_year(cycle)
    pairs = queries.pairs_of(school_id, first, last, first_year=cycle)
    undecided = queries.undecided(school_id, dates.today(), first_year=cycle)
    within = held.settings(school_id).within
    listed = undecided if _show() is lists.ShowPairs.UNDECIDED else pairs
    met = meetings.lasts(school_id, [*pairs, *undecided], within)
    silent = {pair.id for pair in pairs if pair.id in met and met[pair.id].is_silent}
    rows = lists.chosen_pairs(listed, _show(), query, silent)
    return htmx.fragment(
        "registers/pairs/_board.html",
        whole="registers/pairs/board.html",
        school=g.school,
        year=cycle,
        asked={"show": _show()},
        query=query,
        shown=page_of(rows, request.values.get("page", 1, type=int)),
        pairs=pairs or undecided,
        undecided=undecided,
        lacking=lists.chosen_pairs(pairs, lists.ShowPairs.LACKING, ""),
        met=met,
        silent=silent,
        within=within,
        meets=MEETS,
        is_fragment=htmx.is_fragment(),
    )


@blueprint.get(f"{PAIRS}.xlsx")
@requires("names:read")
def download(school_id: int, cycle: int) -> Response:
    """Give the own school its pairs of a school year as a workbook; the journal notes it."""
    first, last = span_of_year(cycle)
    pairs = queries.pairs_of(school_id, first, last, first_year=cycle)
    met = held.counted(school_id, first, last)
    lines = plans.lines_of([pair.id for pair in pairs])
    db.settle()
    made_at = dates.local_now()
    content = sheet.pairs_book(g.school.name, cycle, pairs, met, lines, made_at)
    name = f"pairs-{cycle}.xlsx"
    downloads.noted(name, school_id)
    return excel.answer(content, name, f"Пары и группы {ru.school_year(cycle)}")
