"""SWOT by form of mentoring: what it begins with, saving, who reads it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from nastav.db import db, writing
from nastav.feedback.models import Response
from nastav.feedback.swot.models import Swot
from nastav.pairs.models import Pair
from tests.feedback.sheets import enter
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.people import add_group

SHEET: dict[str, int | str] = {"satisfied": 9, "goal_clear": 3, "usefulness": 7, "confidence": 5}


@pytest.fixture
def at(cast: Cast) -> str:
    """Return the address of Boris's analyses; the first form of mentoring has the id 1."""
    return f"/schools/{cast.boris_school}/2020/feedback/swot"


def test_it_begins_with_the_highest_and_lowest_scored_questions(
    app: Flask, cast: Cast, boris: PageClient, at: str
) -> None:
    enter(app, cast, *[SHEET] * 5)
    page = boris.get(f"{at}/1/edit")
    values = form_values(find_form(page))
    assert "довольны совместной работой с наставником? В среднем 9,0 из 10" in values["strengths"]
    assert values["strengths"].splitlines()[0].startswith("Наставляемые, итог.")
    assert "вы с наставником делаете? В среднем 3,0 из 10, ответов 5" in values["weaknesses"]
    assert "по всей школе" in text_of(page)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Swot)) == 0


def test_answers_about_this_form_of_mentoring_go_first(
    app: Flask, cast: Cast, boris: PageClient, at: str
) -> None:
    enter(app, cast, *[SHEET] * 5)
    with app.app_context(), writing():
        add_group(cast.boris_school, 2)
        pair_id, kind_id = db.session.execute(select(Pair.id, Pair.kind_id)).one()
    ids = enter(app, cast, *[{"satisfied": 4, "usefulness": 10}] * 5)  # type: ignore[list-item]
    with app.app_context(), writing():
        for response_id in ids:
            db.session.get_one(Response, response_id).pair_id = pair_id
    page = boris.get(f"{at}/{kind_id}/edit")
    assert "по этой форме наставничества" in text_of(page)
    assert "В среднем 4,0 из 10, ответов 5" in form_values(find_form(page))["weaknesses"]


def test_four_answers_suggest_nothing(app: Flask, cast: Cast, boris: PageClient, at: str) -> None:
    enter(app, cast, *[SHEET] * 4)
    page = boris.get(f"{at}/1/edit")
    assert form_values(find_form(page))["strengths"] == ""
    assert "подсказать по ним нечего" in text_of(page)


def test_it_is_saved_printed_and_read_by_the_head(
    boris: PageClient, galina: PageClient, at: str
) -> None:
    page = boris.get(f"{at}/1/edit")
    for _ in range(2):
        assert boris.fill(page, strengths="Опыт\nДружба", threats="Отъезд").status_code == 303
    sheet = galina.get(f"{at}/1")
    assert [paragraph.get_text() for paragraph in soup(sheet).select(".swot p")] == [
        "Опыт\nДружба",
        "—",
        "—",
        "Отъезд",
    ]
    assert "Составить" not in text_of(galina.get(at))
    assert galina.get(f"{at}/1/edit").status_code == 403


def test_of_two_tabs_the_second_sees_both_and_may_keep_its_own(boris: PageClient, at: str) -> None:
    late = boris.get(f"{at}/1/edit")
    boris.fill(late, strengths="первое")
    answer = boris.fill(late, strengths="второе")
    assert answer.status_code == 409
    row = soup(answer).select_one("#differences tbody tr")
    assert row
    assert [cell.get_text() for cell in row.select("td")] == ["второе", "первое"]
    assert boris.fill(answer).status_code == 303
    assert "второе" in text_of(boris.get(f"{at}/1"))


def test_the_district_and_another_school_do_not_read_it(
    boris: PageClient, vera: PageClient, anna: PageClient, at: str
) -> None:
    boris.fill(f"{at}/1/edit", strengths="канарейка")
    assert anna.get(f"{at}/1").status_code == 403
    assert vera.get(f"{at}/1").status_code == 404
    assert boris.get(f"{at}/999/edit").status_code == 404
    assert boris.fill(f"{at}/1/edit", threats="а" * 2001).status_code == 422
