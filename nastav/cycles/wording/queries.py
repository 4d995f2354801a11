"""Reading the wording of a school year."""

from collections.abc import Mapping

from sqlalchemy import func, select

from nastav.db import db
from nastav.district.models import Cycle
from nastav.stages.models import Activity, SchoolStage, Stage


def activities(stage_id: int) -> list[Activity]:
    """Return the activities of a stage in their order, to be changed."""
    rows = select(Activity).filter_by(stage_id=stage_id).order_by(Activity.ordinal)
    return list(db.session.scalars(rows))


def titles(cycle_id: int) -> Mapping[int, list[str]]:
    """Return the texts of a school year's activities by the stage's number, in their order."""
    rows = (
        select(Stage.ordinal, Activity.title)
        .join(Activity, Activity.stage_id == Stage.id)
        .where(Stage.cycle_id == cycle_id)
        .order_by(Stage.ordinal, Activity.ordinal)
    )
    found: dict[int, list[str]] = {}
    for ordinal, title in db.session.execute(rows):
        found.setdefault(ordinal, []).append(title)
    return found


def activities_by_stage(cycle_id: int) -> dict[int, list[Activity]]:
    """Return the activities of a school year by the stage's id, in their order."""
    rows = (
        select(Activity)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Stage.cycle_id == cycle_id)
        .order_by(Stage.ordinal, Activity.ordinal)
    )
    found: dict[int, list[Activity]] = {}
    for activity in db.session.scalars(rows):
        found.setdefault(activity.stage_id, []).append(activity)
    return found


def schools_at_work(stage_id: int) -> int:
    """Return how many schools have begun a stage: from then on its activities are theirs."""
    rows = select(func.count(SchoolStage.id)).where(SchoolStage.stage_id == stage_id)
    return db.session.scalar(rows) or 0


def keys(district_id: int) -> set[str]:
    """Return the keys of all activities a district ever had: a key is never used for another."""
    rows = (
        select(Activity.key)
        .join(Stage, Stage.id == Activity.stage_id)
        .join(Cycle, Cycle.id == Stage.cycle_id)
        .where(Cycle.district_id == district_id)
    )
    return set(db.session.scalars(rows))
