"""Reading stages: those of a school year, the sheet of one stage of a school, or of many."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Integer, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import selectinload

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.stages import rules
from nastav.stages.documents import documents_of_each
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
from nastav.stages.records import ActivityRow, RemarkRow, StageHead, StageSheet
from nastav.statements import among, made_once, read, singled

# Statements are made once, with named parameters: making one costs more than running it.
_CYCLE: Final = bindparam("cycle_id", type_=Integer)
_ORDINAL: Final = bindparam("ordinal", type_=Integer)
_HEAD = (
    Stage.id,
    Stage.cycle_id,
    Stage.ordinal,
    Stage.key,
    Stage.roman,
    Stage.title,
    Stage.short,
    Stage.due,
    Stage.printed_due,
    Stage.due_note,
    Stage.due_reason,
    Stage.follows_pair_period,
    Stage.version,
)


def stages(cycle_id: int) -> list[StageHead]:
    """Return the stages of a school year in the order's order."""
    found = read(_heads(), {"cycle_id": cycle_id})
    return [StageHead(*row) for row in found]


@made_once
def _heads() -> Select[*tuple[Any, ...]]:
    return select(*_HEAD).where(Stage.cycle_id == _CYCLE).order_by(Stage.ordinal)


def stages_with_activities(cycle_id: int) -> list[Stage]:
    """Return the rows of a school year's stages with their activities, both in the order's order."""
    rows = select(Stage).filter_by(cycle_id=cycle_id).order_by(Stage.ordinal)
    return list(db.session.scalars(rows.options(selectinload(Stage.activities))))


def stage(cycle_id: int, ordinal: int) -> StageHead | None:
    """Return one stage of a school year, or None."""
    rows = select(*_HEAD).where(Stage.cycle_id == cycle_id, Stage.ordinal == ordinal)
    found = read(rows).first()
    return StageHead(*tuple(found)) if found else None


def stage_sheet(school_id: int, cycle_id: int, ordinal: int) -> StageSheet | None:
    """Return one stage of a school as it stands today, or None; the same few queries for any stage."""
    return next(iter(_sheets([school_id], cycle_id, ordinal)), None)


def version(school_id: int, stage_id: int) -> int:
    """Return the version of a school's stage; 0 while there is no row."""
    found = read(_version(), {"school_id": school_id, "stage_id": stage_id}).scalar()
    return found or 0


@made_once
def _version() -> Select[int]:
    school_id, stage_id = (bindparam(name, type_=Integer) for name in ("school_id", "stage_id"))
    own = (SchoolStage.school_id == school_id, SchoolStage.stage_id == stage_id)
    return select(SchoolStage.version).where(*own)


def year_sheets(school_id: int, cycle_id: int) -> list[StageSheet]:
    """Return every stage of a school in a school year, in as many queries as one of them."""
    return _sheets([school_id], cycle_id)


def sheets_of_each(
    school_ids: Sequence[int], cycle_id: int, ordinal: int | None = None
) -> list[StageSheet]:
    """Return the stages of schools, or one of each school, in as many queries as one of them.

    Schools and stages are in the order's order.
    """
    return _sheets(school_ids, cycle_id, ordinal)


def _sheets(
    school_ids: Sequence[int], cycle_id: int, ordinal: int | None = None
) -> list[StageSheet]:
    ones, params = singled(school_ids=school_ids)
    params |= {"cycle_id": cycle_id, "ordinal": ordinal}
    found = read(_school_stages(ones, is_one=ordinal is not None), params).all()
    stage_ids = list(dict.fromkeys(row.stage_id for row in found))
    activities = _activities(school_ids, stage_ids) if stage_ids else {}
    return [
        StageSheet(
            school_id=row.school_id,
            head=StageHead(*row[: len(_HEAD)]),
            row_id=row.row_id,
            version=row.row_version or 0,
            standing=rules.standing(
                row.state or StageState.NOT_STARTED,
                due=row.stage_due,
                fix_by=row.fix_by,
                today=dates.today(),
                before_site=row.before_site,
            ),
            before_submit=row.before_submit,
            submitted_at=row.submitted_at,
            fix_by=row.fix_by,
            sent_late=row.days_late,
            due_then=row.due_then,
            fix_late=row.fix_late,
            decided_at=row.decided_at,
            reopening_reason=row.reopening_reason or "",
            returned_note=row.returned_note or "",
            returned_by=row.returned_by or "",
            returned_on=row.returned_on,
            declined_note=row.declined_note or "",
            activities=tuple(activities.get((row.school_id, row.stage_id), ())),
        )
        for row in found
    ]


@made_once
def _school_stages(ones: frozenset[str], *, is_one: bool) -> Select[*tuple[Any, ...]]:
    """The stages of a school year, or one of them, for each school, with its row, if it has one."""
    told = (Transition.note, Transition.actor_name, Transition.day)
    note, by, on = (_last_step(column, Step.RETURNED, Step.REOPENED) for column in told)
    declined = _last_step(
        case((Transition.step == Step.REOPENING_DECLINED, Transition.note), else_=""),
        *(Step.REOPENING_ASKED, Step.REOPENING_DECLINED, Step.REOPENED, Step.ACCEPTED),
    )
    own = and_(SchoolStage.stage_id == Stage.id, SchoolStage.school_id == School.id)
    asked = [Stage.ordinal == _ORDINAL] if is_one else []
    return (
        select(
            *_HEAD,
            School.id.label("school_id"),
            Stage.id.label("stage_id"),
            Stage.due.label("stage_due"),
            Cycle.before_site,
            SchoolStage.id.label("row_id"),
            SchoolStage.version.label("row_version"),
            SchoolStage.state,
            SchoolStage.before_submit,
            SchoolStage.submitted_at,
            SchoolStage.fix_by,
            SchoolStage.days_late,
            SchoolStage.due_then,
            SchoolStage.fix_late,
            SchoolStage.decided_at,
            SchoolStage.reopening_reason,
            note.label("returned_note"),
            by.label("returned_by"),
            on.label("returned_on"),
            declined.label("declined_note"),
        )
        .join_from(Stage, Cycle, Cycle.id == Stage.cycle_id)
        .join(School, among(School.id, "school_ids", ones))
        .outerjoin(SchoolStage, own)
        .where(Stage.cycle_id == _CYCLE, *asked)
        .order_by(School.ordinal, Stage.ordinal)
    )


def _last_step(what: Any, *steps: Step) -> Any:
    """What the last of these steps says of each school's stage."""
    return (
        select(what)
        .where(
            Transition.school_stage_id == SchoolStage.id,
            or_(*(Transition.step == step for step in steps)),
            Transition.is_undone.is_(False),
        )
        .order_by(Transition.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_ACTIVITY: tuple[Any, ...] = (
    Activity.id,
    Activity.ordinal,
    Activity.key,
    Activity.title,
    Activity.ref,
    Activity.counts,
    Activity.documents,
    func.coalesce(SchoolActivity.version, 0),
    func.coalesce(SchoolActivity.status, ActivityStatus.NOT_STARTED),
    SchoolActivity.done_on,
    func.coalesce(SchoolActivity.responsible, ""),
    func.coalesce(SchoolActivity.comment, ""),
    func.coalesce(SchoolActivity.reason, ""),
)


def _activities(
    school_ids: Sequence[int], stage_ids: Sequence[int]
) -> dict[tuple[int, int], list[ActivityRow]]:
    """The activities of these stages in the order's order, by school and stage."""
    ones, params = singled(school_ids=school_ids, stage_ids=stage_ids)
    known = documents_of_each(school_ids, stage_ids)
    remarks = _open_remarks(school_ids, stage_ids)
    found: dict[tuple[int, int], list[ActivityRow]] = defaultdict(list)
    for id_, *columns, last_values, stage_id, school_id in read(_rows(ones), params).all():
        before = (last_values or {}).get(WAS)
        documents = tuple(known.get((school_id, id_), ()))
        marked = tuple(remarks.get((school_id, id_), ()))
        said: tuple[Any, ...] = (id_, *columns, before, documents, marked)
        found[school_id, stage_id].append(ActivityRow(*said))
    return found


@made_once
def _rows(ones: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """The activities of stages for each school, with what the school says of them."""
    own = and_(SchoolActivity.activity_id == Activity.id, SchoolActivity.school_id == School.id)
    return (
        select(*_ACTIVITY, _last_values(), Activity.stage_id, School.id)
        .select_from(Activity)
        .join(School, among(School.id, "school_ids", ones))
        .outerjoin(SchoolActivity, own)
        .where(among(Activity.stage_id, "stage_ids", ones))
        .order_by(Activity.ordinal)
    )


def _last_values() -> Any:
    """What the last revision of each activity of each school keeps."""
    return (
        select(ActivityRevision.values)
        .where(
            ActivityRevision.activity_id == Activity.id,
            ActivityRevision.school_id == School.id,
        )
        .order_by(ActivityRevision.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _open_remarks(
    school_ids: Sequence[int], stage_ids: Sequence[int]
) -> dict[tuple[int, int], list[RemarkRow]]:
    ones, params = singled(school_ids=school_ids, stage_ids=stage_ids)
    found: dict[tuple[int, int], list[RemarkRow]] = defaultdict(list)
    for id_, activity_id, text, answer, school_id in read(_remarks(ones), params).all():
        remark = RemarkRow(id_, activity_id, text, answer)
        found[school_id, activity_id].append(remark)
    return found


@made_once
def _remarks(ones: frozenset[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(Remark.id, Remark.activity_id, Remark.text, Remark.answer, Remark.school_id)
        .join(Activity, Activity.id == Remark.activity_id)
        .where(
            among(Remark.school_id, "school_ids", ones),
            among(Activity.stage_id, "stage_ids", ones),
            Remark.is_open.is_(True),
        )
        .order_by(Remark.id)
    )
