"""Sending a stage, taking it back, asking for it to be reopened."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from nastav import dates
from nastav.access import Actor
from nastav.db import NotNow, check_version, db
from nastav.stages import rules
from nastav.stages.models import SchoolStage, Step, Transition
from nastav.stages.operations import moment_of_today, school_stage, take_step
from nastav.stages.records import StageSheet


def submit_stage(
    actor: Actor,
    sheet: StageSheet,
    *,
    version: int,
    confirmed: Sequence[str] = (),
    before_site: bool = False,
) -> Transition:
    """Send a stage for review with its activities as they are; the caller has run the self-check.

    Lateness is judged at each sending until a decision, then it is fixed (rules.md#lateness): against the
    deadline before the first one, against «исправить до» afterwards.

    Args:
        actor: who sends.
        sheet: the stage as it is.
        version: of the page it is sent from.
        confirmed: the remarks of the self-check, as they were confirmed.
        before_site: the school year was over before the site was there: never late.

    Raises:
        Conflict: the stage was changed since the page was made.
        NotNow: it cannot be sent from its state.
    """
    row = _row(sheet, version, Step.SUBMITTED)
    before, due = row.state, sheet.standing.due
    step = take_step(actor, row, sheet.head, Step.SUBMITTED, snapshot=snapshot(sheet))
    late = 0 if before_site else dates.days_overdue(due, dates.today())
    step.due, step.days_late, step.confirmed = due, late, list(confirmed)
    row.before_submit = before
    row.submitted_at = moment_of_today()
    if row.decided_at is None:
        row.days_late, row.due_then = late, due
    _judge_mending(row)
    return step


def withdraw_stage(actor: Actor, sheet: StageSheet, *, version: int) -> None:
    """Take a stage back before it is decided on; it becomes what it was before the sending.

    Raises:
        Conflict: the coordinator has decided meanwhile.
        NotNow: the stage is not under review.
    """
    row = _row(sheet, version, Step.WITHDRAWN)
    take_step(actor, row, sheet.head, Step.WITHDRAWN)
    row.before_submit = None
    if row.decided_at is None:
        row.submitted_at, row.days_late, row.due_then = None, None, None
    _judge_mending(row)


def _judge_mending(row: SchoolStage) -> None:
    """Stamp how late the stage came back after a return, those sendings left out that were taken back."""
    db.session.flush()
    steps = db.session.scalars(
        select(Transition).filter_by(school_stage_id=row.id).order_by(Transition.id)
    )
    row.fix_late = rules.days_late_after_return(steps)
    db.session.flush()


def ask_reopening(actor: Actor, sheet: StageSheet, reason: str, *, version: int) -> None:
    """Ask the coordinator to open an accepted stage again; the stage stays accepted.

    Raises:
        Conflict: the stage was changed since the page was made.
        NotNow: it is not accepted.
    """
    row = _row(sheet, version, Step.REOPENING_ASKED)
    take_step(actor, row, sheet.head, Step.REOPENING_ASKED, note=reason)
    row.reopening_reason = reason
    db.session.flush()


def snapshot(sheet: StageSheet) -> list[dict[str, Any]]:
    """Return the activities as they are, ready for JSON: what the school sent."""
    return [
        {
            "ordinal": row.ordinal,
            "title": row.title,
            "status": row.status.value,
            "done_on": row.done_on.isoformat() if row.done_on else None,
            "responsible": row.responsible,
            "comment": row.comment,
            "reason": row.reason,
            "documents": [document.details for document in row.documents],
            "answers": [remark.answer for remark in row.remarks],
        }
        for row in sheet.activities
    ]


def _row(sheet: StageSheet, version: int, step: Step) -> SchoolStage:
    """Return the row to change; a stage nobody has begun has none, and nobody took it away."""
    row = school_stage(sheet)
    if row is None:
        raise NotNow(rules.NOT_NOW[step])
    check_version(row, version)
    return row
