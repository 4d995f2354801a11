"""Pages of the order's execution: its points on a day, and the same as a workbook."""

from dataclasses import dataclass

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit import downloads
from nastav.coverage.forms import AskedDay
from nastav.district.signing import corner, signatures
from nastav.execution import queries, rules, sheet, spravka, words
from nastav.execution.facts import Execution
from nastav.execution.forms import asked_day
from nastav.execution.words import Point
from nastav.papers import answers, drawer

blueprint = Blueprint("execution", __name__)


@dataclass(frozen=True)
class Shown:
    """What every page and file of this room is made of."""

    asked: AskedDay
    found: Execution
    points: list[Point]

    @property
    def on(self) -> str | None:
        """Return the day as an address carries it; None for today."""
        return self.asked.typed if self.asked.is_past else None


@blueprint.get("/districts/<int:district_id>/execution")
@requires("rollup:read")
def page() -> Response:
    """Show every point of the order on a day (`?on=`, by default today)."""
    return _page(_shown())


@blueprint.get("/districts/<int:district_id>/execution.xlsx")
@requires("rollup:read")
def book() -> Response:
    """Give the same as a workbook; a day that cannot be is said on the page."""
    shown = _shown()
    if shown.asked.error:
        return _page(shown)
    db.settle()
    content = sheet.execution_book(shown.found, shown.points, g.district, dates.local_now())
    downloads.noted("execution.xlsx")
    name = f"{sheet.TITLE} № {g.district.order_number} на {ru.date_short(shown.found.on)}"
    return excel.answer(content, f"execution-{shown.found.on}.xlsx", name)


@blueprint.get("/districts/<int:district_id>/execution/spravka")
@requires("rollup:read")
def paper() -> Response:
    """Show the справка as it will be signed, drawn from the document that is downloaded."""
    shown = _shown()
    if shown.asked.error:
        return _page(shown)
    blocks = drawer.draw(spravka.document(shown.found, g.district))
    return htmx.page(
        "execution/spravka.html",
        shown=shown,
        blocks=blocks,
        text=drawer.plain(blocks),
        title=spravka.title(g.district),
        back=url_for("execution.page", on=shown.on),
    )


@blueprint.get("/districts/<int:district_id>/execution/spravka.docx")
@requires("rollup:read")
def paper_file() -> Response:
    """Give the справка in Word."""
    shown = _shown()
    if shown.asked.error:
        return _page(shown)
    content = spravka.document(shown.found, g.district)
    return _paper(content, shown, "docx", answers.WORD)


@blueprint.get("/districts/<int:district_id>/execution/spravka.txt")
@requires("rollup:read")
def paper_text() -> Response:
    """Give the справка as plain text, for a letter."""
    shown = _shown()
    if shown.asked.error:
        return _page(shown)
    text = drawer.plain(drawer.draw(spravka.document(shown.found, g.district)))
    return _paper(text.encode(), shown, "txt", answers.TEXT)


def _paper(content: bytes, shown: Shown, suffix: str, media_type: str) -> Response:
    downloads.noted(f"spravka.{suffix}")
    name = f"spravka-{shown.found.on}.{suffix}"
    russian = f"{spravka.title(g.district)} на {ru.date_short(shown.found.on)}.{suffix}"
    return answers.saved(content, name, russian, media_type)


def _shown() -> Shown:
    asked = asked_day(request.args, g.district.order_date)
    found = queries.execution(g.district, asked.on)
    return Shown(asked, found, words.points(found, g.district.target))


def _page(shown: Shown) -> Response:
    return htmx.page(
        "execution/page.html",
        status=422 if shown.asked.error else 200,
        shown=shown,
        asked=shown.asked,
        found=shown.found,
        lead=words.lead(shown.points, shown.found.coverage),
        late=words.LATE,
        rule=rules.RULE,
        signers=signatures(g.district),
        corner=corner(g.district),
        district=g.district,
    )
