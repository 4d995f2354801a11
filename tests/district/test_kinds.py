"""The coordinator's table of forms of mentoring."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of

PAGE = "/districts/1/settings/kinds"
NAME = "выпускник – ученик"


def named(app: Flask, name: str) -> list[PairKind]:
    with app.app_context():
        return db.session.query(PairKind).filter_by(name=name).all()


def test_a_local_form_is_added_and_offered_to_schools(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    answer = anna.fill(PAGE, name=NAME)
    assert (answer.status_code, answer.location) == (303, PAGE)
    (added,) = named(app, NAME)
    assert not added.is_official
    assert "форма района" in text_of(anna.get(PAGE))
    assert NAME in text_of(boris.get(f"/schools/{cast.boris_school}/2020/pairs/new"))
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="pair_kind:added").count() == 1


def test_a_second_click_adds_no_second_form(app: Flask, anna: PageClient) -> None:
    page = anna.get(PAGE)
    for _ in range(2):
        assert anna.fill(page, name=NAME).status_code == 303
    assert len(named(app, NAME)) == 1


def test_the_same_name_twice_is_refused_and_kept(app: Flask, anna: PageClient) -> None:
    answer = anna.fill(PAGE, name="Ученик – Ученик")
    assert answer.status_code == 422
    assert "Такая форма уже есть" in text_of(answer)
    assert 'value="Ученик – Ученик"' in answer.text
    assert not named(app, "Ученик – Ученик")


@pytest.mark.parametrize("name", ["ученик - ученик", "Ученик-ученик", "учитель  —  ученик"])
def test_a_form_typed_with_another_dash_is_the_same(
    app: Flask, anna: PageClient, name: str
) -> None:
    """No keyboard has the dash of «ученик – ученик»: two forms would part one row of the reports."""
    answer = anna.fill(PAGE, name=name)
    assert answer.status_code == 422
    assert "Такая форма уже есть" in text_of(answer)
    with app.app_context():
        assert db.session.query(PairKind).filter_by(district_id=1).count() == len(PairKind.first)


def test_a_form_that_came_twice_before_can_be_hidden(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        twin = PairKind(district_id=1, ordinal=9, name="ученик - ученик")
        db.session.add(twin)
        db.session.flush()
        page = f"{PAGE}/{twin.id}"
    assert anna.fill(page, is_hidden="y").status_code == 303
    assert named(app, "ученик - ученик")[0].is_hidden


def test_a_hidden_form_leaves_the_lists(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    kind = named(app, "студент – ученик")[0]
    assert anna.fill(f"{PAGE}/{kind.id}", is_hidden="y").status_code == 303
    assert kind.name not in text_of(boris.get(f"/schools/{cast.boris_school}/2020/pairs/new"))


def test_an_official_form_keeps_its_name(app: Flask, anna: PageClient) -> None:
    kind = named(app, "студент – ученик")[0]
    data = {"name": "как угодно", "version": str(kind.version)}
    assert anna.send(f"{PAGE}/{kind.id}", data).status_code == 303
    assert named(app, "студент – ученик")


def test_of_two_who_edit_the_second_sees_both(app: Flask, anna: PageClient) -> None:
    anna.fill(PAGE, name=NAME)
    page = f"{PAGE}/{named(app, NAME)[0].id}"
    stale = anna.get(page)
    assert anna.fill(page, name="выпускник – класс").status_code == 303
    answer = anna.fill(stale, name="студент – класс")
    assert answer.status_code == 409
    assert "выпускник – класс" in text_of(answer)
    assert 'value="студент – класс"' in answer.text
    assert anna.fill(answer).status_code == 303
    assert named(app, "студент – класс")
