"""Settings of the plan: its years, and the cells of one year."""

from collections.abc import Sequence

from flask import Blueprint, abort, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from nastav import dates, htmx, submitted
from nastav.access import actor, requires
from nastav.db import Conflict, check_version
from nastav.district import queries as districts
from nastav.forms import posted_block
from nastav.intake.block import Spread
from nastav.plan import operations, queries
from nastav.plan.forms import (
    BasesForm,
    OpenYearForm,
    PlanForm,
    bases_form_of,
    form_of,
    saved_values,
)
from nastav.plan.models import PlanYear
from nastav.plan.paste import spread
from nastav.plan.queries import Base, SchoolTarget, YearSum

blueprint = Blueprint("plan", __name__)
ABREAST = 5  # years side by side on a page, as appendix 1 has them


@blueprint.get("/districts/<int:district_id>/settings/plan")
@requires("settings:edit")
def years(district_id: int) -> Response:
    """Show the plan years with their totals, and how to open another."""
    opened = queries.plan_years(district_id)
    today = dates.today().year
    missing = today if today not in opened else max(opened) + 1
    form = OpenYearForm(data={"year": request.args.get("year", type=int) or missing})
    return _years(district_id, form)


@blueprint.post("/districts/<int:district_id>/settings/plan")
@requires("settings:edit")
def open_year(district_id: int) -> Response:
    """Open a plan year, filled by percentages where they were given."""
    form = OpenYearForm.posted()
    if not form.validate():
        return _years(district_id, form, 422)
    new = form.new_year()
    address = url_for("plan.year", year=new.year)
    if not submitted.first_time(form.once_token.data or ""):
        return htmx.leave(address)
    try:
        operations.open_year(actor(), district_id, districts.schools(district_id), new)
    except operations.YearOpen:
        form.year.errors = [f"План на {new.year} год уже открыт: выберите его в таблице."]
        return _years(district_id, form, 422)
    return htmx.leave(address, f"План на {new.year} год открыт. Проверьте числа и сохраните.")


@blueprint.get("/districts/<int:district_id>/settings/plan/<int:year>")
@requires("settings:edit")
def year(district_id: int, year: int) -> Response:
    """Show the cells of a year as a form; a year without a plan leads to opening it."""
    plan = queries.plan_year(district_id, year)
    if plan is None:
        if not 2020 <= year <= 2099:
            abort(404)
        return htmx.leave(url_for("plan.years", year=year))
    rows = queries.targets(district_id, year)
    form = form_of(rows)(data={**saved_values(rows), "version": plan.version})
    return _cells(plan, rows, form)


@blueprint.post("/districts/<int:district_id>/settings/plan/<int:year>")
@requires("settings:edit")
def change(district_id: int, year: int) -> Response:
    """Save the cells of a year; a form made from an older plan keeps what was typed (409).

    A block that was pasted is first shown in the cells.
    """
    plan = queries.plan_year(district_id, year) or abort(404)
    rows = queries.targets(district_id, year)
    pasted = posted_block()
    if pasted is not None:
        return _preview(plan, rows, pasted)
    form = form_of(rows).posted()
    if not form.validate():
        return _cells(plan, rows, form, 422)
    wanted = form.wanted(rows)
    address = url_for("plan.years")
    if not operations.changes_of(rows, wanted):  # a second click, or nothing was changed
        return htmx.leave(address, f"План на {year} год: изменений нет.")
    try:
        check_version(plan, form.version.data)
    except Conflict:
        form.version.data = plan.version
        return _cells(plan, rows, form, 409)
    operations.change_targets(actor(), plan, wanted, form.reason.data or "")
    return htmx.leave(address, f"План на {year} год сохранён.")


@blueprint.post("/districts/<int:district_id>/settings/plan/bases/confirm")
@requires("settings:edit")
def confirm_bases() -> Response:
    """Note that the base of mentees is all pupils of the district; a second click does nothing."""
    operations.confirm_bases(actor(), g.district)
    return htmx.leave(url_for("plan.years"), "Записано: база наставляемых — все обучающиеся.")


@blueprint.get("/districts/<int:district_id>/settings/plan/bases")
@requires("settings:edit")
def bases(district_id: int) -> Response:
    """Show how many pupils each school has, as a form."""
    plan = _last_plan(district_id)
    rows = queries.pupils(district_id)
    values = {f"pupils_{row.school_id}": row.pupils for row in rows}
    return _bases(rows, bases_form_of(rows)(data={**values, "version": plan.version}))


@blueprint.post("/districts/<int:district_id>/settings/plan/bases")
@requires("settings:edit")
def change_bases(district_id: int) -> Response:
    """Save the schools' pupils; a form made from an older plan keeps what was typed (409)."""
    plan = _last_plan(district_id)
    rows = queries.pupils(district_id)
    form = bases_form_of(rows).posted()
    if not form.validate():
        return _bases(rows, form, 422)
    wanted = form.wanted(rows)
    if operations.base_changes(rows, wanted):  # else a second click, or it was right
        try:
            check_version(plan, form.version.data)
        except Conflict:
            form.version.data = plan.version
            return _bases(rows, form, 409)
    operations.change_bases(actor(), g.district, plan, wanted, form.reason.data or "")
    return htmx.leave(url_for("plan.years"), "База наставляемых сохранена.")


def _last_plan(district_id: int) -> PlanYear:
    plans = queries.years(district_id)
    return plans[-1] if plans else abort(404)


def _bases(rows: Sequence[Base], form: BasesForm, status: int = 200) -> Response:
    differing = operations.base_changes(rows, form.wanted(rows)) if status == 409 else {}
    return htmx.page(
        "plan/bases.html",
        status=status,
        rows=rows,
        form=form,
        differing=differing,
        base=_sum(rows),
        district=g.district,
    )


def _sum(rows: Sequence[Base]) -> int | None:
    return sum(row.pupils or 0 for row in rows) or None


def _years(district_id: int, form: OpenYearForm, status: int = 200) -> Response:
    sums = queries.year_sums(district_id)
    groups = [sums[at : at + ABREAST] for at in range(0, len(sums), ABREAST)]
    lines = queries.lines(district_id)
    shown = _asked_years(groups)
    return htmx.page(
        "plan/years.html",
        status=status,
        form=form,
        sums=sums,
        groups=groups,
        shown=shown,
        lines=lines,
        edits=queries.edits([line.school_id for line in lines], [row.year for row in shown]),
        edited=queries.edited_years(district_id),
        base=_sum(queries.pupils(district_id)),
        district=g.district,
    )


def _asked_years(groups: Sequence[Sequence[YearSum]]) -> Sequence[YearSum]:
    """The years laid out side by side: those of `?from=`, else those with the current one."""
    asked = request.args.get("from", type=int) or dates.today().year
    last = groups[-1] if groups else []
    return next((group for group in groups if asked in [row.year for row in group]), last)


def _preview(plan: PlanYear, rows: Sequence[SchoolTarget], pasted: str) -> Response:
    """Show the cells with the pasted block in them and what it changes; nothing is saved."""
    found = spread(pasted, rows)
    data = MultiDict(request.form)
    for school_id, cells in found.cells.items():
        for name, text in cells.items():
            data[f"{name}_{school_id}"] = text
    form = form_of(rows)(data)
    left = "" if found.cells else pasted
    return _cells(plan, rows, form, 200 if found.cells else 422, pasted=left, found=found)


def _cells(
    plan: PlanYear,
    rows: Sequence[SchoolTarget],
    form: PlanForm,
    status: int = 200,
    *,
    pasted: str = "",
    found: Spread[int] | None = None,
) -> Response:
    differing = operations.changes_of(rows, form.wanted(rows)) if status == 409 else {}
    sums = next(row for row in queries.year_sums(plan.district_id) if row.year == plan.year)
    return htmx.page(
        "plan/year.html",
        status=status,
        plan=plan,
        rows=rows,
        form=form,
        sums=sums,
        edits=queries.edits([row.school_id for row in rows], [plan.year]),
        differing=differing,
        pasted=pasted,
        found=found,
        changing=operations.changes_of(rows, form.wanted(rows)) if found else {},
        percent=operations.shown(plan.mentee_percent),
        district=g.district,
    )
