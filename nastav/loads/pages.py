"""What several pages of loading need: the load of the address, its check, the page of the check."""

from datetime import date
from typing import Any

from flask import abort, g, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.columns.column import Column
from nastav.columns.register import edited
from nastav.consents import queries as consents
from nastav.district.kinds import queries as district
from nastav.loads import aside, queries
from nastav.loads.extras.queries import extras
from nastav.loads.forms import ManyForm
from nastav.loads.models import Load
from nastav.loads.ready.queries import together
from nastav.loads.rows import Preview, Verdict
from nastav.loads.rules import Register, check
from nastav.people import queries as registers
from nastav.people.codes import queries as codes
from nastav.people.models import Part
from nastav.people.pages import BOOK, BOOKS
from nastav.people.rules import Namesakes

IMPORT = f"{BOOK}/import"
LOAD = f"{IMPORT}/<int:load_id>"


def load(school_id: int, book: str, load_id: int) -> Load:
    """Return a load of the school's register, or answer 404."""
    return queries.load(school_id, BOOKS[book], load_id) or abort(404)


def preview(load: Load) -> Preview:
    """Return what each row of a load would do now."""
    return check(aside.taken(load.rows), register(load.part, load.joined), load.choices)


def register(part: Part, joined: date) -> Register:
    """Return what the rows of this school are compared with; `joined` is of those without a date."""
    year = dates.cycle_of(dates.today())
    known = registers.possible_namesakes(g.school.id, "", first_year=year)
    return Register(
        part,
        Namesakes(known, year),
        joined,
        year,
        [kind.name for kind in district.all_kinds(g.school.district_id)],
        consents.grade_of_own_signature(g.school.district_id),
        extras(g.school.id, part),
        uses_codes=uses_codes(),
        taken=codes.taken(g.school.id),
        together=together(g.school.id),
    )


def uses_codes() -> bool:
    """Tell whether the district keeps its pupils by codes."""
    return codes.is_on(g.school.district_id)


def address(load: Load, book: str) -> str:
    """Return where a load is shown."""
    return url_for("loads.show", book=book, load_id=load.id)


def editable(load: Load) -> list[Column]:
    """Return the columns by which the rows of a load are mended."""
    return edited(load.part, {key for _, cells in load.rows for key in cells})


def context(load: Load, book: str, shown: Preview) -> dict[str, Any]:
    """Return what every part of the check's page is made from."""
    return {"load": load, "book": book, "school": g.school, "preview": shown, "verdicts": Verdict}


def check_page(
    load: Load,
    book: str,
    shown: Preview,
    *,
    status: int = 200,
    many: ManyForm | None = None,
    refused: str = "",
) -> Response:
    """Answer the page of the check.

    `many` is a form of several rows that was refused, `refused` why nothing of the load was done.
    """
    many = many or ManyForm().offer(editable(load))
    parts = context(load, book, shown)
    return htmx.page(
        "loads/load.html",
        status=status,
        code=status,
        many=many,
        offer=aside.offer(load.rows),
        refused=refused,
        **parts,
    )
