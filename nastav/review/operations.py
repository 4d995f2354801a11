"""Deciding on what schools send: accept, return, reopen, and take a decision back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, NotNow, check_version, db
from nastav.review import queries
from nastav.stages.history.queries import acceptance
from nastav.stages.models import Remark, SchoolStage, Stage, StageState, Step, Transition
from nastav.stages.operations import take_step
from nastav.stages.rules import DECISIONS


def accept_stage(
    actor: Actor,
    row: SchoolStage,
    stage: Stage,
    *,
    version: int,
    counted: Mapping[str, Any] | None = None,
) -> Transition:
    """Accept what a school sent; its open remarks are closed and kept.

    Args:
        actor: who accepts.
        row: the school's stage.
        stage: the stage of the school year.
        version: of the page it is accepted from.
        counted: what the site counts of the stage now, as `Transition.counted`.

    Raises:
        Conflict: the stage is not «на проверке», or changed since the page was opened.
    """
    check_version(row, version)
    _close(row)
    step = take_step(actor, row, stage, Step.ACCEPTED)
    step.counted = dict(counted) if counted is not None else None
    return _stamped(step, row)


def confirm_acceptance(
    actor: Actor, row: SchoolStage, stage: Stage, *, version: int, counted: Mapping[str, Any]
) -> None:
    """Keep what is counted now beside what was counted at the acceptance: the difference was looked at.

    Raises:
        Conflict: the stage changed since the page was opened.
        NotNow: the stage is not accepted, or nothing was kept at its acceptance.
    """
    check_version(row, version)
    step = acceptance(row.id) if row.state is StageState.ACCEPTED else None
    if step is None or not step.counted:
        raise NotNow("Этап сейчас не принят: оставлять принятым нечего.")
    looked = {"day": dates.today().isoformat(), "by": actor.name, **counted}
    step.counted = {**step.counted, "confirmed": looked}
    flag_modified(row, "state")  # its version rises: a page opened before is old now
    record(actor, "stage:left_accepted", subject=f"Этап {stage.roman}", school_id=row.school_id)
    db.session.flush()


def return_stage(
    actor: Actor,
    row: SchoolStage,
    stage: Stage,
    *,
    version: int,
    remarks: Mapping[int, str],
    fix_by: date,
) -> Transition:
    """Return a stage with remarks by activity and the day by which to mend it, inclusive.

    Raises:
        Conflict: the stage is not «на проверке», or changed since the page was opened.
        ValueError: there is no remark; the school would not know what to mend.
    """
    if not remarks:
        raise ValueError("a return without a remark")
    check_version(row, version)
    _close(row)
    row.fix_by = fix_by
    step = take_step(actor, row, stage, Step.RETURNED, fix_by=fix_by)
    for activity_id, text in remarks.items():
        db.session.add(
            Remark(
                transition_id=step.id, school_id=row.school_id, activity_id=activity_id, text=text
            )
        )
    return _stamped(step, row)


def reopen_stage(
    actor: Actor, row: SchoolStage, stage: Stage, *, version: int, reason: str, fix_by: date
) -> Transition:
    """Open an accepted stage again, and so answer the school that asked for it.

    Raises:
        Conflict: the stage is not accepted, or changed since the page was opened.
    """
    check_version(row, version)
    row.fix_by, row.reopening_reason = fix_by, ""
    return take_step(actor, row, stage, Step.REOPENED, note=reason, fix_by=fix_by)


def decline_reopening(
    actor: Actor, row: SchoolStage, stage: Stage, *, version: int, reason: str
) -> None:
    """Answer a request to reopen with a no; the stage stays accepted, the school may ask again.

    Raises:
        Conflict: the stage changed since the page was opened.
        NotNow: nobody asks any more.
    """
    check_version(row, version)
    if not row.reopening_reason:
        raise NotNow("Школа больше не просит открыть этап.")
    take_step(actor, row, stage, Step.REOPENING_DECLINED, note=reason)
    row.reopening_reason = ""
    db.session.flush()


def undo_decision(actor: Actor, row: SchoolStage, stage: Stage, decision_id: int) -> None:
    """Take a decision back: all is as it was before it; both steps stay in the history.

    Raises:
        Conflict: ten minutes are over, somebody else decided, or the school has saved (rules.md#undo).
    """
    decision = queries.last_step(row.id)
    is_own = (
        decision is not None
        and decision.id == decision_id
        and decision.step in DECISIONS
        and decision.actor_id == actor.id
    )
    if decision is None or not is_own or not queries.can_be_undone(decision, row, dates.now()):
        raise Conflict
    decision.is_undone = True
    _restore(row, decision)
    _keep(actor, row, stage, decision)


def _close(row: SchoolStage) -> None:
    """Close the remarks that the decision answers, and fix the time of the first decision."""
    for remark in queries.open_remarks(row):
        remark.is_open = False
    row.decided_at = row.decided_at or dates.now()


def _stamped(step: Transition, row: SchoolStage) -> Transition:
    """Keep the version the decision left behind: while it stands, the school has saved nothing."""
    db.session.flush()
    step.row_version = row.version
    db.session.flush()
    return step


def _restore(row: SchoolStage, decision: Transition) -> None:
    for remark in queries.remarks_of(decision.id):
        remark.is_open = False
    returned = queries.earlier(decision, Step.RETURNED, Step.REOPENED)
    for remark in queries.remarks_of(returned.id) if returned else ():
        remark.is_open = True
    row.fix_by = returned.fix_by if returned else None
    if queries.earlier(decision, *DECISIONS) is None:
        row.decided_at = None


def _keep(actor: Actor, row: SchoolStage, stage: Stage, decision: Transition) -> None:
    """Add the step back to the history and the journal."""
    before, row.state = row.state, StageState(decision.before)
    db.session.add(
        Transition(
            school_stage_id=row.id,
            step=Step.UNDONE,
            before=before,
            after=row.state,
            actor_id=actor.id,
            actor_name=actor.name,
        )
    )
    record(
        actor,
        f"stage:{Step.UNDONE.value}",
        subject=f"Этап {stage.roman}",
        school_id=row.school_id,
        changes={"state": (before.value, row.state.value)},
    )
    db.session.flush()
