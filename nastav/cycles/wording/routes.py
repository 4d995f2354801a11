"""Settings: the words of a school year's stages and activities."""

from collections.abc import Sequence

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, locked, ru
from nastav.access import requires
from nastav.cycles import queries as cycles
from nastav.cycles.wording import operations, queries
from nastav.cycles.wording.comparing import Compared, compare
from nastav.cycles.wording.forms import AppendixForm, WordingForm
from nastav.district import queries as districts
from nastav.stages.models import Stage

blueprint = Blueprint("wording", __name__)


@blueprint.get("/districts/<int:district_id>/settings/wording")
@requires("settings:edit")
def wording(district_id: int) -> Response:
    """Show how a school year (`?cycle=`, by default the current one) words its stages."""
    asked = request.args.get("cycle")
    year = districts.asked_cycle(district_id, asked, dates.today()) or abort(404)
    locked.show(year)
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


@blueprint.get("/districts/<int:district_id>/settings/wording/<int:cycle>/appendix")
@requires("settings:edit")
def appendix() -> Response:
    """Show where the table of appendix 2 is pasted."""
    form = AppendixForm()
    form.versions.data = _versions(cycles.stages(g.cycle.id))
    return _appendix_page(form)


@blueprint.post("/districts/<int:district_id>/settings/wording/<int:cycle>/appendix")
@requires("settings:edit")
def take_appendix(cycle: int) -> Response:
    """Word the school year as the pasted table does, or show first what would change."""
    form = AppendixForm.posted()
    stages = cycles.stages(g.cycle.id)
    found = compare(
        form.pasted.data or "",
        cycle,
        stages,
        queries.activities_by_stage(g.cycle.id),
        with_dues=bool(form.with_dues.data),
    )
    is_valid = form.validate()
    if found.problems or not is_valid:
        form.pasted.errors = [*form.pasted.errors, *found.problems]
        return _appendix_page(form, found, 422)
    if "save" not in request.form:
        return _appendix_page(form, found)
    actor, seen = access.actor(), form.seen(len(stages))
    try:
        is_changed = operations.take_appendix(
            actor, g.cycle, found.stages, versions=seen, reason=form.reason.data or ""
        )
    except db.Conflict:
        form.versions.data = _versions(stages)  # «Сохранить» is sent against what is saved now
        return _appendix_page(form, found, 409)
    done = "слова приложения 2 сохранены" if is_changed else "изменений нет"
    return htmx.leave(url_for(".wording", cycle=cycle), f"{ru.school_year(cycle)}: {done}.")


def _versions(stages: Sequence[Stage]) -> str:
    return ",".join(str(stage.version) for stage in stages)


def _appendix_page(
    form: AppendixForm, found: Compared | None = None, status: int = 200
) -> Response:
    return htmx.page(
        "cycles/appendix.html",
        status=status,
        form=form,
        found=found,
        is_conflict=status == 409,
        district=g.district,
        year=g.cycle,
    )


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
