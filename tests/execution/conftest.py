"""A district with a little of everything the order asks for."""

from datetime import date

import pytest
from flask import Flask

from nastav.archive.models import KeptReport
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.gatherings.occasions.models import Occasion, OccasionPart, Sphere
from nastav.pairs.models import Pair
from nastav.practices.models import Practice, PracticeState
from nastav.samples.models import Sample, SampleItem, Verdict
from tests.coverage.conftest import module_app
from tests.support.cast import Cast
from tests.support.people import add_group, add_person
from tests.support.registers import CANARIES
from tests.support.stages import put

__all__ = ["module_app"]
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


@pytest.fixture
def looked_into(app: Flask, cast: Cast, district: None) -> None:
    """Two lots: one of the two pairs drawn was found as told, on 8 December. Two reports were kept."""
    with app.app_context(), writing():
        add_group(cast.vera_school, 1)
        for school_id, marked in (
            (cast.boris_school, date(2020, 12, 8)),
            (cast.vera_school, None),
        ):
            pair = db.session.query(Pair).filter_by(school_id=school_id).one()
            sample = Sample(school_id=school_id, first_year=2020, seed="seed")
            db.session.add(sample)
            db.session.flush()
            item = SampleItem(
                sample_id=sample.id, pair_id=pair.id, number=1, drawn_on=date(2020, 12, 1),
                drawn_of=1, papers="согласие", marked_on=marked,
                verdict=Verdict.MATCHES if marked else None,
            )  # fmt: skip
            db.session.add(item)
        for day in (date(2020, 10, 1), date(2020, 12, 1), date(2020, 12, 1)):
            db.session.add(
                KeptReport(
                    district_id=1,
                    day=day,
                    title="Отчёт",
                    actor_name="Анна Андреева",
                    rules_number=1,
                    rules={},
                    size=1,
                    sha256="0" * 64,
                    figures=[],
                    behind={},
                )
            )
