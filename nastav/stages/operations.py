"""Changing stages: what a school year asks, and what each school has done of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Update, bindparam, select, update
from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import NotNow, db
from nastav.district.models import Cycle
from nastav.orders.loader import Order
from nastav.stages import rules
from nastav.stages.documents import of_activity
from nastav.stages.models import (
    WAS,
    Activity,
    ActivityRevision,
    ActivityStatus,
    Remark,
    SchoolActivity,
    SchoolStage,
    Stage,
    StageState,
    Step,
    Transition,
)
from nastav.stages.records import ActivityRow, StageHead, StageSheet
from nastav.statements import insert_into, made_once, table_of, write

SAID = (
    "status",
    "done_on",
    "responsible",
    "comment",
    "reason",
)  # what a school says of an activity
_revision = insert_into(ActivityRevision)


def load_stages(cycle: Cycle, order: Order) -> None:
    """Give a school year the order's stages, deadlines shifted by whole years.

    The order's own wording of a date («до 31 ноября») is kept for its own year only.
    """
    years = cycle.first_year - order.school_year
    for found_stage in order.stages:
        stage = Stage(
            cycle_id=cycle.id,
            ordinal=found_stage.ordinal,
            key=found_stage.key,
            roman=found_stage.roman,
            title=found_stage.title,
            short=found_stage.short,
            due=dates.shift_years(found_stage.due, years),
            printed_due=found_stage.printed_due if years == 0 else "",
            due_note=found_stage.due_note if years == 0 else "",
            follows_pair_period=found_stage.due_follows_pair_period,
        )
        stage.activities = [
            Activity(
                ordinal=activity.ordinal,
                key=activity.key,
                title=activity.title,
                ref=activity.ref,
                counts=activity.counts,
                documents=activity.documents,
            )
            for activity in found_stage.activities
        ]
        db.session.add(stage)
    db.session.flush()


def take_step(
    actor: Actor,
    row: SchoolStage,
    stage: Stage | StageHead,
    step: Step,
    *,
    note: str = "",
    fix_by: date | None = None,
    snapshot: list[dict[str, Any]] | None = None,
) -> Transition:
    """Move a stage of a school one step, keep the step for ever and write it into the journal.

    Raises:
        NotNow: the step cannot be taken from the state the stage is in.
    """
    after = rules.after(step, row.state, row.before_submit)
    if after is None:
        raise NotNow(rules.NOT_NOW[step])
    transition = Transition(
        school_stage_id=row.id,
        step=step,
        before=row.state,
        after=after,
        actor_id=actor.id,
        actor_name=actor.name,
        note=note,
        fix_by=fix_by,
        snapshot=snapshot,
    )
    db.session.add(transition)
    changes = {"state": (row.state.value, after.value)}
    row.state = (
        after  # before the journal's entry, which has what waits written: one version a step
    )
    subject = f"Этап {stage.roman}"
    record(actor, f"stage:{step.value}", subject=subject, school_id=row.school_id, changes=changes)
    db.session.flush()
    return transition


def touch_stage(actor: Actor, sheet: StageSheet) -> bool:
    """Make a stage of a school ready to be changed: its row is made and started by the first save.

    Its version rises with every change inside, so a sending or a decision made from an older page is
    refused.

    Returns:
        whether it was under way already, so that of the stage nothing but its version has changed.

    Raises:
        Locked: the stage waits for the coordinator or is accepted.
    """
    if write(_raised(), {"row_id": sheet.row_id}).rowcount:
        return True
    row = school_stage(sheet)
    if row is None:
        row = SchoolStage(
            school_id=sheet.school_id, stage_id=sheet.head.id, state=StageState.NOT_STARTED
        )
        db.session.add(row)
        db.session.flush()
    if row.state in rules.LOCKED:
        raise rules.Locked
    if row.state is StageState.NOT_STARTED:
        take_step(actor, row, sheet.head, Step.STARTED)
    flag_modified(row, "state")  # begun since the sheet was read, by another row of the same table
    db.session.flush()
    return False


@made_once
def _raised() -> Update:
    """Raise the version of a school's stage that was begun and may be changed; most saves need no more."""
    of_row = SchoolStage.id == bindparam("row_id", type_=Integer)
    kept = (StageState.NOT_STARTED, *sorted(rules.LOCKED))
    begun = (SchoolStage.state != state for state in kept)
    raised = update(table_of(SchoolStage)).where(of_row, *begun)  # `school_stage` reads afresh
    return raised.values(version=SchoolStage.version + 1)


def moment_of_today() -> datetime:
    """Return this moment on the site's calendar date, which may be set by hand (rules.md#two-clocks)."""
    return datetime.combine(dates.today(), dates.local(dates.now()).timetz())


def school_stage(sheet: StageSheet) -> SchoolStage | None:
    """Return the row of a school's stage for a change, read afresh, or None while there is none."""
    rows = select(SchoolStage).filter_by(school_id=sheet.school_id, stage_id=sheet.head.id)
    return db.session.scalar(rows.execution_options(populate_existing=True))


def keep_revision(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    was: Mapping[str, Any] | None = None,
) -> None:
    """Keep an activity as it is after a save, documents and answers included, for the history.

    Args:
        actor: who saved.
        sheet: the stage.
        activity: as it was read before the save.
        was: what «Вернуть как было» restores; None after a save that cannot be taken back.
    """
    db.session.flush()
    rows = select(SchoolActivity).filter_by(school_id=sheet.school_id, activity_id=activity.id)
    row = db.session.scalar(rows.execution_options(populate_existing=True))
    now = row or SchoolActivity(status=ActivityStatus.NOT_STARTED)
    said = {name: getattr(now, name) for name in SAID}
    keep_said(actor, sheet, activity, said, was)


def keep_said(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    said: Mapping[str, Any],
    was: Mapping[str, Any] | None = None,
) -> None:
    """Keep an activity as `keep_revision` does, where the caller knows what the school says of it now.

    Args: as `keep_revision`, and `said`: `SAID` → the value.
    """
    values = {
        **{name: said[name] or "" for name in SAID},
        "done_on": said["done_on"].isoformat() if said["done_on"] else None,
        # none without a remark: only the coordinator adds one, and a stage is locked meanwhile
        "answer": " ".join(_answers(sheet.school_id, activity.id)) if activity.remarks else "",
        "documents": [found.details for found in of_activity(sheet.school_id, activity.id)],
        **({WAS: dict(was)} if was else {}),
    }
    revision = {
        "school_id": sheet.school_id,
        "activity_id": activity.id,
        "at": moment_of_today(),
        "actor_name": actor.name,
        "values": values,
    }
    write(_revision, revision)


def _answers(school_id: int, activity_id: int) -> list[str]:
    rows = select(Remark.answer).filter_by(
        school_id=school_id, activity_id=activity_id, is_open=True
    )
    return [answer for answer in db.session.scalars(rows) if answer]
