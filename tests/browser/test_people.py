"""Registers and pairs in a real browser: search while typing, ticks that survive it, a paste."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

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


FOUR = {  # what is typed of each, and what the page says then
    "Пти": "Это будет пара.",
    "Ёлк": "Это будет группа из 2 наставляемых.",
    "Нов": "Это будет группа из 3 наставляемых.",
    "Зим": "Это будет группа из 4 наставляемых.",
}


class Keys:
    """A keyboard whose every press is counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            board = self._page.keyboard
            board.press(key) if len(key) > 1 else board.type(key)
            self.pressed += 1

    def tab_to(self, target: Locator) -> None:
        while not target.evaluate("element => element === document.activeElement"):
            self.press("Tab")


def test_j5_a_group_is_formed_by_keyboard_alone_in_forty_keys(visit: Visit, school: str) -> None:
    boris = visit("boris")
    page, live, keys = boris.page, boris.page.locator("#live"), Keys(boris.page)
    boris.open(school)  # every key from «Моя школа» counts
    keys.press("Tab", "Enter")  # past the header
    keys.tab_to(page.get_by_role("link", name="Новая пара или группа"))
    keys.press("Enter")
    boris.settle()
    keys.press("Tab", "Enter")
    for find, names in (("#mentor_id-q", {"Гро": "Выбран: Громова А."}), ("#mentee_ids-q", FOUR)):
        keys.tab_to(page.locator(find))
        for name, sentence in names.items():
            expect(page.locator(find)).to_be_focused()
            keys.press(*name.lower(), "Enter")
            expect(live).to_contain_text(sentence)
    assert page.locator(".picked :checked").count() == 5
    boris.check()
    keys.tab_to(page.locator("#started"))
    keys.press("Enter")  # a field sends the form
    boris.settle()
    assert "Создано: группа, 4 наставляемых." in boris.text()
    assert (keys.pressed <= 40, boris.clicks) == (True, 0)


def test_tab_and_space_never_untick_another_child(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/2020/pairs/new")
    page, keys = boris.page, boris.page.keyboard
    find = page.locator("#mentee_ids-q")
    find.focus()
    for letters in ("пти", "елк", "HOB"):  # the last one in Latin
        keys.type(letters)
        keys.press("Tab")
        keys.press("Tab")  # the list itself scrolls, so it is a stop
        keys.press("Space")
        expect(find).to_be_focused()
        expect(find).to_have_value("")
    chosen = page.locator(".picked label")
    names = [label.split(",")[0].replace("\xa0", " ") for label in chosen.all_inner_texts()]
    assert names == ["Птицына О.", "Ёлкин Л.", "Новак О."]
    keys.type("зз")
    expect(page.get_by_text("Никого не нашлось").last).to_be_visible()
    keys.press("Enter")  # sends nothing, ticks nobody
    assert chosen.count() == 3
    boris.check()
    page.get_by_role("checkbox", name="Ёлкин").uncheck()
    assert chosen.count() == 2
    assert page.locator("#group-size").inner_text() == "Это будет группа из 2 наставляемых."


def test_without_scripts_the_form_keeps_what_was_typed_while_it_searches(
    visit: Visit, school: str
) -> None:
    boris = visit("boris", js=False)
    boris.open(f"{school}/2020/pairs/new")
    page = boris.page
    page.get_by_role("checkbox", name="Птицына").check()
    page.get_by_role("radio", name="Громова").check()
    page.locator("#mentor_id-q").fill("зз")
    page.locator("#mentee_ids-q").fill("елк")
    page.locator("#pair").get_by_role("button", name="Найти").first.click()
    assert page.url.endswith("/pairs/new/search")
    expect(page.locator(".picker .choice")).to_have_count(1)
    assert page.get_by_role("checkbox", name="Птицына").is_checked()
    assert page.get_by_role("radio", name="Громова").is_checked()


def test_who_joins_and_who_took_part_are_found_by_typing(
    app: Flask, cast: Cast, visit: Visit, school: str
) -> None:
    with registers(app, cast) as own:
        pair_id = own.pair(own.mentor("Белкин Юрий", grade=10), own.mentee("Сойкин Ян")).id
    boris = visit("boris")
    boris.open(f"{school}/2020/pairs/{pair_id}")
    boris.page.locator("#add-mentee").click()
    find = boris.page.get_by_label("Найти в базе")
    for letters, name in (("нов", "Новак"), ("елк", "Ёлкин")):  # one only: the second replaces
        find.fill(letters)
        find.press("Enter")
        assert name in boris.page.locator(".picked").inner_text()
    boris.check()
    boris.press("Добавить в пару")
    assert "Наставляемый добавлен." in boris.text()
    assert "Ёлкин Лев" in boris.page.locator("main").inner_text()
    boris.open(f"{school}/2020/training/new")
    boris.page.get_by_label("Найти в базе").fill("гром")
    boris.page.get_by_label("Отметить всех").check()  # those shown
    assert boris.page.locator("[name=present]:checked").count() == 1


def test_participants_are_found_by_typing_and_keep_their_roles(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/2020/occasions/new")
    boris.page.get_by_label("Название").fill("Олимпиада")
    find = boris.page.get_by_label("Найти в базе")
    for letters, role in (("нов", "призёр"), ("елк", "участник")):
        find.fill(letters)
        find.press("Enter")
        boris.page.locator(".picked .input").last.fill(role)
        boris.page.keyboard.press("Tab")  # a role typed moves nobody
    assert boris.page.locator(".picked .choice").count() == 2
    boris.check()
    boris.press("Сохранить участие")
    boris.press("Олимпиада")
    roles = boris.page.locator(".picked .input").all()
    assert sorted(each.input_value() for each in roles) == ["призёр", "участник"]


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


@pytest.mark.parametrize("width", [1366, 360])
def test_who_is_without_a_pair_is_matched_into_drafts(
    visit: Visit, school: str, width: int
) -> None:
    boris = visit("boris", width=width)
    boris.open(f"{school}/2020/pairs/matching")
    assert "Птицына" in boris.text()
    boris.press("Создать черновики")
    assert "Начать отмеченные" in boris.page.inner_text("main")
    assert "Громова" in boris.text()
