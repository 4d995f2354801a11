"""The row of an activity: shown, edited in place, saved."""

from flask import Blueprint
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.db import Conflict
from nastav.stages import pages
from nastav.stages.activities import operations
from nastav.stages.activities.forms import ActivityForm
from nastav.stages.history import queries as history
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow

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
        crumbs=pages.crumbs(),
        takes_focus=htmx.is_fragment(),
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
@requires("stages:edit")
def save(cycle: int, ordinal: int, number: int) -> Response:
    """Save the row; a second copy of the form has no effect."""
    page = pages.load(ordinal)
    activity = pages.activity(page, number)
    form = ActivityForm.posted(school_year=cycle)
    form.expect(page, activity)
    if page.sheet.is_locked:
        return _conflict(page, activity, form)
    if not form.validate():
        return _form(page, activity, form, 422)
    try:
        if pages.is_first_copy():
            operations.save_activity(
                access.actor(),
                page.sheet,
                activity,
                form.values,
                version=form.version.data,
                counted=page.counted(activity),
                document=form.document,
            )
    except Conflict:
        return _conflict(page, activity, form)
    page = pages.load(ordinal)
    return _shown(page, pages.activity(page, number), f"Сохранено. {page.progress}.")


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
        crumbs=[*pages.crumbs(), (page.sheet.head.heading, page.url)],
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
        crumbs=[*pages.crumbs(), (page.sheet.head.heading, page.url)],
    )
