"""A pupil becomes a graduate on a day: the category is asked since when, and the day counts by it."""

from datetime import date

from flask import Flask

from nastav.coverage.queries import school_coverage
from nastav.db import db
from nastav.people.models import Kind, Person, PersonKind
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers


def edit_of(app: Flask, cast: Cast) -> tuple[str, int]:
    """A tenth-grade mentor in a pair since 5 October; the address of their edit form, their id."""
    with registers(app, cast) as own:
        mentor = own.mentor("Белкин Юрий", grade=10)
        own.pair(mentor, own.mentee("Птицына Ольга"))
        return (
            f"/schools/{cast.boris_school}/mentors/{mentor.participation_id}/edit",
            mentor.person_id,
        )


def mentors(cast: Cast, on: date) -> int | None:
    return school_coverage(cast.boris_school, 2020, on).mentors.in_pair


def test_a_changed_category_is_asked_since_when(app: Flask, cast: Cast, boris: PageClient) -> None:
    page, _ = edit_of(app, cast)
    asked = boris.fill(page, kind="graduate", school_class="")
    assert asked.status_code == 422
    assert "выберите, стал ли человек другим или это исправление" in text_of(asked)
    nothing = boris.fill(asked, became="since", since="")
    assert "Укажите день, например 01.09.2021" in text_of(nothing)
    assert boris.fill(nothing, became="since", since="01.12.2020").status_code == 303
    with app.app_context():
        spans = db.session.query(PersonKind).order_by(PersonKind.since).all()
        assert [(span.kind, span.until) for span in spans] == [
            (Kind.PUPIL, date(2020, 11, 30)),
            (Kind.GRADUATE, date(9999, 12, 31)),
        ]
        # a pupil on days of the year: the year counts them, and what comes after does not
        assert mentors(cast, date(2020, 12, 9)) == 1


def test_a_mistake_put_right_holds_for_all_days(app: Flask, cast: Cast, boris: PageClient) -> None:
    page, person_id = edit_of(app, cast)
    asked = boris.fill(page, kind="graduate", school_class="")
    assert boris.fill(asked, became="mistake").status_code == 303
    with app.app_context():
        assert db.session.query(PersonKind).count() == 0
        assert db.session.get_one(Person, person_id).kind is Kind.GRADUATE
        assert mentors(cast, date(2020, 12, 9)) == 0
