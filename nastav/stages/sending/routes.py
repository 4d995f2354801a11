"""Self-check and sending, taking back, asking for reopening."""

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from nastav import access, htmx
from nastav.access import requires
from nastav.stages import pages
from nastav.stages.models import StageState
from nastav.stages.pages import StagePage
from nastav.stages.sending import operations
from nastav.stages.sending.check import Level, SelfCheck
from nastav.stages.sending.forms import ConfirmForm, ReopeningForm, SendForm
from nastav.stages.sending.pages import checked

blueprint = Blueprint("sending", __name__)

STAGE = "/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>"


@blueprint.get(f"{STAGE}/submit")
@requires("stages:edit")
def self_check(ordinal: int) -> Response:
    """Show what to mend and what to look at again before sending."""
    page = pages.load(ordinal)
    if page.sheet.is_locked:
        return htmx.leave(page.url)
    return _check_page(page, checked(page))


@blueprint.post(f"{STAGE}/submit")
@requires("stages:edit")
def submit(ordinal: int) -> Response:
    page = pages.load(ordinal)
    sent = url_for("home.sent", ordinal=ordinal)
    if not pages.is_first_copy():
        return htmx.leave(sent)
    form, found = ConfirmForm.posted(), checked(page)
    if not page.sheet.is_locked and not found.is_ready:
        return _check_page(page, found, 422)
    if not page.sheet.is_locked and not form.confirms(found):
        return _check_page(page, found, 409)
    operations.submit_stage(
        access.actor(),
        page.sheet,
        version=form.version.data,
        confirmed=found.remarks,
        before_site=g.cycle.before_site,
    )
    return htmx.leave(sent)


@blueprint.post(f"{STAGE}/withdraw")
@requires("stages:edit")
def withdraw(ordinal: int) -> Response:
    """Take the stage back until it is decided on."""
    page = pages.load(ordinal)
    if pages.is_first_copy():
        version = SendForm.posted().version.data
        operations.withdraw_stage(access.actor(), page.sheet, version=version)
    return htmx.leave(page.url, "Этап отозван с проверки. Исправьте и отправьте снова.")


@blueprint.get(f"{STAGE}/reopening")
@requires("stages:edit")
def reopening(ordinal: int) -> Response:
    """Ask why an accepted stage should be opened again."""
    page = pages.load(ordinal)
    if page.sheet.state is not StageState.ACCEPTED:
        return htmx.leave(page.url)
    form = ReopeningForm(
        data={"version": page.sheet.version, "reason": page.sheet.reopening_reason}
    )
    return htmx.page("stages/reopening.html", page=page, form=form, crumbs=page.crumbs)


@blueprint.post(f"{STAGE}/reopening")
@requires("stages:edit")
def ask_reopening(ordinal: int) -> Response:
    """Hand the request to the coordinator."""
    page = pages.load(ordinal)
    form = ReopeningForm.posted()
    if not form.validate():
        crumbs = page.crumbs
        return htmx.page("stages/reopening.html", status=422, page=page, form=form, crumbs=crumbs)
    if pages.is_first_copy():
        operations.ask_reopening(
            access.actor(), page.sheet, form.reason.data or "", version=form.version.data
        )
    return htmx.leave(page.url, "Просьба передана координатору.")


def _check_page(page: StagePage, found: SelfCheck, status: int = 200) -> Response:
    return htmx.page(
        "stages/submit.html",
        status=status,
        page=page,
        found=found,
        levels=Level,
        has_changed=status == 409,
        crumbs=page.crumbs,
    )
