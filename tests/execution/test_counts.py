"""The mentees of a справка are those that a slow count in plain Python finds, whatever was entered."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav.coverage.figures import Verdict
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.execution.queries import execution
from nastav.gatherings.occasions.models import Occasion, OccasionPart, Sphere
from nastav.people.models import Part, Person
from tests.coverage.slow_count import World, slow_count
from tests.coverage.test_slow_count import DAYS, SCHOOLS, enter_world, moves, worlds
from tests.progress.test_counts import standing
from tests.support import databases


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:SCHOOLS]


def mentees(world: World, year: int, on: date) -> int:
    """Return how many coverage counts in pairs on a day of a year."""
    counts = slow_count(world, year, on)
    return sum(counts.get((at, Part.MENTEE, Verdict.COUNTED), 0) for at in range(SCHOOLS))


@settings(
    max_examples=databases.examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(world=st.one_of(worlds(), moves()), on=DAYS)
def test_mentees_equal_the_slow_count(schools: list[int], world: World, on: date) -> None:
    """Everybody was at the event: whoever counts in a pair of the year took part."""
    try:
        enter_world(world, schools)
        event = Occasion(
            school_id=schools[0], held_on=on, sphere=Sphere.SOCIAL, name="Уборка парка"
        )
        db.session.add(event)
        db.session.flush()
        for person in db.session.query(Person.id):
            db.session.add(OccasionPart(occasion_id=event.id, person_id=person.id))
        db.session.flush()
        found = execution(db.session.get_one(District, 1), on)
        assert found.carried == mentees(world, on.year, date(on.year, 1, 1))
        assert found.in_pair_now == len(standing(world, on))
        assert found.participation.took_part == mentees(world, on.year, on)
    finally:
        db.session.rollback()
