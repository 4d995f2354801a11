"""Fills a new instance from the demo's makers with any number of schools; everybody is invented."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, update

from nastav import setup
from nastav.access import Actor
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.app import create_app
from nastav.db import db, writing
from nastav.demo import operations as demo
from nastav.demo.size import Size
from nastav.orders.loader import load
from nastav.stages.models import SchoolStage, Stage, StageState

MENTEES = 154  # a school: about 2,000 in 13, as the order plans for 2024
MENTORS = 12
TODAY = "2020-12-09"
# at the end of a school year: over 10,000 meetings, 4,000 answers, documents, 99 districts beside
MUCH = Size(pauses=(3, 5), answered=0.8, documents=2, districts=99)
LATE = "2021-05-28"
UNUSABLE = "!"  # nobody signs in with a password here


def fill(
    instance: Path,
    schools: int,
    *,
    mentees: int = MENTEES,
    mentors: int = MENTORS,
    size: Size | None = None,
    today: str = TODAY,
) -> tuple[str, str]:
    """Make the database; return the session tokens of the coordinator and of the first school's curator.

    Args:
        instance: its folder.
        schools: how many the district has, those of the order among them.
        mentees: that come to each school.
        mentors: the same, pupils.
        size: what else is larger than in the demo; one district alone if nothing is said.
        today: the day it is filled on.
    """
    asked = replace(
        size or Size(districts=0, is_bare=True), schools=schools, mentees=mentees, mentors=mentors
    )
    app = create_app(instance, TODAY=today)
    with app.app_context():
        setup.prepare(Actor.system("bench"))
        with writing():
            demo.fill(Actor.system("bench"), load(), UNUSABLE, asked)
            _open_first_stage()
            tokens = _token("coordinator"), _token("school1")
        db.engine.dispose()
    return tokens


def _open_first_stage() -> None:
    """The first school works at its first stage: saving is measured there."""
    stage = select(Stage.id).filter_by(cycle_id=1, ordinal=1).scalar_subquery()
    row = update(SchoolStage).where(SchoolStage.school_id == 1, SchoolStage.stage_id == stage)
    db.session.execute(row.values(state=StageState.IN_PROGRESS))


def _token(login: str) -> str:
    return accounts.open_sign_in(db.session.scalars(select(User).filter_by(login=login)).one())
