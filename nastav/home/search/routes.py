"""The page of a search: a POST that reads, so that no name stands in an address."""

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from nastav import dates, htmx, unit
from nastav.access import requires
from nastav.home.search import pages, queries, rules
from nastav.home.search.rules import Hit
from nastav.pairs.queries import year_of_pairs

blueprint = Blueprint("search", __name__)
SEARCH = "/schools/<int:school_id>/search"


@blueprint.get(SEARCH)
@requires("names:read")
def ask() -> Response:
    """Ask what to search for; also for who opens the address of an answer anew."""
    return _page("", [])


@blueprint.post(SEARCH)
@requires("names:read")
@unit.reading
def find(school_id: int) -> Response:
    """List what a query finds in the own school; a single thing found is opened at once."""
    query = request.form.get("words", "").strip()
    if refusal := rules.refusal(query):
        return _page(query, [], refusal)
    groups = _groups(school_id, query)
    hits = [hit for _, found in groups for hit in found]
    return redirect(hits[0].href, 303) if len(hits) == 1 else _page(query, groups)


Groups = list[tuple[str, list[Hit]]]  # heading, what was found


def _groups(school_id: int, query: str) -> Groups:
    today = dates.today()
    year = year_of_pairs(g.school.district_id, today)
    found = queries.find(school_id, query, year, today)
    return [
        ("Люди", pages.people_hits(found.people, query)),
        ("Пары и группы", pages.pair_hits(found.pairs, query, year)),
        ("Страницы", pages.page_hits(query, year)),
    ]


def _page(query: str, groups: Groups, refusal: str = "") -> Response:
    return htmx.page(
        "home/search.html",
        status=422 if refusal else 200,
        school=g.school,
        searched=query,
        refusal=refusal,
        groups=groups,
        total=sum(len(hits) for _, hits in groups),
        most=rules.SHOWN,
    )
