"""The frame of every page, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.db import db, writing
from nastav.district.models import Cycle
from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


def test_an_error_page_is_accessible_and_leaves_nothing_behind(visit: Visit) -> None:
    boris = visit("boris")
    boris.open("/no/such/page")
    assert "Страница не найдена" in boris.text()
    assert "Сайт считает сегодняшним днём 9 декабря 2020 г." in boris.text()


SCHOOL = (
    "", "/team", "/2020/stages", "/2020/stages/1", "/mentees", "/mentees/new", "/mentees/1",
    "/mentors", "/consents", "/2020/training", "/2020/pairs", "/2020/pairs/1", "/2020/pairs/new",
    "/2020/pairs/plans", "/2020/pairs/closing", "/2020/meetings", "/2020/feedback", "/reports",
    "/coverage/2020", "/practices", "/2020/rewards", "/2019/pairs", "/2019/stages/1", "/search",
)  # fmt: skip
DISTRICT = ("/2020/stages", "/review", "/overdue", "/coverage/2020", "/settings", "/reports")
FIRST = 160  # px of a phone within which a page says what it is


@pytest.fixture
def school(app: Flask, cast: Cast) -> str:
    """Return the address of the school of Борис, with a pair and the school year before."""
    with registers(app, cast) as own:
        mentee = own.mentee("Щеглов Лев")
        own.pair(own.mentor("Громова Анна", grade=10), mentee)
        own.mentee("Щеглова Яна")
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2019))
    return f"/schools/{cast.boris_school}"


@pytest.mark.parametrize("login", ["boris", "anna"])
def test_a_page_says_what_it_is_high_on_a_phone(
    visit: Visit, cast: Cast, school: str, login: str
) -> None:
    visitor = visit(login, width=360, height=740)
    base, pages = (
        (school, SCHOOL) if login == "boris" else (f"/districts/{cast.district}", DISTRICT)
    )
    low = {}
    for page in pages:
        visitor.page.goto(base + page)
        top = visitor.page.locator("h1").evaluate("element => element.getBoundingClientRect().top")
        if top > FIRST:
            low[page] = top
    assert low == {}


@pytest.mark.parametrize("js", [True, False])
def test_the_menu_of_a_phone_holds_everything(visit: Visit, school: str, js: bool) -> None:
    boris = visit("boris", width=360, height=740, js=js)
    boris.open(f"{school}/mentees")
    expect(boris.page.locator(".site-nav")).to_be_hidden()
    boris.click(".site-menu > summary")
    for name in ("Этапы", "Отчёты", "Согласия", "Критерии отбора", "Помощь"):
        expect(boris.page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    boris.page.locator("#find-menu").fill("щег")
    boris.page.locator("#find-menu").press("Enter")
    boris.settle()
    assert "Поиск: «щег»" in boris.text()
    assert boris.page.title() == "Поиск — Наставничество"
    assert boris.page.url.endswith("/search")
    boris.press("Щеглова Яна")
    assert "Щеглова Яна" in boris.page.locator("h1").inner_text()


def test_the_school_year_is_switched_in_the_header(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/2020/training")
    boris.click(".site-year > summary")
    boris.page.keyboard.press("Escape")
    expect(boris.page.locator(".site-year .panel")).to_be_hidden()
    boris.click(".site-year > summary")
    boris.press("2019/20 учебный год")
    assert "Вы смотрите 2019/20 учебный год." in boris.text()
    boris.press("Вернуться в 2020/21")
    assert boris.page.url.endswith("/2020/training")
    boris.click(".section-nav summary")
    boris.page.locator("h1").click()
    expect(boris.page.locator(".section-nav .panel")).to_be_hidden()


def test_back_from_what_a_search_found_asks_for_nothing_anew(visit: Visit, school: str) -> None:
    boris = visit("boris")
    boris.open(f"{school}/mentees")
    boris.page.locator("#find-bar").fill("щег")
    boris.page.locator("#find-bar").press("Enter")
    boris.settle()
    boris.press("Щеглова Яна")
    boris.page.go_back()
    boris.settle()
    assert boris.page.locator("h1").inner_text() == "Поиск"
    assert "Щеглов" not in boris.text()
