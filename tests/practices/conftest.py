"""Борис's school with a mentor, and a practice ready to be published."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.people.models import Kind
from nastav.people.operations import Added
from nastav.practices import operations
from nastav.practices.models import Practice
from nastav.practices.operations import PracticeData
from tests.support.cast import Cast
from tests.support.registers import registers

TEXT: dict[str, Any] = {
    "title": "Старшие ведут кружок для младших",
    "audience": "наставляемые 5–7 классов",
    "done": "Раз в неделю девятиклассник готовит занятие.",
    "result": "Младшие приходят сами.",
    "since_year": 2019,
}


@dataclass(frozen=True)
class School:
    """A school with two mentors and a mentee."""

    url: str
    board: str  # of the district
    teacher: Added
    pupil: Added


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    with registers(app, cast) as own:
        teacher = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        pupil = own.mentor("Белкин Юрий", grade=10)
        own.mentee("Канарейкин Олег")
    url = f"/schools/{cast.boris_school}"
    return School(url, f"/districts/{cast.district}/practices", teacher, pupil)


Write = Callable[..., int]


@pytest.fixture
def write(app: Flask, cast: Cast, school: School) -> Write:
    """Return a function: write a practice, on the board unless said otherwise; its id."""

    def add(login: str = "boris", *, is_posted: bool = True, **more: Any) -> int:
        school_id = cast.boris_school if login == "boris" else cast.vera_school
        with app.app_context(), writing():
            kinds = db.session.query(PairKind).order_by(PairKind.ordinal)
            data = PracticeData(**{"kind_id": kinds[0].id, **TEXT, **more})
            row = operations.add_practice(cast.actor(login), school_id, data)
            if is_posted:
                operations.publish(cast.actor(login), row, version=row.version)
            return row.id

    return add


def practice(app: Flask, practice_id: int = 1) -> Practice | None:
    """Return a practice as the database holds it."""
    with app.app_context():
        return db.session.get(Practice, practice_id)
