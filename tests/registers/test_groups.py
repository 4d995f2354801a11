"""Where there are no classes: a group and an age on a day, typed, changed, shown."""

from datetime import date

from flask import Flask

from nastav.db import db
from nastav.people.changes.models import PersonChange
from nastav.people.models import PersonGroup
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of


def groups(app: Flask) -> list[tuple[str, int | None, date | None]]:
    with app.app_context():
        return [(row.name, row.age, row.aged_on) for row in db.session.query(PersonGroup)]


def test_a_group_and_an_age_stand_in_the_place_of_a_class(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    base = f"/schools/{cast.boris_school}/mentees"
    typed = {"surname": "Птицына", "given_name": "Ольга"}
    refused = boris.fill(f"{base}/new", **typed, group_name="Вокал")
    assert refused.status_code == 422
    assert "где классов нет — возраст" in text_of(refused)
    boris.fill(f"{base}/new", **typed, group_name="Вокал", age="12")
    assert groups(app) == [("Вокал", 12, date(2020, 9, 1))]
    assert "Вокал, 12 лет на 01.09.2020" in text_of(boris.get(base)).replace("\xa0", " ")
    card = f"{base}/1/edit"
    boris.fill(card, age="13", aged_on="01.12.2020")
    assert groups(app) == [("Вокал", 13, date(2020, 12, 1))]
    with app.app_context():
        change = db.session.query(PersonChange).one()
        assert change.field == "group"
        assert change.old.replace("\xa0", " ") == "Вокал, 12 лет на 01.09.2020"
    boris.fill(card, age="", group_name="", aged_on="", school_class="7А")
    assert groups(app) == []
    assert "Возраст — от 4" in text_of(boris.fill(card, age="3"))


def test_a_group_is_loaded_updated_and_taken_back(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    base = f"/schools/{cast.boris_school}/mentees"
    table = "ФИО\tОбъединение\tВозраст\nПтицына Ольга\tВокал\t{}"
    for age in (12, 13):
        page = boris.get(boris.fill(f"{base}/import", text=table.format(age)).location)
        if age == 13:
            boris.fill(page, "/decide", choice="update")
            page = boris.get(page.request.path)
        load = boris.fill(page).location
    assert groups(app) == [("Вокал", 13, date(2020, 9, 1))]
    boris.fill(f"{load}/undo")
    assert groups(app) == [("Вокал", 12, date(2020, 9, 1))]
