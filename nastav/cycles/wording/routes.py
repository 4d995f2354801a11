"""Settings: the words of a school year's stages and activities."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru
from nastav.access import requires
from nastav.cycles import queries as cycles
from nastav.cycles.wording import operations, queries
from nastav.cycles.wording.forms import WordingForm
from nastav.district import queries as districts
from nastav.stages.models import Stage

blueprint = Blueprint("wording", __name__)


@blueprint.get("/districts/<int:district_id>/settings/wording")
@requires("settings:edit")
def wording(district_id: int) -> Response:
    """Show how a school year (`?cycle=`, by default the current one) words its stages."""
    asked = request.args.get("cycle")
    year = districts.asked_cycle(district_id, asked, dates.today()) or abort(404)
    return htmx.page(
        "cycles/wording.html",
        district=g.district,
        year=year,
        years=[cycle.first_year for cycle in districts.cycles(district_id)],
        stages=cycles.stages(year.id),
        titles=queries.titles(year.id),
    )


@blueprint.get("/districts/<int:district_id>/settings/wording/<int:cycle>/<int:number>")
@requires("settings:edit")
def edit(number: int) -> Response:
    stage = _stage(number)
    return _show(stage, _form_class(stage)(obj=stage))


@blueprint.post("/districts/<int:district_id>/settings/wording/<int:cycle>/<int:number>")
@requires("settings:edit")
def reword(cycle: int, number: int) -> Response:
    stage = _stage(number)
    form = _form_class(stage, sent=set(request.form)).posted()
    if not form.validate():
        return _show(stage, form, 422)
    actor, version, reason = access.actor(), form.version.data, form.reason.data or ""
    try:
        is_changed = operations.reword_stage(
            actor, g.cycle, stage, form.wording, version=version, reason=reason
        )
    except db.Conflict:
        form.version.data = stage.version  # «Оставить моё» is sent against what is saved now
        return _show(stage, form, 409)
    at = url_for(".wording", cycle=cycle)
    year = ru.school_year(cycle)
    done = "формулировки сохранены" if is_changed else "изменений нет"
    return htmx.leave(f"{at}#stage-{number}", f"Этап {stage.roman}, {year}: {done}.")


def _stage(number: int) -> Stage:
    return cycles.stage(g.cycle.id, number) or abort(404)


def _form_class(stage: Stage, sent: set[str] | None = None) -> type[WordingForm]:
    """The form of a stage; of one that was sent, without the activities its page did not know yet."""
    known = [
        activity
        for activity in queries.activities(stage.id)
        if sent is None or f"title_{activity.id}" in sent
    ]
    return WordingForm.for_stage(known, may_compose=not queries.schools_at_work(stage.id))


def _show(stage: Stage, form: WordingForm, status: int = 200) -> Response:
    is_conflict = status == 409
    return htmx.page(
        "cycles/wording_stage.html",
        status=status,
        stage=stage,
        form=form,
        differences=form.differences(stage) if is_conflict else [],
        is_conflict=is_conflict,
        at_work=queries.schools_at_work(stage.id),
        district=g.district,
        year=g.cycle,
    )
