"""Settings of school years: deadlines of stages, and opening the next year."""

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, locked, ru
from nastav.access import requires
from nastav.cycles import operations, queries
from nastav.cycles.forms import DeadlineForm
from nastav.cycles.wording import routes as wording
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.stages.models import Stage

blueprint = Blueprint("cycles", __name__)
blueprint.register_blueprint(wording.blueprint)


@blueprint.get("/districts/<int:district_id>/settings/deadlines")
@requires("settings:edit")
def deadlines(district_id: int) -> Response:
    """Show the deadlines of a school year (`?cycle=`, by default the current one)."""
    cycle = _asked_cycle(district_id)
    locked.show(cycle)
    return htmx.page("cycles/deadlines.html", **_year(cycle))


@blueprint.get("/districts/<int:district_id>/settings/deadlines/<int:cycle>/<int:number>")
@requires("settings:edit")
def edit(cycle: int, number: int) -> Response:
    stage = _stage(number)
    if "cancel" in request.args:
        return _row(stage)
    form = DeadlineForm(obj=stage, data={"reason": stage.due_reason}, first_year=cycle)
    return _row(stage, form)


@blueprint.post("/districts/<int:district_id>/settings/deadlines/<int:cycle>/<int:number>")
@requires("settings:edit")
def move(cycle: int, number: int) -> Response:
    stage = _stage(number)
    form = DeadlineForm.posted(first_year=cycle)
    if not form.validate():
        return _row(stage, form, status=422)
    try:
        moved = operations.move_deadline(
            access.actor(),
            g.cycle,
            stage,
            due=form.due.data,
            reason=form.reason.data or "",
            version=form.version.data,
        )
    except db.Conflict:
        form.version.data = stage.version  # «Оставить моё» is sent against what is saved now
        return _row(stage, form, status=409)
    sentence = f"Этап {stage.roman}: срок до {ru.date_short(stage.due)} включительно."
    at = url_for("cycles.deadlines", cycle=cycle)
    return htmx.saved(
        "cycles/_saved_row.html",
        at=at,
        message=f"{sentence} Сохранено." if moved else f"{sentence} Изменений нет.",
        stage=stage,
        district=g.district,
        year=g.cycle,
    )


@blueprint.get("/districts/<int:district_id>/settings/cycles")
@requires("settings:edit")
def school_years(district_id: int) -> Response:
    """Show the school years and the button that opens the next one."""
    opened = queries.school_years(district_id)
    following = queries.next_year(opened, dates.today())
    return htmx.page(
        "cycles/school_years.html", years=opened, following=following, district=g.district
    )


@blueprint.post("/districts/<int:district_id>/settings/cycles")
@requires("settings:edit")
def open_next(district_id: int) -> Response:
    """Open the school year the button named; a second click leads to the same place."""
    wanted = request.form.get("first_year", default=0, type=int)
    opened = queries.school_years(district_id)
    if wanted not in {
        *[school_year.first_year for school_year in opened],
        queries.next_year(opened, dates.today()),
    }:
        abort(409)
    is_new = operations.open_next(access.actor(), g.district, wanted)
    name = ru.school_year(wanted)
    sentence = (
        f"Открыт {name} учебный год. Проверьте сроки: они перенесены с прошлого года."
        if is_new
        else f"{name} учебный год уже открыт."
    )
    return htmx.leave(url_for("cycles.deadlines", cycle=wanted), sentence)


def _asked_cycle(district_id: int) -> Cycle:
    asked = request.args.get("cycle")
    return districts.asked_cycle(district_id, asked, dates.today()) or abort(404)


def _stage(number: int) -> Stage:
    return queries.stage(g.cycle.id, number) or abort(404)


def _year(cycle: Cycle) -> dict[str, Any]:
    """What the page of a school year's deadlines shows."""
    return {
        "district": g.district,
        "year": cycle,
        "years": [cycle.first_year for cycle in districts.cycles(g.district.id)],
        "stages": queries.stages(cycle.id),
    }


def _row(stage: Stage, form: DeadlineForm | None = None, status: int = 200) -> Response:
    """The row of a stage for HTMX, or the page with that row open."""
    if not htmx.is_fragment() and form is None:
        at = url_for("cycles.deadlines", cycle=g.cycle.first_year)
        return redirect(at)
    return htmx.fragment(
        "cycles/_edit_row.html" if form else "cycles/_row.html",
        whole="cycles/deadlines.html",
        status=status,
        open_stage=stage.ordinal,
        stage=stage,
        form=form,
        conflict=status == 409,
        **(_year(g.cycle) if not htmx.is_fragment() else {"district": g.district, "year": g.cycle}),
    )
