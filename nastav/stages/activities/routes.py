"""The row of an activity: shown, edited in place, saved, declared done by one press."""

from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, db, htmx, ru, unit
from nastav.access import requires
from nastav.db import Conflict
from nastav.forms import posted_version
from nastav.stages import pages
from nastav.stages.activities import declaring, operations
from nastav.stages.activities.forms import ActivityForm
from nastav.stages.history import queries as history
from nastav.stages.models import ActivityStatus, StageState
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow
from nastav.stages.sending.check import Level
from nastav.stages.sending.pages import checked

blueprint = Blueprint("activities", __name__)

ACTIVITY = "/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>/activities/<int:number>"


@blueprint.get(ACTIVITY)
@requires("stages:read")
def row(ordinal: int, number: int) -> Response:
    """Show the row of an activity as it is saved; without HTMX the whole stage."""
    page = pages.load(ordinal)
    return htmx.fragment(
        "stages/_activity_row.html",
        whole="stages/stage.html",
        page=page,
        row=pages.activity(page, number),
        takes_focus=htmx.is_fragment(),
        **({} if htmx.is_fragment() else pages.signing()),
    )


@blueprint.get(f"{ACTIVITY}/edit")
@requires("stages:edit")
def edit(cycle: int, ordinal: int, number: int) -> Response:
    """Show the row as a form; without HTMX on a page of its own."""
    page = pages.load(ordinal)
    activity = pages.activity(page, number)
    if page.sheet.is_locked:
        return _shown(page, activity)
    form = ActivityForm(
        obj=activity,
        answer="\n".join(remark.answer for remark in activity.remarks if remark.answer),
        school_year=cycle,
    )
    return _form(page, activity, form)


@blueprint.post(f"{ACTIVITY}/edit")
@unit.reads_first
@requires("stages:edit")
def save(cycle: int, ordinal: int, number: int) -> Response:
    """Save the row; a second copy of the form has no effect."""
    form = ActivityForm.posted(school_year=cycle)
    page = pages.load(ordinal)
    if refusal := _refusal(page, number, form):
        return refusal
    db.begin_writing()
    if pages.is_outdated(page):  # a document that proves the activity may be gone
        page = pages.load(ordinal)
        if refusal := _refusal(page, number, form):
            return refusal
    activity, saved = pages.activity(page, number), None
    try:
        if pages.is_first_copy():
            saved = operations.save_activity(
                access.actor(),
                page.sheet,
                activity,
                form.values,
                version=form.version.data,
                counted=page.counted(activity),
                documents=form.documents,
            )
    except Conflict:
        return _conflict(page, activity, form)
    page = page.after(saved) if saved else pages.load(ordinal)
    return _shown(page, pages.activity(page, number), f"Сохранено. {page.progress}.")


def _refusal(page: StagePage, number: int, form: ActivityForm) -> Response | None:
    """Return the answer to a form that cannot be saved as the stage is, or None."""
    activity = pages.activity(page, number)
    form.expect(page, activity)
    if page.sheet.is_locked:
        return _conflict(page, activity, form)
    return None if form.validate() else _form(page, activity, form, 422)


@blueprint.post(f"{ACTIVITY}/declare")
@requires("stages:edit")
def declare(ordinal: int, number: int) -> Response:
    """Declare the activity done today; a second press finds it done and says so."""
    page = pages.load(ordinal)
    row = pages.activity(page, number)
    if row.status is ActivityStatus.DONE:
        return _pressed(page, row, f"Мероприятие {number} уже отмечено выполненным: {_who(row)}.")
    if page.sheet.is_locked:
        return _pressed(page, row, _locked(page), 409)
    if row.version != posted_version():
        return _pressed(page, row, f"{_CHANGED} Посмотрите и отметьте ещё раз.", 409)
    if objection := page.objection(row):
        return _pressed(page, row, objection, 422)
    actor, counted = access.actor(), page.counted(row)
    declaring.declare(actor, page.sheet, row, version=row.version, counted=counted)
    return _pressed(pages.load(ordinal), row, f"Мероприятие {number} отмечено выполненным.")


@blueprint.post(f"{ACTIVITY}/undeclare")
@requires("stages:edit")
def undeclare(ordinal: int, number: int) -> Response:
    """Make the activity what it was before it was declared; a second press finds it so."""
    page = pages.load(ordinal)
    row = pages.activity(page, number)
    if row.status is not ActivityStatus.DONE:
        return _pressed(page, row, f"Мероприятие {number} уже не отмечено выполненным.")
    if page.sheet.is_locked:
        return _pressed(page, row, _locked(page), 409)
    if not row.is_declared or row.version != posted_version():
        return _pressed(page, row, f"{_CHANGED} Поправьте его по кнопке «Изменить».", 409)
    declaring.take_back(access.actor(), page.sheet, row, version=row.version)
    return _pressed(pages.load(ordinal), row, f"Мероприятие {number}: вернули, как было.")


_CHANGED = "Пока страница была открыта, мероприятие сохранили ещё раз, поэтому ничего не изменено."


def _locked(page: StagePage) -> str:
    if page.sheet.state is StageState.ACCEPTED:
        return "Этап принят, поэтому ничего не изменено: попросите координатора открыть его."
    return "Этап уже отправлен на проверку, поэтому ничего не изменено: сначала отзовите его."


def _who(row: ActivityRow) -> str:
    day = ru.date_short(row.done_on) if row.done_on else ""
    return ", ".join(filter(None, (day, row.responsible)))


def _pressed(page: StagePage, row: ActivityRow, message: str, status: int = 200) -> Response:
    """Answer a press where it was made: on the stage's page, on «Моя школа» or on the self-check."""
    back = request.form.get("back")
    row = pages.activity(page, row.ordinal)
    shown: dict[str, Any] = {"problem": message if status >= 400 else "", "pressed": True}
    if back == "check":
        at, part = page.at("stages.sending.self_check"), "stages/_check.html"
        shown |= {"found": checked(page), "levels": Level}
    elif back == "home":
        at = url_for("home.school", cycle=g.cycle.first_year)
        part = "stages/_declarable.html"
    else:
        at, part = f"{page.url}#activity-{row.ordinal}", "stages/_activity_saved.html"
    return htmx.saved(
        part, at=at, message=message, status=status, page=page, row=row, back=back, **shown
    )


def _shown(page: StagePage, activity: ActivityRow, message: str = "") -> Response:
    """Answer the saved row with the counter; for a page without HTMX lead back to the stage."""
    return htmx.saved(
        "stages/_activity_saved.html",
        at=f"{page.url}#activity-{activity.ordinal}",
        message=message,
        page=page,
        row=activity,
        takes_focus=True,
    )


def _form(
    page: StagePage, activity: ActivityRow, form: ActivityForm, status: int = 200
) -> Response:
    return htmx.fragment(
        "stages/_activity_edit_row.html",
        whole="stages/activity.html",
        status=status,
        page=page,
        row=activity,
        form=form,
        crumbs=page.crumbs,
    )


def _conflict(page: StagePage, activity: ActivityRow, form: ActivityForm) -> Response:
    """Show both versions and what was typed: the page was read before the refused save."""
    return htmx.fragment(
        "stages/_activity_conflict_row.html",
        whole="stages/activity_conflict.html",
        status=409,
        page=page,
        row=activity,
        form=form,
        differences=form.differences(activity),
        last=history.last_revision(page.sheet.school_id, activity.id),
        crumbs=page.crumbs,
    )
