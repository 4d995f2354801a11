"""The list of a register: who is in it, searched and filtered."""

from collections.abc import Container
from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx, unit
from nastav.access import requires
from nastav.consents import queries as consents
from nastav.coverage import lacking
from nastav.identity.matches import queries as matches
from nastav.paging import page_of
from nastav.pairs import queries
from nastav.people import queries as people
from nastav.people.codes import queries as codes
from nastav.people.codes.rules import title
from nastav.people.models import Kind, Part
from nastav.people.pages import BOOK, BOOKS
from nastav.people.rows import Entry
from nastav.registers.people import lists

blueprint = Blueprint("register", __name__)


@blueprint.get(BOOK)
@requires("names:read")
def register(school_id: int, book: str) -> Response:
    """Show who is in a register, filtered, a hundred to a page."""
    return _register(school_id, book, "")


@blueprint.post(BOOK)
@requires("names:read")
@unit.reading
def search(school_id: int, book: str) -> Response:
    """Show who of a register is called so: a name stands in no address."""
    answer = _register(school_id, book, request.form.get("q", ""))
    return htmx.at(url_for(".register", book=book, **_asked()), answer)


def _register(school_id: int, book: str, query: str) -> Response:
    part, today = BOOKS[book], dates.today()
    asked = _asked()
    everybody = people.everybody(school_id, first_year=dates.cycle_of(today))
    entries = [person for person in everybody if person.part is part]
    paired = queries.partners(school_id, part, today)
    whole = lists.Register(entries, _marks(part, paired, everybody))
    uses_codes = codes.is_on(g.school.district_id)
    rows = whole.chosen(asked["show"], asked["sort"], query)
    return htmx.fragment(
        "registers/people/_board.html",
        whole="registers/people/board.html",
        school=g.school,
        book=book,
        asked=asked,
        query=query,
        shown=page_of(rows, request.values.get("page", 1, type=int)),
        tally=whole.tally(),
        paired=paired,
        target=queries.target(school_id, part, today.year),
        year=today.year,
        pairs_year=queries.year_of_pairs(g.school.district_id, today),
        is_fragment=htmx.is_fragment(),
        is_empty=not entries,
        title=title(entries),
        uses_codes=uses_codes,
        has_names=uses_codes
        and any(entry.kind is Kind.PUPIL and entry.given_name for entry in entries),
    )


def _marks(part: Part, paired: Container[int], everybody: list[Entry]) -> lists.Marks:
    school, today = g.school, dates.today()
    return lists.Marks(
        paired=paired,
        states=lacking.states(school.id, part, today),
        finished=queries.finished(school.id, part),
        unconsented={
            missing.who.person_id for missing in consents.missing(school, today, everybody)
        },
        doubled=matches.of_school(school, today)[part],
    )


def _asked() -> dict[str, Any]:
    return {
        "show": request.values.get("show", lists.Show.CURRENT, type=lists.Show),
        "sort": request.values.get("sort", lists.Sort.NAME, type=lists.Sort),
    }
