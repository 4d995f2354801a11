"""Registers and pairs in a real browser: search while typing, ticks that survive it, a paste."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.people.models import Kind
from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def school(app: Flask, cast: Cast) -> str:
    """Return the address of Борис's school with a teacher and four mentees."""
    with registers(app, cast) as own:
        own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        for name in ("Птицына Ольга", "Ёлкин Лев", "Новак Олег", "Зимина Яна"):
            own.mentee(name)
    return f"/schools/{cast.boris_school}"


def test_the_register_is_searched_while_typing(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/mentees")
    field = boris.page.get_by_label("Поиск", exact=True)
    field.press_sequentially("елк", delay=20)
    expect(boris.page.locator("#register tbody tr")).to_have_count(1)
    boris.settle()
    expect(boris.page.locator("#live")).to_have_text("Найдено: 1")
    expect(field).to_be_focused()
    assert boris.page.url.endswith("/mentees?show=current&sort=name")  # no name in the address
    boris.press("завершили")  # the view keeps what was searched for
    assert "Никого не нашлось" in boris.text()


def test_j5_a_group_is_formed_by_keyboard_alone(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/2020/pairs")
    keys, live = boris.page.keyboard, boris.page.locator("#live")
    boris.tab_to(boris.page.get_by_role("link", name="Создать пару или группу").first)
    keys.press("Enter")
    boris.settle()
    mentor = boris.page.get_by_label("Наставник *")
    boris.tab_to(mentor)
    boris.type_keys("Громова")  # a list is searched by typing
    expect(mentor.locator(":checked")).to_contain_text("Громова А.")
    find = boris.page.get_by_label("Найти в базе")
    sentences = ("Это будет пара.", *(f"Это будет группа из {n} наставляемых." for n in (2, 3, 4)))
    for name, sentence in zip(("Птицына", "Ёлкин", "Новак", "Зимина"), sentences, strict=True):
        boris.tab_to(find, back=find.page.locator("#options :focus").count() > 0)
        keys.press("Control+A")
        keys.type(name[:3].lower(), delay=20)
        expect(boris.page.locator("#options .choice:not(:has(:checked))")).to_have_count(1)
        boris.settle()
        expect(live).to_have_text("Найдено: 1")
        boris.tab_to(boris.page.get_by_role("checkbox", name=name))
        keys.press("Space")
        expect(live).to_have_text(sentence)
    boris.tab_to(find, back=True)
    keys.press("Enter")  # must not send the form
    boris.tab_to(boris.page.get_by_role("button", name="Создать"))
    keys.press("Enter")
    boris.settle()
    assert "Создано: группа, 4 наставляемых." in boris.text()
    assert boris.clicks == 0


def test_a_table_is_pasted_on_a_phone_without_scripts_or_with(visit: Visit, school: str) -> None:
    for js in (True, False):
        boris = visit("boris", width=360, height=740, js=js)
        boris.open(f"{school}/mentees/import")
        surname = "Снегирёв" if js else "Щеглов"
        boris.page.get_by_label("Таблица из Excel").fill(f"ФИО\tКласс\n{surname} Лев\t7А\nИва\t8")
        boris.press("Проверить строки")
        assert boris.page.locator("#load-summary dd").first.inner_text() == "1"
        boris.press("Загрузить 1 строку")
        assert "В базу загружено: 1 запись." in boris.text()
        boris.press("Открыть базу")
        assert f"{surname} Лев" in boris.text()


@pytest.mark.parametrize(
    "path",
    ["/mentees", "/mentees/new", "/mentees/2", "/mentees/2/leave", "/mentees/2/mistake",
     "/mentors/1/edit", "/2020/pairs", "/2020/pairs/new"],
)  # fmt: skip
def test_pages_are_accessible_at_320_pixels(visit: Visit, school: str, path: str) -> None:
    boris = visit("boris", width=320, height=640)
    boris.open(school + path)
    assert boris.page.locator("h1").count() == 1
