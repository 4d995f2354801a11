"""The school year that follows, and pairs to be closed."""

from collections.abc import Callable

import pytest
from flask import Flask

from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import District
from nastav.pairs.models import Pair
from tests.support.cast import Cast
from tests.support.registers import registers
from tests.support.school import School

END = {"ended": "08.12.2020", "reason": "окончание года", "decision": "continue"}


@pytest.fixture
def next_year(app: Flask, cast: Cast) -> None:
    """Open 2021/22."""
    with app.app_context(), writing():
        district = db.session.get_one(District, cast.district)
        assert open_next(cast.actor("anna"), district, 2021)


@pytest.fixture
def second(app: Flask, cast: Cast, school: School) -> int:
    """Return the id of a second pair of Громова, with Ёлкин."""
    with registers(app, cast) as own:
        return own.pair(school.teacher, school.free).id


@pytest.fixture
def states(app: Flask) -> Callable[[], list[str]]:
    """Return a function: the state of every pair, in the order they were made."""

    def read() -> list[str]:
        with app.app_context():
            return [pair.state.value for pair in db.session.query(Pair).order_by(Pair.id)]

    return read
