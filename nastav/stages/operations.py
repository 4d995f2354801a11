"""Changing stages: what a school year asks, and what each school has done of it."""

from datetime import date
from typing import Any

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, db
from nastav.district.models import Cycle
from nastav.orders.loader import Order
from nastav.stages import rules
from nastav.stages.models import Activity, SchoolStage, Stage, Step, Transition


def load_stages(cycle: Cycle, order: Order) -> None:
    """Give a school year the order's stages, deadlines shifted by whole years.

    The order's own wording of a date («до 31 ноября») is kept for its own year only.
    """
    years = cycle.first_year - order.school_year
    for one in order.stages:
        stage = Stage(
            cycle_id=cycle.id,
            ordinal=one.ordinal,
            key=one.key,
            roman=one.roman,
            title=one.title,
            short=one.short,
            due=dates.shift_years(one.due, years),
            printed_due=one.printed_due if years == 0 else "",
            due_note=one.due_note if years == 0 else "",
            follows_pair_period=one.due_follows_pair_period,
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
            for activity in one.activities
        ]
        db.session.add(stage)
    db.session.flush()


def take_step(
    actor: Actor,
    row: SchoolStage,
    stage: Stage,
    step: Step,
    *,
    note: str = "",
    fix_by: date | None = None,
    snapshot: list[dict[str, Any]] | None = None,
) -> Transition:
    """Move a stage of a school one step, keep the step for ever and write it into the journal.

    Raises:
        Conflict: the step cannot be taken from the state the stage is in (somebody was faster).
    """
    after = rules.after(step, row.state, row.before_submit)
    if after is None:
        raise Conflict
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
    record(
        actor,
        f"stage:{step.value}",
        subject=f"Этап {stage.roman}",
        school_id=row.school_id,
        changes={"state": (row.state.value, after.value)},
    )
    row.state = after
    db.session.flush()
    return transition
