"""Reading stages in a few figures each: the seven lines of a school, the matrix of a district.

Statements are made once, with named parameters: making one costs more than running it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import Integer, Select, and_, bindparam, case, func, select

from nastav import dates
from nastav.district.models import Cycle, School
from nastav.stages import rules
from nastav.stages.models import (
    Activity,
    ActivityStatus,
    SchoolActivity,
    SchoolStage,
    Stage,
    StageState,
)
from nastav.stages.records import StageLine
from nastav.statements import made_once, read

_CYCLE: Final = bindparam("cycle_id", type_=Integer)
_PLACE: Final = bindparam("place_id", type_=Integer)  # a school or a district


def matrix(district_id: int, cycle: Cycle, today: date) -> list[StageLine]:
    """Return every school × stage of a school year, schools and stages in the order's order.

    One query, whatever the number of schools. Lateness is judged for the day given.
    """
    params = {"cycle_id": cycle.id, "place_id": district_id}
    rows = read(_lines_of_district(), params)
    return _read_lines(rows, today, before_site=cycle.before_site)


def school_stages(school_id: int, cycle: Cycle) -> list[StageLine]:
    """Return the stages of one school in a school year, as they stand today."""
    rows = read(_lines_of_school(), {"cycle_id": cycle.id, "place_id": school_id})
    return _read_lines(rows, dates.today(), before_site=cycle.before_site)


@made_once
def _lines_of_district() -> Select[*tuple[Any, ...]]:
    own = select(School.id).where(School.district_id == _PLACE)
    return _lines(_declared().where(SchoolActivity.school_id.in_(own))).where(
        School.district_id == _PLACE
    )


@made_once
def _lines_of_school() -> Select[*tuple[Any, ...]]:
    own = _declared().where(SchoolActivity.school_id == _PLACE)
    return _lines(own).where(School.id == _PLACE)


def _lines(declared: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Every school × stage of a school year with its counts; the caller says which schools, in both."""
    totals = (
        select(Activity.stage_id, func.count().label("total"))
        .where(Activity.stage_id.in_(select(Stage.id).where(Stage.cycle_id == _CYCLE)))
        .group_by(Activity.stage_id)
        .subquery()
    )
    said = declared.subquery()
    own = and_(SchoolStage.school_id == School.id, SchoolStage.stage_id == Stage.id)
    return (
        select(
            School.id,
            Stage.id,
            Stage.ordinal,
            Stage.due,
            SchoolStage.state,
            SchoolStage.version,
            SchoolStage.fix_by,
            SchoolStage.submitted_at,
            SchoolStage.days_late,
            SchoolStage.fix_late,
            said.c.done,
            said.c.not_required,
            totals.c.total,
            Stage.roman,
        )
        .select_from(School)
        .join(Stage, Stage.cycle_id == _CYCLE)
        .outerjoin(totals, totals.c.stage_id == Stage.id)
        .outerjoin(SchoolStage, own)
        .outerjoin(said, and_(said.c.school_id == School.id, said.c.stage_id == Stage.id))
        .order_by(School.ordinal, Stage.ordinal)
    )


def _declared() -> Select[*tuple[Any, ...]]:
    """How many activities each school declared done, or not required, by stage."""

    def how_many(status: ActivityStatus) -> Any:
        return func.sum(case((SchoolActivity.status == status, 1), else_=0))

    return (
        select(
            SchoolActivity.school_id,
            Activity.stage_id,
            how_many(ActivityStatus.DONE).label("done"),
            how_many(ActivityStatus.NOT_REQUIRED).label("not_required"),
        )
        .join(Activity, Activity.id == SchoolActivity.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Stage.cycle_id == _CYCLE)
        .group_by(SchoolActivity.school_id, Activity.stage_id)
    )


def _read_lines(rows: Iterable[Any], today: date, *, before_site: bool) -> list[StageLine]:
    return [
        StageLine(
            school_id=school_id,
            stage_id=stage_id,
            ordinal=ordinal,
            standing=rules.standing(
                state or StageState.NOT_STARTED,
                due=due,
                fix_by=fix_by,
                today=today,
                before_site=before_site,
            ),
            version=version or 0,
            fix_by=fix_by,
            submitted_at=submitted_at,
            sent_late=sent_late,
            fix_late=fix_late,
            done=done or 0,
            not_required=not_required or 0,
            total=total or 0,
            roman=roman,
        )
        for (
            school_id, stage_id, ordinal, due, state, version, fix_by, submitted_at, sent_late,
            fix_late, done, not_required, total, roman,
        ) in rows
    ]  # fmt: skip
