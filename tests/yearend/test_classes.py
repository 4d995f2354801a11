"""The new school year moves classes up by one; looked at before, undone after."""

import pytest
from flask import Flask

from nastav.access import Actor
from nastav.db import db, writing
from nastav.district import operations as districts
from nastav.district.models import District
from nastav.people.models import PersonClass
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers


@pytest.fixture
def names(app: Flask, cast: Cast) -> dict[str, int]:
    """Three pupils of 2020/21 and a graduate; the next school year is open."""
    with registers(app, cast) as own:
        added = {
            "Птицына": own.mentee("Птицына Ольга", grade=7),
            "Ёлкин": own.mentee("Ёлкин Лев", grade=5, letter="Б"),
            "Белкин": own.mentor("Белкин Юрий", grade=10),
            "Старшова": own.mentor("Старшова Нина", grade=11),
        }
        district = db.session.get_one(District, cast.district)
        districts.open_cycle(Actor.system(), district, 2021, before_site=False)
    return {name: person.person_id for name, person in added.items()}


@pytest.fixture
def at(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}/2021/classes"


def classes(app: Flask, year: int = 2021) -> dict[int, str]:
    with app.app_context():
        rows = db.session.query(PersonClass).filter_by(first_year=year)
        return {row.person_id: row.name.replace("\xa0", " ") for row in rows}


def test_pupils_move_up_and_graduates_are_named(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    page = boris.get(at)
    assert "Окончили школу: 1" in text_of(page)
    assert soup(page).select_one("main a[href$='/2020/pairs/graduates']")
    answer = boris.fill(page)
    assert (answer.status_code, answer.location) == (303, at)
    assert classes(app) == {
        names["Птицына"]: "8 «А»",
        names["Ёлкин"]: "6 «Б»",
        names["Белкин"]: "11 «А»",
    }
    assert len(classes(app, 2020)) == 4


def test_exceptions_are_typed_in_the_table(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    stays, skipped = f"class-{names['Птицына']}", f"class-{names['Ёлкин']}"
    assert boris.fill(at, **{stays: "7б", skipped: ""}).status_code == 303
    found = classes(app)
    assert found[names["Птицына"]] == "7 «Б»"
    assert names["Ёлкин"] not in found


def test_what_is_no_class_is_explained_and_kept(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    field = f"class-{names['Птицына']}"
    answer = boris.fill(at, **{field: "восьмой"})
    assert answer.status_code == 422
    assert "«восьмой» — не класс" in text_of(answer)
    assert form_values(find_form(answer))[field] == ["восьмой"]
    assert classes(app) == {}


def test_a_move_is_undone_whole(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    boris.fill(at)
    assert boris.fill(at, "/undo").status_code == 303
    assert classes(app) == {}
    assert boris.fill(at).status_code == 303
    assert len(classes(app)) == 3


def test_what_was_edited_since_is_not_undone(
    app: Flask, cast: Cast, boris: PageClient, names: dict[str, int], at: str
) -> None:
    boris.fill(at)
    with app.app_context(), writing():
        own = db.session.query(PersonClass).filter_by(person_id=names["Ёлкин"], first_year=2021)
        own.one().move_id = None  # as editing the card does
    assert "не меняли: 2" in text_of(boris.get(at))
    boris.fill(at, "/undo")
    assert list(classes(app)) == [names["Ёлкин"]]


def test_a_second_click_moves_nobody_twice(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    page = boris.get(at)
    for _ in range(2):
        assert boris.fill(page).status_code == 303
    assert len(classes(app)) == 3


def test_two_tabs_do_not_move_twice(
    app: Flask, boris: PageClient, names: dict[str, int], at: str
) -> None:
    first, second = boris.get(at), boris.get(at)
    assert boris.fill(first).status_code == 303
    answer = boris.fill(second)
    assert answer.status_code == 409
    assert "Список изменился" in text_of(answer)
    assert len(classes(app)) == 3


def test_nobody_else_moves_them(
    cast: Cast, galina: PageClient, vera: PageClient, names: dict[str, int], at: str
) -> None:
    assert galina.get(at).status_code == 403
    assert vera.get(at).status_code == 404
    own = f"/schools/{cast.vera_school}/2021/classes"
    answer = vera.send(own, {f"class-{names['Птицына']}": "8 А"})
    assert answer.status_code == 409


@pytest.fixture
def long_list(app: Flask, cast: Cast, names: dict[str, int]) -> int:
    """Fifty pupils more of 7 «А», so that the list takes two pages; how many move up."""
    with registers(app, cast) as own:
        for number in range(50):
            own.mentee(f"Сорокин Ян{chr(ord('а') + number % 25)}", grade=7)
    return len(names) - 1 + 50


def test_a_long_list_is_moved_page_by_page(
    app: Flask, boris: PageClient, names: dict[str, int], at: str, long_list: int
) -> None:
    page = boris.get(at)
    assert len(soup(page).select("tbody tr")) == 50
    assert f"Здесь 1–50 из {long_list}, на других страницах ещё {long_list - 50}" in text_of(page)
    other = boris.get(f"{at}?page=2")
    key = f"class-{names['Белкин']}"  # the eldest stands last
    wrong = boris.fill(other, **{key: "пятый"})
    assert wrong.status_code == 422
    assert form_values(find_form(wrong))[key] == ["пятый"]
    assert boris.fill(wrong, **{key: "10б"}).status_code == 303
    moved = classes(app)
    assert (len(moved), moved[names["Белкин"]]) == (long_list - 50, "10 «Б»")
    assert "на других страницах" not in text_of(boris.get(at))


def test_all_move_at_once_and_what_was_typed_holds(
    app: Flask, boris: PageClient, names: dict[str, int], at: str, long_list: int
) -> None:
    assert boris.fill(at, **{f"class-{names['Ёлкин']}": "", "all": "1"}).status_code == 303
    moved = classes(app)
    assert len(moved) == long_list - 1
    assert names["Ёлкин"] not in moved


def test_a_pasted_list_names_pupils_of_any_page(
    app: Flask, boris: PageClient, names: dict[str, int], at: str, long_list: int
) -> None:
    pasted = "ФИО\tКласс\nБелкин Юрий\t9В\nЁлкин Лев\t5Г"
    shown = boris.fill(at, pasted=pasted, spread="1")
    assert "С других страниц в этот перевод вошли из вставленного списка: 1" in text_of(shown)
    assert boris.fill(shown).status_code == 303
    moved = classes(app)
    assert (moved[names["Белкин"]], moved[names["Ёлкин"]]) == ("9 «В»", "5 «Г»")
    assert len(moved) == 51
