"""A district with a little of everything the order asks for."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.gatherings.occasions.models import Occasion, OccasionPart, Sphere
from nastav.practices.models import Practice, PracticeState
from tests.support.cast import Cast
from tests.support.people import add_group, add_person
from tests.support.registers import CANARIES
from tests.support.stages import put

ADDRESS = "/districts/1/execution"


@pytest.fixture
def district(app: Flask, cast: Cast) -> None:
    """Forty children of СОШ №5 in a group since October, two of them at an event, one who is in no pair."""
    with app.app_context(), writing():
        _, *mentees = add_group(cast.boris_school, 40)
        alone = add_person(cast.boris_school, f"{CANARIES[0]} Пётр")
        event = Occasion(
            school_id=cast.boris_school,
            held_on=date(2020, 11, 20),
            sphere=Sphere.SOCIAL,
            name="Уборка парка",
        )
        later = Occasion(
            school_id=cast.boris_school,
            held_on=date(2020, 12, 9),
            sphere=Sphere.CULTURAL,
            name="Концерт",
        )
        db.session.add_all([event, later])
        db.session.flush()
        for person in (*mentees[:2], alone):
            db.session.add(OccasionPart(occasion_id=event.id, person_id=person.id))
        db.session.add(OccasionPart(occasion_id=later.id, person_id=mentees[2].id))
        kind = db.session.query(PairKind).filter_by(district_id=1).first()
        assert kind
        db.session.add(
            Practice(
                school_id=cast.boris_school,
                kind_id=kind.id,
                state=PracticeState.PUBLISHED,
                title="Шахматный кружок",
                since_year=2019,
                published_on=date(2020, 12, 1),
            )
        )
    put(
        app,
        ("СОШ №1", 1, "accepted"),
        ("СОШ №2", 1, "submitted"),
        ("СОШ №4", 1, "returned"),
        ("СОШ №5", 3, "1"),
    )
