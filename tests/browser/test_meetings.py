"""Meetings in a real browser: quality.md#j6 on a phone, the log swapped under the form, the
weekly sheet."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.people.models import Kind
from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def pairs(app: Flask, cast: Cast) -> str:
    """Return the address of the pairs of Борис's school: a pair, and a group of two."""
    with registers(app, cast) as own:
        teacher = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        pupil = own.mentor("Белкин Юрий", grade=10)
        own.pair(teacher, own.mentee("Птицына Ольга"))
        own.pair(pupil, own.mentee("Ёлкин Лев"), own.mentee("Новак Олег"))
    return f"/schools/{cast.boris_school}/2020/pairs"


def test_a_meeting_is_saved_on_a_phone_in_three_clicks(visit: Visit, pairs: str) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(pairs.removesuffix("/2020/pairs"))
    boris.press("Открыть пары")
    boris.click("text=Громова А.")
    button = boris.page.locator("#add-meeting").bounding_box()
    assert button
    assert button["y"] + button["height"] <= 740  # without a scroll
    boris.page.get_by_label("Тема").fill("Проект")
    boris.press("Записать встречу")
    assert boris.clicks <= 3
    assert "1 встреча, всего 45 мин. Последняя сегодня." in boris.text()
    expect(boris.page.locator("#live")).to_have_text("Встреча записана.")
    expect(boris.page.get_by_label("Тема")).to_have_value("")
    expect(boris.page.locator("#add-meeting")).to_be_focused()


def test_a_group_of_forty_meets_on_a_phone(
    visit: Visit, app: Flask, cast: Cast, pairs: str
) -> None:
    with registers(app, cast) as own:
        many = [own.mentee(f"Лапкин Пётр{at}") for at in range(40)]
        group = own.pair(own.mentor("Зимина Яна", grade=11), *many).id
    boris = visit("boris", width=360, height=740)
    boris.open(f"{pairs}/{group}")
    boris.page.get_by_label("Тема").fill("Проект")
    boris.page.get_by_role("checkbox", name="Лапкин").first.uncheck()
    boris.press("Записать встречу")
    expect(boris.page.locator("#live")).to_have_text("Встреча записана.")
    expect(boris.page.locator("#meeting-log td[data-label='Не было']")).to_contain_text("Лапкин")
    boris.open(pairs.replace("/pairs", "/meetings"))


def test_the_next_meeting_is_typed_without_a_mouse_and_a_repeated_one_is_asked(
    visit: Visit, pairs: str
) -> None:
    boris = visit("boris")
    boris.open(f"{pairs}/2")
    topic = boris.page.get_by_label("Тема")
    for _ in range(2):
        topic.fill("Проект")
        topic.press("Enter")
        boris.settle()
    assert "Исправьте ошибки" in boris.focused()
    assert "уже записана встреча" in boris.text()
    boris.page.get_by_label("Это другая встреча").press("Space")
    boris.page.get_by_role("checkbox", name="Новак").press("Space")
    topic.press("Enter")
    boris.settle()
    assert "2 встречи" in boris.text()
    assert boris.page.locator("#meeting-log td[data-label='Не было']").first.inner_text() == (
        "Новак\xa0О."
    )
    boris.click("#meeting-log tbody a >> nth=0")
    assert "Что было записано" in boris.text()


def test_without_javascript_a_meeting_is_entered_and_deleted(visit: Visit, pairs: str) -> None:
    boris = visit("boris", js=False)
    boris.open(f"{pairs}/1")
    boris.page.get_by_label("Тема").fill("Проект")
    boris.press("Записать встречу")
    assert "Встреча записана." in boris.text()
    boris.click("#meeting-log tbody a")
    boris.press("Удалить встречу")
    assert "Удалённые встречи: 1" in boris.text()


def test_a_week_is_filled_by_keyboard(visit: Visit, pairs: str) -> None:
    boris = visit("boris")
    boris.open(pairs)
    boris.press("Лист встреч")
    keyboard = boris.page.keyboard
    boris.page.locator("#c-2-20201207").focus()
    keyboard.type("+")
    keyboard.press("Tab")
    keyboard.type("30")
    keyboard.press("Enter")  # down to the next pair, the same day
    keyboard.type("60")
    keyboard.press("Enter")  # the last row: on to the button
    assert boris.focused() == "Сохранить лист"
    boris.enter()
    assert "Лист сохранён: записано 3." in boris.text()
    assert boris.page.locator("#c-1-20201208").input_value() == "60"
    assert boris.page.locator("#c-2-20201208").input_value() == "30"


def test_a_week_on_a_phone_and_without_javascript(visit: Visit, pairs: str) -> None:
    week = pairs.replace("/pairs", "/meetings")
    boris = visit("boris", width=320, height=640)
    boris.open(week)
    boris.page.locator("#c-1-20201208").fill("час")
    boris.press("Сохранить лист")
    assert "Клетки, которые нужно исправить: 1" in boris.text()
    plain = visit("boris", js=False)
    plain.open(week)
    plain.page.locator("#c-1-20201208").fill("+")
    plain.press("Сохранить лист")
    assert "Лист сохранён: записано 1." in plain.text()
    plain.open(f"{week}/print")
    assert "Громова А. — Птицына О." in plain.text()
