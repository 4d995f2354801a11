"""Drafts begun together: all of those ticked, or none."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.mentors.profiles import operations as profiles
from nastav.mentors.profiles.operations import ProfileData
from nastav.pairs.models import Pair, PairState
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.registers import registers
from tests.support.school import School

DECEMBER = date(2020, 12, 1)


@pytest.fixture
def at(app: Flask, cast: Cast, school: School) -> str:
    """The page with two drafts of Громова, who leads one already."""
    with registers(app, cast) as own:
        for mentee in (school.free, school.late):
            own.pair(school.teacher, mentee, state=PairState.DRAFT, started=DECEMBER)
    return f"{school.pairs}/drafts"


def states(app: Flask) -> list[str]:
    with app.app_context():
        return [pair.state.value for pair in db.session.query(Pair).order_by(Pair.id)]


def test_ticked_drafts_begin_with_one_order(app: Flask, boris: PageClient, at: str) -> None:
    answer = boris.fill(at, order_number="55", order_date="8.12", started="2.12")
    assert answer.status_code == 303
    assert states(app) == ["active", "active", "active"]
    with app.app_context():
        begun = db.session.query(Pair).filter_by(order_number="55").all()
    assert {f"{pair.started:%d.%m.%Y}" for pair in begun} == {"02.12.2020"}
    assert len(begun) == 2


def test_those_not_ticked_stay_drafts(app: Flask, boris: PageClient, at: str) -> None:
    first = form_values(find_form(boris.get(at)))["pick"][:1]
    assert boris.fill(at, pick=first).status_code == 303
    assert sorted(states(app)) == ["active", "active", "draft"]


def test_one_over_the_limit_stops_all(
    app: Flask, cast: Cast, boris: PageClient, school: School, at: str
) -> None:
    with app.app_context(), writing():
        data = ProfileData(most_mentees=2)
        person = school.teacher.person_id
        profiles.save_profile(cast.actor("boris"), cast.boris_school, person, data, version=0)
    answer = boris.fill(at, order_number="55")
    assert answer.status_code == 422
    assert "Ничего не начато" in text_of(answer)
    assert "не больше 2 наставляемых" in text_of(answer)
    assert form_values(find_form(answer))["order_number"] == ["55"]
    assert states(app) == ["active", "draft", "draft"]


def test_a_draft_changed_meanwhile_stops_all(
    app: Flask, boris: PageClient, school: School, at: str
) -> None:
    stale = boris.get(at)
    boris.fill(f"{school.pairs}/2/edit", goal="другая цель")
    answer = boris.fill(stale)
    assert answer.status_code == 409
    assert states(app) == ["active", "draft", "draft"]
    assert boris.fill(answer).status_code == 303


def test_a_second_click_changes_nothing_more(app: Flask, boris: PageClient, at: str) -> None:
    answer = boris.get(at)
    for _ in range(2):
        assert boris.fill(answer).status_code == 303
    assert states(app) == ["active", "active", "active"]


def test_bad_dates_are_explained_and_kept(app: Flask, boris: PageClient, at: str) -> None:
    answer = boris.fill(at, started="31.12.2020")
    assert answer.status_code == 422
    assert "Дата ещё не наступила" in text_of(answer)
    assert states(app) == ["active", "draft", "draft"]


def test_a_foreign_draft_is_not_found(app: Flask, cast: Cast, vera: PageClient, at: str) -> None:
    url = f"/schools/{cast.vera_school}/2020/pairs/drafts"
    answer = vera.send(url, {"pick": "2", "version-2": "1"})
    assert answer.status_code == 422
    assert states(app) == ["active", "draft", "draft"]
