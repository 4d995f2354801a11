"""Every state and every kind of task occurs in the demo, or it says here why it cannot."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from nastav import dates, schema
from nastav.archive.models import KeptReport
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import District, School
from nastav.home import queries as home
from nastav.home.tasks import Task, TaskKind
from nastav.paperwork.models import Paper
from nastav.people.models import Kind
from nastav.reports import queries as reports
from nastav.stages.models import Evidence

DAYS = ("2021-03-10", "2024-12-03")
IMPOSSIBLE = {
    # «не начат» is no row: the first save makes the row and begins the stage
    ("school_stage", "state"): {"not_started"},
    ("school_activity", "status"): {"not_started"},
    ("transition", "after"): {"not_started"},
    # a stage is sent from work or after a return only
    ("school_stage", "before_submit"): {"not_started", "submitted", "accepted"},
    # a meeting is held in one way; a pair alone may meet in both
    ("meeting", "meets"): {"mixed"},
    # one person of the demo became something else
    ("person_kind", "kind"): {kind.value for kind in Kind} - {Kind.STUDENT, Kind.TEACHER},
    # the demo's tables have headings that are known
    ("school_heading", "part"): {"mentee", "mentor"},
}


@pytest.mark.parametrize("today", DAYS)
def test_every_state_occurs(demo_of: Callable[[str], Flask], today: str) -> None:
    with demo_of(today).app_context():
        missing = {
            (table.name, column.name): set(column.type.enums) - values(column)
            for table in schema.METADATA.sorted_tables
            for column in table.columns
            if isinstance(column.type, sa.Enum)
        }
    assert len(missing) > 25
    assert {where: which for where, which in missing.items() if which} == IMPOSSIBLE


def values(column: sa.Column[sa.Enum]) -> set[str]:
    """Return the values that occur in a column of a choice."""
    return {str(value) for value in db.session.scalars(sa.select(column).distinct())}


@pytest.mark.parametrize("today", DAYS)
def test_every_kind_of_task_occurs(demo_of: Callable[[str], Flask], today: str) -> None:
    with demo_of(today).app_context():
        found = {
            task.kind for school in db.session.scalars(sa.select(School)) for task in tasks(school)
        }
    # in the first school year no pair is left from the one before; in March nothing is about to be sent
    impossible = {TaskKind.UNDECIDED, TaskKind.READY} if today < "2021-09-01" else set()
    assert found - ELSEWHERE == set(TaskKind) - ELSEWHERE - impossible


# a demo's schools have sent every past stage, and moved everybody into a class before December
ELSEWHERE = {TaskKind.UNSENT, TaskKind.CLASSES}


def tasks(school: School) -> tuple[Task, ...]:
    """Return what a school is told to do first on the demo's day."""
    cycle = districts.current_cycle(school.district_id, dates.today())
    assert cycle
    return home.school_home(school, cycle, dates.today()).all_tasks


@pytest.mark.parametrize("today", DAYS)
def test_a_report_is_kept_whose_day_counts_otherwise_since(
    demo_of: Callable[[str], Flask], today: str
) -> None:
    with demo_of(today).app_context():
        report = db.session.scalars(sa.select(KeptReport)).one()
        assert report.day < dates.local(report.made_at).date() < dates.today()
        found = reports.compared(report, db.session.get_one(District, report.district_id))
    assert not found.rules
    moved = {each.label: each for each in found.moved}
    own = moved["СОШ №1, наставляемых"]
    assert "теперь в счёте" in own.why[0].words
    assert len(moved) < found.same


@pytest.mark.parametrize("today", DAYS)
def test_papers_are_signed_and_wait(demo_of: Callable[[str], Flask], today: str) -> None:
    with demo_of(today).app_context():
        papers = db.session.scalars(sa.select(Paper).order_by(Paper.id)).all()
        lines = {
            (line.school_id, line.kind, line.number, line.dated)
            for line in db.session.scalars(sa.select(Evidence))
        }
    signed = [paper for paper in papers if paper.is_signed]
    assert {"start"} <= {paper.key for paper in signed} <= {"start", "team"}
    assert [paper.key for paper in papers if not paper.is_signed] == ["pairs"]
    for paper in signed:
        for proof in paper.kind.proofs:
            assert (paper.school_id, proof.kind, paper.number, paper.dated) in lines
