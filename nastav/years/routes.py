"""Settings: closing a school year, and opening it again."""

from typing import Final

from flask import Blueprint, g, redirect, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.district.models import Cycle
from nastav.locked import goes_on
from nastav.refusals import blame
from nastav.years import operations, queries, rules
from nastav.years.forms import CloseForm, ReopenForm
from nastav.years.rules import Moment

blueprint = Blueprint("years", __name__)
YEAR = "/districts/<int:district_id>/settings/cycles/<int:cycle>"
WHY: Final = "год закрывают и открывают здесь"


@blueprint.get(f"{YEAR}/close")
@requires("settings:edit")
@goes_on(WHY)
def ask_close() -> Response:
    """Say what closing the year does and what is still open in it."""
    if g.cycle.closed_on is not None:
        return redirect(url_for("cycles.school_years"))
    return _close_page(CloseForm(obj=g.cycle))


@blueprint.post(f"{YEAR}/close")
@requires("settings:edit")
@goes_on(WHY)
def close() -> Response:
    """Close the year and keep its report; a second press, here or in another tab, does nothing."""
    cycle: Cycle = g.cycle
    form = CloseForm.posted()
    is_valid = form.validate()
    moment = rules.moment(cycle.first_year, dates.today())
    if moment is Moment.EARLY and not form.early.data:
        blame(form, "early", "Отметьте, что год нужно закрыть до 31 августа, или закройте позже.")
    if moment is Moment.TOO_EARLY or not is_valid or form.errors:
        return _close_page(form, status=422)
    name = ru.school_year(cycle.first_year)
    if cycle.closed_on is not None or not htmx.is_first():
        return htmx.leave(url_for("cycles.school_years"), f"{name} учебный год уже закрыт.")
    kept = operations.close_year(access.actor(), g.district, cycle, version=form.version.data)
    done = f"{name} учебный год закрыт."
    if kept is None:
        return htmx.leave(url_for("cycles.school_years"), done)
    done += f" Отчёт на {ru.date_short(kept.day)} сохранён: его можно скачать."
    return htmx.leave(url_for("reports.kept", report_id=kept.id), done)


@blueprint.get(f"{YEAR}/reopen")
@requires("settings:edit")
@goes_on(WHY)
def ask_reopen() -> Response:
    """Ask why a closed year is to be opened."""
    if g.cycle.closed_on is None:
        return redirect(url_for("cycles.school_years"))
    return _reopen_page(ReopenForm(obj=g.cycle))


@blueprint.post(f"{YEAR}/reopen")
@requires("settings:edit")
@goes_on(WHY)
def reopen() -> Response:
    """Open the year again; of two who do so at once the second is told."""
    cycle: Cycle = g.cycle
    form = ReopenForm.posted()
    if cycle.closed_on is not None and not form.validate():
        return _reopen_page(form, status=422)
    if htmx.is_first():
        reason, version = form.reason.data or "", form.version.data
        operations.reopen_year(access.actor(), cycle, reason, version=version)
    done = (
        f"{ru.school_year(cycle.first_year)} учебный год снова открыт. Сохранённый отчёт остался."
    )
    return htmx.leave(url_for("cycles.school_years"), done)


def _close_page(form: CloseForm, *, status: int = 200) -> Response:
    year, today = g.cycle.first_year, dates.today()
    rows = queries.still_open(g.district.id, g.cycle)
    return htmx.page(
        "years/close.html",
        status=status,
        form=form,
        year=year,
        moment=rules.moment(year, today),
        closes_from=rules.closes_from(year),
        last_day=dates.cycle_bounds(year)[1],
        report_day=rules.report_day(year, today, g.district.order_date),
        rows=rows,
        stages=sum(row.stages for row in rows),
        submitted=sum(row.submitted for row in rows),
        pairs=sum(row.pairs for row in rows),
    )


def _reopen_page(form: ReopenForm, *, status: int = 200) -> Response:
    return htmx.page("years/reopen.html", status=status, form=form, cycle=g.cycle)
