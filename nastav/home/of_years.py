"""Reading what the start page says of a school's stages beside their lines: past years, decisions."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import and_, func, select

from nastav.db import db
from nastav.district.models import Cycle
from nastav.stages import rules
from nastav.stages.models import SchoolStage, Stage, StageState, Step, Transition


def unsent_before(school_id: int, cycle: Cycle) -> dict[int, list[str]]:
    """Return the roman numbers of stages not sent in earlier school years, by year, the latest first.

    Those that were over before the site was there are left out.
    """
    own = and_(SchoolStage.stage_id == Stage.id, SchoolStage.school_id == school_id)
    state = func.coalesce(SchoolStage.state, StageState.NOT_STARTED)
    rows = (
        select(Cycle.first_year, Stage.roman)
        .join(Stage, Stage.cycle_id == Cycle.id)
        .outerjoin(SchoolStage, own)
        .where(
            Cycle.district_id == cycle.district_id,
            Cycle.first_year < cycle.first_year,
            Cycle.before_site.is_(False),
            state.not_in(rules.LOCKED),
        )
        .order_by(Cycle.first_year.desc(), Stage.ordinal)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for year, roman in db.session.execute(rows):
        found[year].append(roman)
    return found


def decisions_since(school_id: int, cycle_id: int, since: datetime) -> dict[int, Step]:
    """Return what was decided last of each stage of a school since a moment, by the stage's ordinal."""
    rows = (
        select(Stage.ordinal, Transition.step)
        .select_from(Transition)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .where(
            SchoolStage.school_id == school_id,
            Stage.cycle_id == cycle_id,
            Transition.at >= since,
            Transition.step.in_((*rules.DECISIONS, Step.REOPENED, Step.REOPENING_DECLINED)),
            Transition.is_undone.is_(False),
        )
        .order_by(Transition.id)
    )
    found = db.session.execute(rows)
    return {row.ordinal: row.step for row in found}
