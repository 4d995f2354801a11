"""Every activity of every school of a school year as it stood on a day: a row of appendix 2 each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from nastav import dates
from nastav.db import db
from nastav.reports.records import ActivityLine
from nastav.rollup.board import Board
from nastav.rollup.past import queries as past
from nastav.stages.documents import details
from nastav.stages.models import (
    Activity,
    ActivityStatus,
    Evidence,
    SchoolActivity,
    Stage,
)

Place = tuple[int, int]  # school's and activity's id


@dataclass(frozen=True)
class _Said:
    """What a school says of an activity."""

    status: ActivityStatus = ActivityStatus.NOT_STARTED
    done_on: date | None = None
    responsible: str = ""
    documents: tuple[str, ...] = ()


def activities(cycle_id: int, board: Board) -> tuple[ActivityLine, ...]:
    """Return the rows of a matrix's schools and stages, school by school; three queries at most."""
    said = _today(cycle_id) if board.today >= dates.today() else _by(cycle_id, board.today)
    rows = (
        select(Activity.id, Activity.stage_id, Activity.title)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Stage.cycle_id == cycle_id)
        .order_by(Activity.ordinal)
    )
    of_stage: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for activity_id, stage_id, title in db.session.execute(rows):
        of_stage[stage_id].append((activity_id, title))
    return tuple(
        ActivityLine(
            row.school, cell.stage.roman, cell.stage.due, title,
            **vars(said.get((row.school_id, activity_id), _Said())),
        )
        for row in board.rows
        for cell in row.cells
        for activity_id, title in of_stage[cell.stage.id]
    )  # fmt: skip


def counted(cycle_id: int) -> int:
    """Return how many activities a school year asks of one school."""
    rows = select(func.count()).select_from(Activity).join(Stage, Stage.id == Activity.stage_id)
    return db.session.scalar(rows.where(Stage.cycle_id == cycle_id)) or 0


def _today(cycle_id: int) -> Mapping[Place, _Said]:
    papers: dict[Place, list[str]] = defaultdict(list)
    kept = (
        select(
            Evidence.school_id, Evidence.activity_id, Evidence.kind, Evidence.number, Evidence.dated
        )
        .where(Evidence.activity_id.in_(_asked(cycle_id)), Evidence.removed_at.is_(None))
        .order_by(Evidence.id)
    )
    for school_id, activity_id, kind, number, dated in db.session.execute(kept):
        papers[school_id, activity_id].append(details(kind, number, dated))
    rows = select(
        SchoolActivity.school_id,
        SchoolActivity.activity_id,
        SchoolActivity.status,
        SchoolActivity.done_on,
        SchoolActivity.responsible,
    ).where(SchoolActivity.activity_id.in_(_asked(cycle_id)))
    found = {place: _Said(documents=tuple(own)) for place, own in papers.items()}
    for school_id, activity_id, status, done_on, responsible in db.session.execute(rows):
        place = (school_id, activity_id)
        found[place] = _Said(status, done_on, responsible, tuple(papers.get(place, ())))
    return found


def _by(cycle_id: int, on: date) -> Mapping[Place, _Said]:
    kept = past.declared(cycle_id, on)
    return {place: _of_values(values) for place, values in kept.items()}


def _of_values(values: Mapping[str, Any]) -> _Said:
    done_on = values.get("done_on")
    return _Said(
        ActivityStatus(values["status"]),
        date.fromisoformat(done_on) if done_on else None,
        values.get("responsible") or "",
        tuple(values.get("documents") or ()),
    )


def _asked(cycle_id: int) -> Any:
    rows = select(Activity.id).join(Stage, Stage.id == Activity.stage_id)
    return rows.where(Stage.cycle_id == cycle_id)
