"""A school with two mentors, three mentees and one group, for the tests of pairs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import selectinload

from nastav.db import db
from nastav.pairs.models import Pair
from nastav.people.models import Kind
from nastav.people.operations import Added
from tests.support.cast import Cast
from tests.support.registers import registers


@dataclass(frozen=True)
class School:
    """Ids in the school of Борис; the pair is a group of Громова with Птицына, begun 05.10.2020."""

    url: str
    teacher: Added  # Громова
    pupil: Added  # Белкин
    paired: Added  # Птицына
    free: Added  # Ёлкин
    late: Added  # Новак, in the register since 01.12.2020
    pair: int

    @property
    def pairs(self) -> str:
        return f"{self.url}/2020/pairs"

    @property
    def card(self) -> str:
        return f"{self.pairs}/{self.pair}"


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    """Return the school."""
    with registers(app, cast) as own:
        teacher = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        pupil = own.mentor("Белкин Юрий", grade=10)
        paired = own.mentee("Птицына Ольга", grade=5)
        free = own.mentee("Ёлкин Лев", grade=10)
        late = own.mentee("Новак Олег", joined=date(2020, 12, 1))
        pair = own.pair(teacher, paired)
        url = f"/schools/{cast.boris_school}"
        return School(url, teacher, pupil, paired, free, late, pair.id)


@pytest.fixture
def saved(app: Flask) -> Callable[[int], Pair]:
    """Return a function: id → the pair as it is saved, with its members."""

    def read(pair_id: int) -> Pair:
        with app.app_context():
            options = [selectinload(Pair.members)]
            return db.session.get_one(Pair, pair_id, options=options)

    return read
