"""A stack of paper sheets typed in a grid, without JavaScript."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.feedback.models import Response
from nastav.people.models import RegisterNumber
from tests.feedback.sheets import questionnaire, questions
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.people import add_person


@pytest.fixture
def at(app: Flask, cast: Cast) -> str:
    """Return the address of the grid of mentees' final questionnaire, ten rows."""
    from nastav.feedback.models import Moment, Respondent

    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
        return f"/schools/{cast.boris_school}/2020/feedback/grid?questionnaire={found.id}&rows=10"


@pytest.fixture
def q(app: Flask, cast: Cast) -> Any:
    """Return a function: row, key of a question → name of the cell."""
    asked = questions(app, cast)
    return lambda row, key: f"r{row}_q{asked[key].id}"


def saved(app: Flask) -> list[Response]:
    with app.app_context():
        rows = select(Response).options(selectinload(Response.answers)).order_by(Response.id)
        return list(db.session.scalars(rows))


def add_mentee(app: Flask, school_id: int) -> tuple[int, int]:
    """Return (person's id, register number) of a new mentee."""
    with app.app_context(), writing():
        person = add_person(school_id).id
        rows = select(RegisterNumber.number).filter_by(person_id=person, school_id=school_id)
        return person, db.session.scalars(rows).one()


def test_choosing_leads_to_a_grid_of_numbered_questions(cast: Cast, boris: PageClient) -> None:
    page = boris.get(f"/schools/{cast.boris_school}/2020/feedback/grid")
    options = soup(page).select("#questionnaire option")
    assert len(options) == 7
    grid = boris.get(f"{page.request.path}?questionnaire={options[0]['value']}&rows=40")
    assert len(soup(grid).select(".digits tbody tr")) == 40
    heads = [th.get_text(strip=True) for th in soup(grid).select(".digits thead th")]
    assert heads == ["Лист", "Код листа", "№ в базе", "1", "2", "3", "4", "5"]


def test_a_stack_is_saved_in_one_go_and_empty_rows_are_left_out(
    app: Flask, cast: Cast, boris: PageClient, at: str, q: Any
) -> None:
    person, number = add_mentee(app, cast.boris_school)
    first = {"r1_code": "123456", "r1_number": str(number), q(1, "satisfied"): "7"}
    third = {q(3, "satisfied"): "10", q(3, "wants_to_continue"): "0"}
    answer = boris.fill(at, answered_on="8.12", **first, **third)
    assert answer.status_code == 303
    rows = saved(app)
    assert [(row.sheet_code, row.person_id) for row in rows] == [(123456, person), (None, None)]
    assert sorted(answer.value or 0 for answer in rows[1].answers) == [0, 10]
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="responses:added")).one()
        assert entry.subject == "наставляемые, итог: 2"


def test_errors_name_row_and_column_and_nothing_is_saved(
    app: Flask, boris: PageClient, at: str, q: Any
) -> None:
    typed = {
        q(1, "satisfied"): "9",
        q(2, "satisfied"): "11",
        q(3, "wants_to_continue"): "2",
        "r4_number": "99",
        q(4, "satisfied"): "5",
        "r5_code": "x1",
        "r6_code": "77",
    }
    answer = boris.fill(at, answered_on="8.12", **typed)
    assert answer.status_code == 422
    items = [item.get_text() for item in soup(answer).select("#error-summary li")]
    assert items == [
        "Строка 2, вопрос 1: нужно число от 1 до 10 или ничего, а введено «11».",
        "Строка 3, вопрос 6: нужно 1 — да или 0 — нет или ничего, а введено «2».",
        "Строка 4, № в базе: в базе нет № 99: проверьте номер или оставьте пустым.",
        "Строка 5, Код листа: нужно число до 8 цифр или ничего, а введено «x1».",
        "Строка 6, вопрос 1: в строке нет ни одного ответа: впишите его или очистите строку.",
    ]
    assert form_values(find_form(answer))[q(2, "satisfied")] == ["11"]
    assert saved(app) == []


def test_a_sheet_entered_twice_is_noticed(
    app: Flask, cast: Cast, boris: PageClient, at: str, q: Any
) -> None:
    _, number = add_mentee(app, cast.boris_school)
    first = {"r1_code": "5", "r1_number": str(number), q(1, "satisfied"): "7"}
    boris.fill(at, answered_on="8.12", **first)
    again = {"r2_code": "6", q(2, "satisfied"): "7", "r3_code": "6", q(3, "satisfied"): "7"}
    answer = boris.fill(at, answered_on="8.12", **first, **again)
    items = [item.get_text() for item in soup(answer).select("#error-summary li")]
    assert items == [
        "Строка 1, Код листа: лист 5: эта анкета уже внесена, ответ № 1.",
        f"Строка 1, № в базе: участник № {number}: эта анкета уже внесена, ответ № 1.",
        "Строка 3, Код листа: лист 6: эта анкета уже стоит в строке 2.",
    ]
    assert len(saved(app)) == 1


def test_a_second_click_adds_nothing(app: Flask, boris: PageClient, at: str, q: Any) -> None:
    page = boris.get(at)
    for _ in range(2):
        assert boris.fill(page, answered_on="8.12", **{q(1, "satisfied"): "7"}).status_code == 303
    assert len(saved(app)) == 1


def test_an_empty_grid_and_a_wrong_date_are_refused(
    app: Flask, boris: PageClient, at: str, q: Any
) -> None:
    assert "Таблица пуста" in text_of(boris.fill(at, answered_on="8.12"))
    answer = boris.fill(at, answered_on="10.12.2020", **{q(1, "satisfied"): "7"})
    assert answer.status_code == 422
    assert "Дата ещё не наступила" in text_of(answer)
    assert saved(app) == []


def test_a_foreign_register_number_is_unknown(
    app: Flask, cast: Cast, boris: PageClient, at: str, q: Any
) -> None:
    _, number = add_mentee(app, cast.vera_school)
    typed = {"r1_number": str(number), q(1, "satisfied"): "7"}
    assert boris.fill(at, answered_on="8.12", **typed).status_code == 422


def test_the_single_form_takes_a_register_number_once_and_keeps_it(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    person, number = add_mentee(app, cast.boris_school)
    mark = f"q{questions(app, cast)['satisfied'].id}"
    list_at = f"/schools/{cast.boris_school}/2020/feedback"
    new = f"{list_at}/new?part=mentee&moment=final"
    typed = {"answered_on": "8.12", "number": str(number), mark: "9"}
    assert boris.fill(new, **typed).status_code == 303
    answer = boris.fill(new, **typed)
    assert f"Участник № {number} уже ответил на эту анкету: это ответ № 1." in text_of(answer)
    assert boris.fill(f"{list_at}/1/edit", **{mark: "8"}).status_code == 303
    assert saved(app)[0].person_id == person
    assert "№ в базе" in text_of(boris.get(f"{list_at}/1"))
