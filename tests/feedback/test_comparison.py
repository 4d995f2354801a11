"""Start against end for those who answered both; free answers of the own school."""

import pytest
from flask import Flask

from nastav import dates
from nastav.db import db, writing
from nastav.feedback.models import Moment, Questionnaire, Response
from tests.feedback.sheets import enter
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_person


def both(app: Flask, cast: Cast, *pairs: tuple[int, int], login: str = "boris") -> None:
    """Enter a start and an end of one person for each pair of marks."""
    school = cast.boris_school if login == "boris" else cast.vera_school
    start = [{"goal_clear": mark} for mark, _ in pairs]
    end = [{"goal_clear": mark, "satisfied": 9} for _, mark in pairs]
    first = enter(app, cast, *start, moment=Moment.START, login=login)  # type: ignore[arg-type]
    last = enter(app, cast, *end, login=login)  # type: ignore[arg-type]
    with app.app_context(), writing():
        for ids in zip(first, last, strict=True):
            person = add_person(school).id
            for response_id in ids:
                db.session.get_one(Response, response_id).person_id = person


def figures(page: object) -> list[list[str]]:
    rows = soup(page).select("section[aria-labelledby=comparison] tbody tr")  # type: ignore[arg-type]
    return [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]


def test_five_who_answered_both_are_compared_by_person(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    both(app, cast, (3, 8), (5, 9), (7, 7), (9, 4), (1, 2))
    enter(app, cast, {"goal_clear": 1}, {"goal_clear": 1}, moment=Moment.START)  # nobody's
    page = boris.get(f"/schools/{cast.boris_school}/2020/feedback")
    assert figures(page) == [["5", "3", "1", "1"]]


def test_four_who_answered_both_are_not(app: Flask, cast: Cast, boris: PageClient) -> None:
    both(app, cast, (3, 8), (5, 9), (7, 7), (9, 4))
    page = boris.get(f"/schools/{cast.boris_school}/2020/feedback")
    assert figures(page) == []
    assert "оба раза ответили меньше 5 человек" in text_of(page)


@pytest.mark.parametrize("moment", [Moment.START, Moment.FINAL])
def test_a_deleted_answer_is_not_compared(
    app: Flask, cast: Cast, boris: PageClient, moment: Moment
) -> None:
    both(app, cast, (3, 8), (5, 9), (7, 7), (9, 4), (1, 2), (2, 9))
    with app.app_context(), writing():
        of_moment = db.select(Response).join(Questionnaire).where(Questionnaire.moment == moment)
        last = db.session.scalars(of_moment.order_by(Response.id.desc())).first()
        last.deleted_at = dates.now()  # of the sixth: from 2 to 9
    page = boris.get(f"/schools/{cast.boris_school}/2020/feedback")
    assert figures(page) == [["5", "3", "1", "1"]]


def test_the_district_sees_one_sum_of_all_schools(app: Flask, cast: Cast, anna: PageClient) -> None:
    both(app, cast, (3, 8), (5, 9), (7, 7))
    both(app, cast, (3, 8), (9, 4), login="vera")
    page = anna.get(f"/districts/{cast.district}/feedback")
    assert figures(page) == [["5", "3", "1", "1"]]


def test_free_answers_are_read_by_the_school_in_the_order_of_the_alphabet(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    galina: PageClient,
    vera: PageClient,
    anna: PageClient,
) -> None:
    enter(
        app, cast, {"valued": "Яблоки"}, {"valued": "арбуз"}, {"valued": "Ёлка", "lacking": "<b>"}
    )
    at = f"/schools/{cast.boris_school}/2020/feedback/texts"
    for reader in (boris, galina):
        items = [item.get_text() for item in soup(reader.get(at)).select(".texts li")]
        assert items == ["арбуз", "Ёлка", "Яблоки", "<b>"]
    assert vera.get(at).status_code == 404
    assert anna.get(at).status_code == 403
    assert "арбуз" not in text_of(anna.get(f"/districts/{cast.district}/feedback"))
