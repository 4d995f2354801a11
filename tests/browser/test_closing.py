"""The end of a school year in a real browser: pairs are closed and go on in the next one."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import District
from nastav.people.models import Kind
from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def pairs(app: Flask, cast: Cast) -> str:
    """Return the address of the pairs of Борис's school: two, one with a pupil of grade 11."""
    with registers(app, cast) as own:
        teacher = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        own.pair(teacher, own.mentee("Птицына Ольга"))
        own.pair(teacher, own.mentee("Ёлкин Лев", grade=11))
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, cast.district), 2021)
    return f"/schools/{cast.boris_school}/2020/pairs"


@pytest.mark.parametrize("js", [True, False])
def test_the_year_is_closed_and_pairs_go_on(visit: Visit, pairs: str, js: bool) -> None:
    boris = visit("boris", js=js)
    boris.open(f"{pairs}/closing")
    for box in boris.page.locator("input[name=pick]").all():
        box.check()
    boris.press("Завершить отмеченные")
    assert "Укажите причину" in boris.text()
    expect(boris.page.locator("input[name=pick]:checked")).to_have_count(2)
    boris.page.get_by_label("Причина").fill("окончание учебного года")
    boris.page.get_by_label("продолжить в новом цикле").check()
    boris.press("Завершить отмеченные")
    assert "Завершено: 2 пары или группы. Черновиков продолжения с 1 сентября: 1." in boris.text()
    boris.open(pairs.replace("/2020/", "/2021/"))
    boris.click(boris.page.locator("#main table").get_by_role("link", name="Громова А."))
    assert "Черновик нигде не считается." in boris.text()
    boris.press("прежнюю пару")
    boris.click("#pair-more")
    boris.press("Открыть снова")
    boris.page.get_by_label("Почему").fill("завершена по ошибке")
    boris.press("Открыть снова")
    assert "Пара открыта снова." in boris.text()


def test_what_continues_is_begun_in_september(
    visit: Visit, pairs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    boris = visit("boris")
    boris.open(f"{pairs}/1/close")
    boris.page.get_by_label("Причина").fill("окончание учебного года")
    boris.page.get_by_label("продолжить в новом цикле").check()
    boris.press("Завершить пару")
    assert "Создан черновик продолжения с 1 сентября." in boris.text()
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 9, 2))
    boris.open(pairs.replace("/2020/", "/2021/") + "/drafts")
    boris.press("Начать отмеченные")
    boris.open(f"{pairs}/1")
    boris.press("пара с 01.09.2021")
    assert "действует" in boris.text()
    expect(boris.page.get_by_role("link", name="прежнюю пару")).to_have_count(1)


def test_who_finishes_school_leaves_with_the_pair(visit: Visit, pairs: str) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(f"{pairs}/closing")
    boris.click(boris.page.locator("#main").get_by_role("link", name="Выпуск"))
    boris.page.get_by_label("Выбывает: Ёлкин Л.").check()
    boris.page.get_by_label("Причина").fill("")
    boris.press("Отметить выбытие")
    assert "Укажите причину" in boris.text()
    boris.page.get_by_label("Причина").fill("окончание школы")
    boris.press("Отметить выбытие")
    assert "Выбытие отмечено: 1 ученик. Завершено: 1 пара или группа." in boris.text()


def test_the_page_fits_a_phone(visit: Visit, pairs: str) -> None:
    boris = visit("boris", width=320, height=640)
    for path in ("/closing", "/1/close"):
        boris.open(pairs + path)
        assert boris.page.locator("h1").count() == 1
