"""The list of a register in a real browser: headings, ticks, one bar for many; a search keeps all of it."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def mentees(app: Flask, cast: Cast) -> str:
    """Return the address of Борис's mentees, four of three classes."""
    with registers(app, cast) as own:
        for name, grade in (("Птицына Ольга", 7), ("Ёлкин Лев", 5), ("Новак Олег", 5)):
            own.mentee(name, grade=grade)
        own.pair(own.mentor("Громов Юрий", grade=10), own.mentee("Зимина Яна", grade=9))
    return f"/schools/{cast.boris_school}/mentees"


@pytest.mark.parametrize("width", [1366, 360])
def test_those_shown_are_ticked_counted_and_taken_to_the_next_step(
    visit: Visit, mentees: str, width: int
) -> None:
    boris = visit("boris", width=width)
    boris.open(mentees)
    page = boris.page
    said = page.locator("#picked")
    assert said.inner_text() == "Отметьте строки"
    page.get_by_label("Класс").select_option(label="5\xa0«А»")
    expect(page.locator("#register tbody tr")).to_have_count(2)
    boris.settle()
    assert "class=" in page.url
    page.get_by_label("Отметить всех показанных").check()
    assert said.inner_text() == "Отмечено 2"
    boris.check()
    boris.press("Снять отметки")
    expect(said).to_have_text("Отметьте строки")
    assert not page.get_by_label("Отметить всех показанных").is_checked()
    page.get_by_label("Ёлкин Лев").check()
    page.get_by_label("Действие с отмеченными").select_option("need")
    boris.press("Продолжить")
    assert "С кем: 1" in boris.text()
    boris.check()
    page.get_by_label("Основной запрос").fill("спорт")
    boris.press("Указать основной запрос")
    assert "Основной запрос указан: 1 человек." in boris.text()


def test_a_search_keeps_order_and_view_and_its_name_stands_in_no_address(
    visit: Visit, mentees: str
) -> None:
    boris = visit("boris")
    boris.open(mentees)
    names = boris.page.locator("#register tbody th")
    for first in ("Ёлкин Лев", "Зимина Яна"):  # pressed once more: backwards
        boris.press("Класс")
        expect(names.first).to_have_text(first)
    boris.page.get_by_label("Поиск", exact=True).press_sequentially("о", delay=20)
    expect(names).to_have_count(2)
    boris.settle()
    assert names.all_inner_texts() == ["Птицына Ольга", "Новак Олег"]
    boris.page.get_by_role("button", name="ФИО").click()
    boris.settle()
    assert names.all_inner_texts() == ["Новак Олег", "Птицына Ольга"]
    assert boris.page.locator("[aria-sort]").inner_text() == "ФИО"
    boris.check()
    assert "%D0" not in boris.page.url
