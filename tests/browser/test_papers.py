"""quality.md#j15, quality.md#j16: the order on the team, one order on fourteen drafts in December."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.paperwork.conftest import Desk
from tests.paperwork.test_thread import lines, orders

pytestmark = pytest.mark.browser
TEAM = "Приказ о рабочей группе и школьном кураторе"


def save_word(visitor: Visitor) -> str:
    """Press «Скачать в Word» and return the name of the file that came."""
    with visitor.page.expect_download() as download:
        visitor.press("Скачать в Word")
    return download.value.suggested_filename


def field(visitor: Visitor, name: str) -> Locator:
    """Return the first field of a name in the page itself."""
    return visitor.page.locator("main").get_by_role("textbox", name=name).first


@pytest.mark.parametrize("js", [True, False])
def test_j16_one_order_begins_fourteen_drafts(
    visit: Visit,
    app: Flask,
    desk: Desk,
    js: bool,
) -> None:
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/stages/5")
    boris.press("Сделать бумагу")
    boris.press("Сделать приказ о закреплении пар")
    assert save_word(boris) == "prikaz-pary-2020-12-09.docx"
    field(boris, "№").fill("87")
    field(boris, "Дата").fill("9.12")
    boris.press("Сохранить номер и дату")
    assert boris.clicks <= 5
    expect(boris.page.locator("main")).to_contain_text("1 документ этапа")
    given = ("87", date(2020, 12, 9), "active")
    assert orders(app) == dict.fromkeys(desk.pairs, given)


@pytest.mark.parametrize("js", [True, False])
def test_j15_the_first_order_is_made_from_the_list_and_numbered(
    visit: Visit,
    app: Flask,
    desk: Desk,
    js: bool,
) -> None:
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.page.get_by_label("Отметить: приказ о рабочей группе").check()
    boris.clicks += 1
    boris.press("Сделать отмеченные")
    assert save_word(boris) == "prikaz-gruppa-2020-12-09.docx"
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.press("Номера и даты")
    field(boris, "№").fill("12")
    boris.press("Сохранить", exact=True)  # the date was forgotten
    expect(boris.page.locator("#dated_1-error")).to_contain_text("Укажите дату")
    field(boris, "Дата").fill("8.12.2020")
    boris.press("Сохранить", exact=True)
    assert boris.clicks <= 8
    assert lines(app) == [("school_team", TEAM, "12", date(2020, 12, 8))]
    boris.press("Отменить")
    assert lines(app) == []
