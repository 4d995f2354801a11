"""Pages of «Отчёт на дату»: what the book holds, and the book."""

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit.operations import record
from nastav.coverage.forms import AskedDay
from nastav.district import queries as districts
from nastav.reports import parts, queries
from nastav.reports.forms import asked_day, asked_part
from nastav.reports.sheets.book import book
from nastav.rollup import queries as rollup

blueprint = Blueprint("reports", __name__)
TITLE = "Отчёт на дату"


@blueprint.get("/districts/<int:district_id>/reports")
@requires("rollup:read")
def page() -> Response:
    """Show what the book of a day holds (`?on=`, by default today), and the single workbooks."""
    return _page(_asked())


@blueprint.get("/districts/<int:district_id>/reports/book.xlsx")
@requires("rollup:read")
def file() -> Response:
    """Give the book of a day, or one part of it (`?sheet=`); a day that cannot be is said on the page."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    try:
        part = asked_part(request.args)
    except KeyError:
        abort(404)
    found = queries.material(g.district, asked.on)
    db.settle()
    content = book(found, g.district, dates.local_now(), part.key if part else None)
    name = f"report-{part.key}-{asked.on}.xlsx" if part else f"report-{asked.on}.xlsx"
    _note_download(name)
    russian = f"{part.title if part else 'Отчёт'} на {ru.date_short(asked.on)}"
    return excel.answer(content, name, russian)


def _asked() -> AskedDay:
    return asked_day(request.args, g.district.order_date)


def _page(asked: AskedDay) -> Response:
    contents = queries.contents(g.district, asked.on)
    return htmx.page(
        "reports/page.html",
        status=422 if asked.error else 200,
        asked=asked,
        on=asked.typed if asked.is_past else None,
        parts=parts.PARTS,
        said=parts.said(contents),
        years=districts.cycle_years(g.district.id),
        plan_years=rollup.coverage_years(g.district.id, dates.today()),
        district=g.district,
    )


def _note_download(name: str) -> None:
    """Note a file in the journal before it leaves (rules.md#one-unit-of-work)."""
    actor = access.actor()
    db.beforehand(lambda: record(actor, "export:downloaded", subject=name))
