"""Sending a stage, taking it back, asking for it to be reopened."""

from typing import Any

from nastav import dates
from nastav.access import Actor
from nastav.db import NotNow, check_version, db
from nastav.stages import rules
from nastav.stages.models import SchoolStage, Step, Transition
from nastav.stages.operations import moment_of_today, school_stage, take_step
from nastav.stages.records import StageSheet


def submit_stage(
    actor: Actor, sheet: StageSheet, *, version: int, before_site: bool = False
) -> Transition:
    """Send a stage for review with its activities as they are; the caller has run the self-check.

    Lateness is judged at each sending until the first decision, then it is fixed (rules.md#lateness).

    Raises:
        Conflict: the stage was changed since the page was made.
        NotNow: it cannot be sent from its state.
    """
    row = _row(sheet, version, Step.SUBMITTED)
    before = row.state
    step = take_step(actor, row, sheet.head, Step.SUBMITTED, snapshot=snapshot(sheet))
    row.before_submit = before
    row.submitted_at = moment_of_today()
    if row.decided_at is None:
        late = dates.days_overdue(sheet.head.due, dates.today())
        row.days_late = 0 if before_site else late
    db.session.flush()
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
        row.submitted_at, row.days_late = None, None
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
            "documents": [one.details for one in row.documents],
            "answers": [one.answer for one in row.remarks],
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
