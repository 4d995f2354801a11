"""Changing what a school year asks: its deadlines, and opening the next one."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district import operations as district
from nastav.district import queries as districts
from nastav.district.models import Cycle, District
from nastav.stages.models import Activity, Stage


def move_deadline(
    actor: Actor, cycle: Cycle, stage: Stage, *, due: date, reason: str, version: int
) -> bool:
    """Move the deadline of a stage; False where it already was that day for that reason.

    What the order prints, and why that could not be kept, stays as it was.

    Raises:
        Conflict: the stage was saved by somebody since the form was opened.
    """
    if (stage.due, stage.due_reason) == (due, reason):
        return False
    check_version(stage, version)
    record(
        actor,
        "deadline:moved",
        subject=f"{ru.school_year(cycle.first_year)}, этап {stage.roman}",
        district_id=cycle.district_id,
        changes={
            "due": (stage.due.isoformat(), due.isoformat()),
            "reason": (stage.due_reason, reason),
        },
    )
    stage.due, stage.due_reason = due, reason
    db.session.flush()
    return True


def open_next(actor: Actor, tenant: District, first_year: int) -> bool:
    """Open a school year with the stages of the last one, dates shifted; False if it is open already.

    Wording comes along; what the order printed for its own year does not.
    """
    opened = districts.cycles(tenant.id)
    if any(cycle.first_year == first_year for cycle in opened):
        return False
    before_site = first_year < dates.cycle_of(dates.today())
    cycle = district.open_cycle(actor, tenant, first_year, before_site=before_site)
    _copy_stages(opened[-1], cycle)
    return True


def _copy_stages(source: Cycle, target: Cycle) -> None:
    rows = select(Stage).filter_by(cycle_id=source.id).options(selectinload(Stage.activities))
    years = target.first_year - source.first_year
    for stage in db.session.scalars(rows):
        copy = Stage(
            cycle_id=target.id,
            ordinal=stage.ordinal,
            key=stage.key,
            roman=stage.roman,
            title=stage.title,
            short=stage.short,
            due=dates.shift_years(stage.due, years),
            follows_pair_period=stage.follows_pair_period,
        )
        copy.activities = [_copy(activity) for activity in stage.activities]
        db.session.add(copy)
    db.session.flush()


def _copy(activity: Activity) -> Activity:
    return Activity(
        ordinal=activity.ordinal,
        key=activity.key,
        title=activity.title,
        ref=activity.ref,
        counts=activity.counts,
        documents=activity.documents,
    )
