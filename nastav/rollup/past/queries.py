"""The stages of a district as they stood on a past day, by the steps that are kept with their day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from nastav import dates, ru
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.rollup.past.rules import Stood, stood
from nastav.stages import lines as of_stages
from nastav.stages import queries, rules
from nastav.stages.models import (
    Activity,
    ActivityRevision,
    SchoolStage,
    Stage,
    StageState,
    Transition,
)
from nastav.stages.records import StageHead, StageLine
from nastav.stages.rules import Taken


def stages(cycle: Cycle, on: date) -> list[StageHead]:
    """Return the stages of a school year with the deadlines that held on a day, in the order's order.

    Two queries: a deadline that was moved later is taken back by the journal.
    """
    heads = queries.stages(cycle.id)
    moved = _moved_since(cycle, on)
    return [replace(head, due=moved.get(head.roman, head.due)) for head in heads]


def matrix(district_id: int, cycle: Cycle, heads: Iterable[StageHead], on: date) -> list[StageLine]:
    """Return every school × stage as it stood at the end of a day; two queries, as `queries.matrix` orders.

    How many activities were declared by then the matrix does not tell: their total is 0 (`declared`).
    """
    due = {head.id: head.due for head in heads}
    known = _stood(district_id, cycle, on)
    lines = of_stages.matrix(district_id, cycle, on)
    return [
        _then(line, due[line.stage_id], known.get((line.school_id, line.stage_id)), on, cycle)
        for line in lines
    ]


def declared(cycle_id: int, on: date) -> dict[tuple[int, int], Mapping[str, Any]]:
    """Return what the last save by the end of a day kept of each activity, by school and activity."""
    asked = select(Activity.id).join(Stage, Stage.id == Activity.stage_id)
    place = (ActivityRevision.school_id, ActivityRevision.activity_id)
    last = (
        select(func.max(ActivityRevision.id).label("id"))
        .where(
            ActivityRevision.activity_id.in_(asked.where(Stage.cycle_id == cycle_id)),
            ActivityRevision.at < end_of(on),
        )
        .group_by(*place)
        .subquery()
    )
    rows = select(*place, ActivityRevision.values).join(last, last.c.id == ActivityRevision.id)
    return {
        (school_id, activity_id): values
        for school_id, activity_id, values in db.session.execute(rows)
    }


def end_of(day: date) -> datetime:
    """Return the moment a day ends in the district."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=dates.zone())


def _then(line: StageLine, due: date, found: Stood | None, on: date, cycle: Cycle) -> StageLine:
    known = found or Stood(StageState.NOT_STARTED)
    return line._replace(
        standing=rules.standing(
            known.state, due=due, fix_by=known.fix_by, today=on, before_site=cycle.before_site
        ),
        fix_by=known.fix_by,
        sent_late=known.sent_late,
        fix_late=known.fix_late,
        done=0,
        not_required=0,
        total=0,
    )


def _stood(district_id: int, cycle: Cycle, on: date) -> Mapping[tuple[int, int], Stood]:
    columns = (getattr(Transition, name) for name in Taken._fields)
    rows = (
        select(SchoolStage.school_id, SchoolStage.stage_id, *columns)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(School, School.id == SchoolStage.school_id)
        .where(Stage.cycle_id == cycle.id, School.district_id == district_id, Transition.day <= on)
        .order_by(Transition.id)
    )
    steps: dict[tuple[int, int], list[Taken]] = defaultdict(list)
    for school_id, stage_id, *step in db.session.execute(rows):
        steps[school_id, stage_id].append(Taken(*step))
    return {place: stood(taken) for place, taken in steps.items()}


def _moved_since(cycle: Cycle, on: date) -> dict[str, date]:
    """Deadlines that held on a day, of stages moved later: roman → what the first later move replaced."""
    rows = (
        select(AuditEntry.subject, AuditEntry.changes, AuditEntry.at)
        .where(AuditEntry.event == "deadline:moved", AuditEntry.district_id == cycle.district_id)
        .order_by(AuditEntry.id.desc())
    )
    year = ru.school_year(cycle.first_year)
    found = {}
    for subject, changes, at in db.session.execute(rows):
        of_year, _, stage = subject.partition(", этап ")
        old = (changes or {}).get("due")
        if of_year == year and old and dates.local(at).date() > on:
            found[stage] = date.fromisoformat(old[0])
    return found
