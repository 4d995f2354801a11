"""A school's own practices: writing, publishing, taking back."""

from typing import Any

import pytest
from flask import Flask

from tests.conftest import ClientOf
from tests.practices.conftest import TEXT, School, Write, practice
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of


def state(app: Flask) -> str:
    row = practice(app)
    return row.state.value if row else "removed"


def test_a_draft_is_written_and_published(
    app: Flask, boris: PageClient, vera: PageClient, school: School
) -> None:
    answer = boris.fill(f"{school.url}/practices/new", **TEXT)
    assert answer.location == f"{school.url}/practices/1"
    assert state(app) == "draft"
    assert "В банке пока пусто" in text_of(vera.get(school.board))
    assert boris.fill(answer.location, "publish").status_code == 303
    assert state(app) == "published"
    page = text_of(vera.get(school.board))
    assert TEXT["title"] in page
    assert "СОШ №5" in page
    assert TEXT["done"] in text_of(vera.get(f"{school.board}/1"))


def test_an_unfinished_draft_is_kept_and_says_what_is_missing(
    app: Flask, boris: PageClient, school: School
) -> None:
    boris.fill(f"{school.url}/practices/new", title="Кружок")
    card = boris.get(f"{school.url}/practices/1")
    assert "Заполните: для кого, что сделано, результат, с какого года." in text_of(card)
    assert not soup(card).select("form[action$=publish]")
    answer = boris.send(f"{school.url}/practices/1/publish", {"version": 1})
    assert answer.status_code == 422
    assert state(app) == "draft"


@pytest.mark.parametrize("where", ["title", "audience", "done", "result"])
def test_a_name_keeps_a_practice_from_the_board_until_it_is_mended(
    app: Flask, boris: PageClient, school: School, where: str
) -> None:
    named = {**TEXT, where: "Вместе с Канарейкиным Олегом"}
    boris.fill(f"{school.url}/practices/new", **named)
    answer = boris.send(f"{school.url}/practices/1/publish", {"version": 1})
    assert answer.status_code == 422
    assert "«Канарейкиным»" in text_of(answer)
    assert state(app) == "draft"
    boris.fill(f"{school.url}/practices/1/edit", **TEXT)
    assert boris.fill(f"{school.url}/practices/1", "publish").status_code == 303
    assert state(app) == "published"


def test_a_practice_on_the_board_cannot_be_changed_to_name_somebody(
    app: Flask, boris: PageClient, vera: PageClient, school: School, write: Write
) -> None:
    at = f"{school.url}/practices/{write()}/edit"
    answer = boris.fill(at, result="Канарейкину помогло")
    assert answer.status_code == 422
    assert form_values(find_form(answer))["result"] == "Канарейкину помогло"
    assert "Канарейкин" not in vera.get(f"{school.board}/1").text
    assert boris.fill(at, result="Стало спокойнее").status_code == 303
    assert "Стало спокойнее" in text_of(vera.get(f"{school.board}/1"))


def test_a_school_takes_its_practice_back_and_removes_it(
    app: Flask, boris: PageClient, vera: PageClient, school: School, write: Write
) -> None:
    card = f"{school.url}/practices/{write()}"
    assert boris.send(f"{card}/remove", {"version": 2}).status_code == 409
    assert boris.fill(card, "take-back").status_code == 303
    assert vera.get(f"{school.board}/1").status_code == 404
    assert boris.fill(card, "remove").status_code == 303
    assert state(app) == "removed"


def test_a_second_click_keeps_one_draft(app: Flask, boris: PageClient, school: School) -> None:
    page = boris.get(f"{school.url}/practices/new")
    for _ in range(2):
        assert boris.fill(page, **TEXT).status_code == 303
    assert practice(app, 2) is None


def test_of_two_who_edit_at_once_the_second_sees_both(
    app: Flask, boris: PageClient, school: School, write: Write
) -> None:
    at = f"{school.url}/practices/{write()}/edit"
    stale = boris.get(at)
    boris.fill(at, audience="все")
    answer = boris.fill(stale, audience="никто")
    assert answer.status_code == 409
    assert "никто" in text_of(answer)
    assert "все" in text_of(answer)
    assert boris.fill(answer).status_code == 303
    assert practice(app).audience == "никто"  # type: ignore[union-attr]


def test_publishing_from_an_old_page_is_refused(
    app: Flask, boris: PageClient, school: School, write: Write
) -> None:
    card = f"{school.url}/practices/{write(is_posted=False)}"
    stale = boris.get(card)
    boris.fill(f"{card}/edit", audience="все")
    assert boris.fill(stale, "publish").status_code == 409
    assert state(app) == "draft"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Назовите практику"),
        ({"since_year": "2021"}, "Укажите год от 1990 до 2020"),
        ({"since_year": "давно"}, "целое число"),
        ({"kind_id": "987"}, "Выберите форму наставничества"),
        ({"done": "а" * 4001}, "4 001 знак, а помещается не больше 4 000"),
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask, boris: PageClient, school: School, fields: dict[str, Any], sentence: str
) -> None:
    answer = boris.fill(f"{school.url}/practices/new", **{**TEXT, **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert form_values(find_form(answer))["audience"] == [TEXT["audience"]]
    assert practice(app) is None


def test_a_draft_is_read_in_its_school_alone(
    cast: Cast, client_of: ClientOf, school: School, write: Write
) -> None:
    write(is_posted=False, result="Канарейкину помогло")
    expected = {"galina": 200, "vera": 404, "anna": 403, "gleb": 403}
    for login, status in expected.items():
        answer = client_of(login).get(f"{school.url}/practices/1")
        assert answer.status_code == status, login
        assert ("Канарейкин" in answer.text) is (status == 200)
        assert client_of(login).get(f"{school.board}/1").status_code == 404
    other = f"/schools/{cast.vera_school}/practices/1"
    assert client_of("vera").get(other).status_code == 404
    page = client_of("galina").get(f"{school.url}/practices/1")
    assert not (soup(page).select_one("main") or soup(page)).select("form")
