"""Pages of the review: the queue, a stage with a remark per activity, undo, reopening."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.district import queries as districts
from nastav.review import operations, queries
from nastav.review.changes import Since, since
from nastav.review.forms import DeclineForm, KeepForm, ReopenForm, ReviewForm
from nastav.stages import pages
from nastav.stages.acceptance import accepted, to_keep
from nastav.stages.history import queries as history
from nastav.stages.models import SchoolStage, Stage, StageState, Step, Transition
from nastav.stages.records import StageSheet
from nastav.stages.sending.operations import snapshot
from nastav.stages.sending.pages import checked

blueprint = Blueprint("review", __name__)
USUAL_TIME = timedelta(days=7)  # suggested for mending; the coordinator may type another day


@dataclass(frozen=True)
class Asked:
    """What a page of the review is about: whose stage, in which school year."""

    school_id: int
    cycle: int
    number: int

    @property
    def url(self) -> str:
        return url_for("review.stage", **vars(self))


@blueprint.get("/districts/<int:district_id>/review")
@requires("stages:review")
def queue(district_id: int) -> Response:
    """Show what waits for the coordinator, the longest waiting first."""
    cycle = districts.current_cycle(district_id, dates.today())
    return htmx.page(
        "review/queue.html",
        waiting=queries.queue(district_id),
        asked=queries.asked_to_open(district_id),
        changed=queries.changed(district_id, cycle) if cycle else [],
        done=_done(),
        district=g.district,
    )


@blueprint.get("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review")
@requires("stages:review")
def stage(school_id: int, cycle: int, number: int) -> Response:
    """Show a stage of a school with what the coordinator can decide now."""
    return _show(Asked(school_id, cycle, number))


@blueprint.post("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review")
@requires("stages:review")
def decide(school_id: int, cycle: int, number: int) -> Response:
    """Accept or return a stage and go on to the next of the queue."""
    asked = Asked(school_id, cycle, number)
    row, head = _rows(asked)
    page = pages.load(number)
    form = _form_class(page.sheet).posted(first_year=cycle)
    is_acceptance = request.form.get("decision") == "accept"
    if not (form.check_acceptance() if is_acceptance else form.check_return()):
        return _show(asked, form=form, status=422)
    waiting = queries.queue(g.school.district_id)
    here = next((sent for sent in waiting if sent.row_id == row.id), None)
    try:
        decision_id = _decide(row, head, form, page if is_acceptance else None)
    except db.Conflict:
        return _too_late(asked, row, form, Step.ACCEPTED if is_acceptance else Step.RETURNED)
    return htmx.leave(_next_address(queries.following(waiting, here), decision_id))


@blueprint.post("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review/undo")
@requires("stages:review")
def undo(school_id: int, cycle: int, number: int) -> Response:
    asked = Asked(school_id, cycle, number)
    row, head = _rows(asked)
    decision_id = request.form.get("decision", default=0, type=int)
    try:
        operations.undo_decision(access.actor(), row, head, decision_id)
    except db.Conflict:
        return _show(asked, status=409, cannot_undo=True)
    return htmx.leave(asked.url, "Решение отменено: этап снова на проверке.")


@blueprint.post("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review/reopen")
@requires("stages:review")
def reopen(school_id: int, cycle: int, number: int) -> Response:
    asked = Asked(school_id, cycle, number)
    row, head = _rows(asked)
    form = ReopenForm.posted(first_year=cycle)
    if not form.validate():
        return _show(asked, reopening=form, status=422)
    try:
        operations.reopen_stage(
            access.actor(),
            row,
            head,
            version=form.version.data,
            reason=form.reason.data or "",
            fix_by=form.fix_by.data,
        )
    except db.Conflict:
        return _show(asked, reopening=form, status=409)
    message = f"Этап {head.roman} открыт заново: школа {g.school.name} увидит причину и срок."
    return htmx.leave(asked.url, message)


@blueprint.post("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review/decline")
@requires("stages:review")
def decline(school_id: int, cycle: int, number: int) -> Response:
    """Leave an accepted stage closed though the school asks to open it."""
    asked = Asked(school_id, cycle, number)
    row, head = _rows(asked)
    form = DeclineForm.posted()
    if not form.validate():
        return _show(asked, declining=form, status=422)
    actor, version = access.actor(), form.version.data
    try:
        operations.decline_reopening(actor, row, head, version=version, reason=form.why.data or "")
    except db.Conflict:
        if not _is_own(queries.last_step(row.id), Step.REOPENING_DECLINED):
            return _show(asked, declining=form, status=409)
    message = f"Этап {head.roman} остаётся принятым: школа {g.school.name} увидит, почему."
    return htmx.leave(asked.url, message)


@blueprint.post("/schools/<int:school_id>/<int:cycle>/stages/<int:number>/review/keep")
@requires("stages:review")
def keep(school_id: int, cycle: int, number: int) -> Response:
    """Leave a stage accepted though something it rested on is gone; the new figures stand from now on."""
    asked = Asked(school_id, cycle, number)
    row, head = _rows(asked)
    page = pages.load(number)
    district = districts.district(g.school.district_id) or abort(404)
    form = KeepForm.posted()
    actor, version = access.actor(), form.version.data
    counted = to_keep(page, g.cycle, district.rules_number)
    try:
        operations.confirm_acceptance(actor, row, head, version=version, counted=counted)
    except db.Conflict:
        return _show(asked, status=409)
    return htmx.leave(asked.url, f"Этап {head.roman} остаётся принятым, новые числа запомнены.")


def _decide(
    row: SchoolStage, head: Stage, form: ReviewForm, looked_at: pages.StagePage | None
) -> int:
    """Accept the stage as its page shows it, or return it; the id of the step."""
    actor, version = access.actor(), form.version.data
    if looked_at:
        district = districts.district(g.school.district_id) or abort(404)
        counted = to_keep(looked_at, g.cycle, district.rules_number)
        step = operations.accept_stage(actor, row, head, version=version, counted=counted)
        return step.id
    remarks, fix_by = form.remarks(), form.fix_by.data
    step = operations.return_stage(
        actor, row, head, version=version, remarks=remarks, fix_by=fix_by
    )
    return step.id


def _too_late(asked: Asked, row: SchoolStage, form: ReviewForm, wanted: Step) -> Response:
    """Answer a decision that somebody was faster than; a second click of one's own goes on."""
    last = queries.last_step(row.id)
    if last is not None and _is_own(last, wanted):
        waiting = queries.queue(g.school.district_id)
        return htmx.leave(_next_address(queries.following(waiting, None), last.id))
    return _show(asked, form=form, status=409)


def _is_own(last: Transition | None, wanted: Step) -> bool:
    """Tell whether the last step is what the person signed in wants now: a second click."""
    return last is not None and last.step is wanted and last.actor_id == access.actor().id


def _next_address(following: queries.Waiting | None, decision_id: int) -> str:
    if following is None:
        return url_for("review.queue", done=decision_id)
    return url_for(
        "review.stage",
        school_id=following.school_id,
        cycle=following.first_year,
        number=following.ordinal,
        done=decision_id,
    )


def _done() -> queries.Decision | None:
    """The decision made a moment ago on another page, with which this one was opened."""
    decision_id = request.args.get("done", type=int)
    if decision_id is None:
        return None
    return queries.decision(decision_id, access.actor().id, dates.now())


def _rows(asked: Asked) -> tuple[SchoolStage, Stage]:
    """The rows to change; a stage nobody has begun is not there to be decided on."""
    return queries.school_stage(asked.school_id, g.cycle.id, asked.number) or abort(404)


def _fresh(asked: Asked, sheet: StageSheet, given: dict[str, Any]) -> ReviewForm:
    """The form of a decision before anything is typed, or with what a return taken back held."""
    again = _undone(sheet)
    form = _form_class(sheet)(data=given | again, first_year=asked.cycle)
    form.is_again = bool(again)
    return form


def _undone(sheet: StageSheet) -> dict[str, Any]:
    """What stood in the form of a return that was taken back just now; empty where there is none."""
    undone = queries.undone_return(sheet.school_id, sheet.head.id)
    if undone is None:
        return {}
    remarks = {remark.activity_id: remark.text for remark in queries.remarks_of(undone.id)}
    return {**ReviewForm.typed_again(remarks), "fix_by": undone.fix_by}


def _form_class(sheet: StageSheet) -> type[ReviewForm]:
    return ReviewForm.for_activities(row.id for row in sheet.activities)


def _show(
    asked: Asked,
    *,
    form: ReviewForm | None = None,
    reopening: ReopenForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
    cannot_undo: bool = False,
) -> Response:
    """The page of a stage as it stands now, with what was typed where a decision was refused."""
    if status == 409:
        db.discard()  # what the refused operation had begun to change
    page = pages.load(asked.number)
    for each in (form, reopening, declining):
        if each is not None and status == 409:
            each.version.data = page.sheet.version
    given = {"version": page.sheet.version, "fix_by": dates.today() + USUAL_TIME}
    return htmx.page(
        "review/stage.html",
        status=status,
        page=page,
        form=form or _fresh(asked, page.sheet, given),
        reopening=reopening or ReopenForm(data=given, first_year=asked.cycle),
        declining=declining or DeclineForm(data=given),
        is_conflict=status == 409 and not cannot_undo,
        cannot_undo=cannot_undo,
        done=_done(),
        **_around(asked, page),
    )


def _around(asked: Asked, page: pages.StagePage) -> dict[str, Any]:
    """What the page of a review shows besides the stage: the queue, its last sending, remarks of today."""
    return {
        "asked": asked,
        "school": g.school,
        "waiting": len(queries.queue(g.school.district_id)),
        "sending_step": history.last_sending(asked.school_id, page.sheet.head.id),
        "remarks_now": checked(page).remarks,
        "since": _since(page.sheet),
        "accepted": accepted(page, g.cycle),
    }


def _since(sheet: StageSheet) -> Since | None:
    """What the school changed since its last sending that was looked at; None for a first one.

    What is accepted is locked: nothing of it can have changed.
    """
    if sheet.state is StageState.ACCEPTED:
        return None
    sent = queries.sent_before(sheet.row_id, sheet.state)
    return since(sent, sheet, snapshot(sheet)) if sent else None
