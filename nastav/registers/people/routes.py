"""The list of a register: who is in it, searched, filtered, sorted, ticked for one action."""

from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx, ru, unit
from nastav.access import requires
from nastav.consents import queries as consents
from nastav.coverage import lacking
from nastav.district.kinds import queries as kinds
from nastav.forms import row_id
from nastav.gatherings.training import queries as training
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
from nastav.registers.people.deeds import offered

blueprint = Blueprint("register", __name__)
Paired = dict[int, list[tuple[int, list[Entry]]]]


@blueprint.get(BOOK)
@requires("names:read")
def register(school_id: int, book: str) -> Response:
    """Show who is in a register, filtered and sorted, fifty to a page."""
    return register_page(school_id, book, "")


@blueprint.post(BOOK)
@requires("names:read")
@unit.reading
def search(school_id: int, book: str) -> Response:
    """Show who of a register is called so: a name stands in no address, filters alone do."""
    query, here = request.form.get("q", ""), url_for(".register", book=book, **_asked().address())
    if not query.strip() and not htmx.is_fragment():
        return redirect(here, 303)
    return htmx.at(here, register_page(school_id, book, query))


def register_page(
    school_id: int, book: str, query: str, *, status: int = 200, error: str = ""
) -> Response:
    """Return the page of a register; `error` says why an action with many was not begun."""
    part, today, asked = BOOKS[book], dates.today(), _asked()
    everybody = people.everybody(school_id, first_year=dates.cycle_of(today))
    paired = queries.partners(school_id, part, today)
    marks = _marks(part, paired, everybody)
    whole = lists.Register([person for person in everybody if person.part is part], marks)
    rows = whole.chosen(asked, query)
    return htmx.fragment(
        "registers/people/_board.html",
        whole="registers/people/board.html",
        status=status,
        book=book,
        asked=asked,
        query=query,
        error=error,
        shown=page_of(rows, request.values.get("page", 1, type=int)),
        marks=marks,
        paired=paired,
        is_fragment=htmx.is_fragment(),
        **_around(school_id, part, whole, today),
    )


def _around(school_id: int, part: Part, whole: lists.Register, today: date) -> dict[str, Any]:
    """Return what stands around the rows: filters, deeds, the plan's figure."""
    district_id = g.school.district_id
    uses_codes = codes.is_on(district_id)
    return {
        "school": g.school,
        "deeds": offered(part),
        "tally": whole.tally(),
        "classes": whole.classes(),
        "kinds": kinds.kinds(district_id),
        "drafted": queries.drafted(school_id, part),
        "target": queries.target(school_id, part, today.year),
        "year": today.year,
        "pairs_year": queries.year_of_pairs(district_id, today),
        "is_empty": not whole.entries,
        "title": title(whole.entries),
        "uses_codes": uses_codes,
        "has_names": uses_codes and any(_is_named_pupil(entry) for entry in whole.entries),
    }


def _is_named_pupil(entry: Entry) -> bool:
    return entry.kind is Kind.PUPIL and bool(entry.given_name)


def _marks(part: Part, paired: Paired, everybody: list[Entry]) -> lists.Marks:
    school, today = g.school, dates.today()
    forms = queries.kinds_of_pairs(school.id)
    trained = training.trained(school.id, today) if part is Part.MENTOR else {}
    return lists.Marks(
        paired=paired,
        states=lacking.states(school.id, part, today),
        finished=queries.finished(school.id, part),
        unconsented={
            missing.who.person_id for missing in consents.missing(school, today, everybody)
        },
        doubled=matches.of_school(school, today)[part],
        others=_keys_of_others(paired),
        kinds={
            person_id: {forms[pair] for pair, _ in known} for person_id, known in paired.items()
        },
        consented=consents.signed(school.id, today),
        trained={person_id: known.last for person_id, known in trained.items()},
    )


def _keys_of_others(paired: Paired) -> dict[int, str]:
    """Return what each is sorted by among those of the other side, each of whom is read once."""
    first = {person_id: others[0] for person_id, ((_, others), *_) in paired.items() if others}
    names = {who.person_id: who.full_name for who in first.values()}
    keys = {person_id: ru.sort_key(name) for person_id, name in names.items()}
    return {person_id: keys[who.person_id] for person_id, who in first.items()}


def _asked() -> lists.Asked:
    values = request.values
    return lists.Asked(
        show=values.get("show", lists.Show.CURRENT, type=lists.Show),
        order=values.get("sort", lists.Order(), type=lists.Order.of),
        class_name=values.get("class", ""),
        kind_id=row_id(values.get("form", "")),
    )
