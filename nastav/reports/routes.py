"""Pages of «Отчёт на дату»: what the book holds, and the book."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.archive import queries as archive
from nastav.archive.models import KeptReport
from nastav.audit import downloads
from nastav.coverage.forms import AskedDay
from nastav.district import queries as districts
from nastav.reports import operations, parts, queries
from nastav.reports.comparison import RULES_CHANGED
from nastav.reports.forms import KeepForm, asked_day, asked_part
from nastav.reports.sheets.book import book
from nastav.rollup import queries as rollup

blueprint = Blueprint("reports", __name__)
MOST_NAMED = 60  # changed figures shown on the page
LARGE = 50  # schools: the book of more takes over two seconds (docs/performance.md)


@blueprint.get("/districts/<int:district_id>/reports")
@requires("rollup:read")
def page() -> Response:
    """Show what the book of a day holds (`?on=`, by default today), and the single workbooks."""
    return _page(_asked())


@blueprint.get("/districts/<int:district_id>/reports/making")
@requires("rollup:read")
def making() -> Response:
    """Say that the book is being made: the browser goes on to it by itself, the page stays meanwhile."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    on = asked.typed if asked.is_past else None
    return htmx.page("reports/making.html", asked=asked, on=on, schools=_schools())


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
    downloads.noted(name)
    russian = f"{part.title if part else 'Отчёт'} на {ru.date_short(asked.on)}"
    return excel.answer(content, name, russian)


@blueprint.post("/districts/<int:district_id>/reports")
@requires("reports:keep")
def keep() -> Response:
    """Make the book of a day and keep it as it was signed; a second press keeps no second one."""
    form = KeepForm.posted()
    asked = asked_day(request.form, g.district.order_date)
    if not form.validate() or asked.error:
        return _page(asked, form, 422)
    if not htmx.is_first():
        return htmx.leave(url_for(".page"))
    title = form.title.data or ""
    kept = operations.keep(access.actor(), g.district, asked.on, title)
    return htmx.leave(url_for(".kept", report_id=kept.id), "Отчёт сохранён, его можно скачать.")


@blueprint.get("/districts/<int:district_id>/reports/<int:report_id>")
@requires("rollup:read")
def kept(report_id: int) -> Response:
    """Show a kept report and what its day gives now; the list asks for that in a few words."""
    return _kept_page(_kept(report_id))


@blueprint.get("/districts/<int:district_id>/reports/<int:report_id>.xlsx")
@requires("rollup:read")
def kept_file(report_id: int) -> Response:
    """Give a kept report as it was; one whose bytes are not what they were is not given."""
    report = _kept(report_id)
    try:
        content = archive.content(report)
    except archive.Spoiled:
        return _kept_page(report, 409)
    russian = f"{report.title}, на {ru.date_short(report.day)}"
    downloads.noted(f"report-kept-{report.id}.xlsx")
    return excel.answer(content, f"report-kept-{report.id}.xlsx", russian)


def _kept(report_id: int) -> KeptReport:
    return archive.kept_report(g.district.id, report_id) or abort(404)


def _kept_page(report: KeptReport, status: int = 200) -> Response:
    return htmx.fragment(
        "reports/_since.html",
        whole="reports/kept.html",
        status=status,
        is_spoiled=status == 409,
        report=report,
        found=queries.compared(report, g.district),
        most=MOST_NAMED,
        back=url_for(".page"),
    )


def _asked() -> AskedDay:
    return asked_day(request.args, g.district.order_date)


def _schools() -> int:
    return len(districts.school_names(g.district.id))


def _page(asked: AskedDay, form: KeepForm | None = None, status: int = 200) -> Response:
    contents = queries.contents(g.district, asked.on)
    return htmx.page(
        "reports/page.html",
        status=422 if asked.error else status,
        asked=asked,
        is_large=_schools() > LARGE,
        form=form or KeepForm(title=f"Отчёт на {ru.date_short(asked.on)}"),
        kept=[
            (report, queries.changed_rules(report, g.district))
            for report in archive.kept(g.district.id)
        ],
        rules_changed=RULES_CHANGED,
        on=asked.typed if asked.is_past else None,
        parts=parts.PARTS,
        said=parts.said(contents),
        years=districts.cycle_years(g.district.id),
        plan_years=rollup.coverage_years(g.district.id, dates.today()),
        district=g.district,
    )
