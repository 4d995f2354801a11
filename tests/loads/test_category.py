"""A table that says another category puts it right as the card does; its undo gives the former back."""

from datetime import date

from flask import Flask

from nastav.coverage.queries import school_coverage
from nastav.db import db
from nastav.people.models import Kind, Person, PersonKind
from tests.loads.loading import checked, updated
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers


def kinds(app: Flask) -> tuple[list[Kind], Kind]:
    """What the person was from span to span, and is."""
    with app.app_context():
        spans = db.session.query(PersonKind).order_by(PersonKind.since)
        return [span.kind for span in spans], db.session.query(Person).order_by(
            Person.id
        ).one().kind


def test_the_last_span_follows_the_category_and_comes_back(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        mentor = own.mentor("Белкин Юрий", grade=10)
    card = f"/schools/{cast.boris_school}/mentors/{mentor.participation_id}/edit"
    asked = boris.fill(card, kind="graduate", school_class="")
    boris.fill(asked, became="since", since="01.12.2020")
    before = kinds(app)
    assert before == ([Kind.PUPIL, Kind.GRADUATE], Kind.GRADUATE)
    table = "ФИО\tКатегория участника\nБелкин Юрий\tработодатель"
    page = checked(boris, cast, table, book="mentors")
    assert "Категория исправится как ошибка" in text_of(page)
    updated(boris, page.request.path)
    assert kinds(app) == ([Kind.PUPIL, Kind.EMPLOYER], Kind.EMPLOYER)
    boris.fill(f"{page.request.path}/undo")
    assert kinds(app) == before


def test_whoever_was_always_the_same_is_counted_as_the_table_says(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        own.pair(own.mentor("Белкин Юрий", kind=Kind.TEACHER), own.mentee("Птицына Ольга"))
    table = "ФИО\tКатегория участника\nБелкин Юрий\tвыпускник"
    updated(boris, checked(boris, cast, table, book="mentors").request.path)
    assert kinds_of(app) == {"Белкин": Kind.GRADUATE, "Птицына": Kind.PUPIL}
    with app.app_context():
        assert db.session.query(PersonKind).count() == 0
        assert school_coverage(cast.boris_school, 2020, date(2020, 12, 9)).mentors.in_pair == 0


def kinds_of(app: Flask) -> dict[str, Kind]:
    with app.app_context():
        return dict(list(db.session.query(Person.surname, Person.kind)))
