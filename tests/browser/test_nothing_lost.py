"""In a browser: two people at one meeting, a row of an earlier sign-in, a file that was dropped."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.db import db, writing
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.stages.stand import PDF, Stand
from tests.support.cast import Cast
from tests.support.people import add_meeting
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> str:
    """Return the address of a meeting of Борис's school."""
    with registers(app, cast) as own:
        pair = own.pair(own.mentor("Белкин Юрий", grade=10), own.mentee("Птицына Ольга"))
        add_meeting(pair, date(2020, 12, 1), pair.members)
    return f"/schools/{cast.boris_school}/2020/pairs/{pair.id}/meetings/1"


def test_two_people_at_one_meeting_see_what_each_of_them_typed(visit: Visit, meeting: str) -> None:
    desktop, other = visit("boris"), visit("boris", width=360, height=740)
    for visitor, topic in ((desktop, "Знакомство"), (other, "Проект о птицах")):
        visitor.open(meeting)
        visitor.page.get_by_label("Тема").fill(topic)
        visitor.page.get_by_label("Минут").fill("30" if visitor is desktop else "60")
    desktop.press("Сохранить")
    other.press("Сохранить")
    assert "запись сохранили ещё раз" in other.focused()
    expect(other.page.get_by_label("Тема")).to_have_value("Проект о птицах")
    saved = other.page.locator("#conflict tr", has_text="Тема").inner_text()
    assert "Знакомство" in saved
    other.press("Оставить моё")
    desktop.open(meeting)
    expect(desktop.page.get_by_label("Тема")).to_have_value("Проект о птицах")


def sign_in_elsewhere(app: Flask, cast: Cast, visitor: Visitor) -> None:
    """Sign the same person in anew in another tab of the same browser."""
    with app.app_context(), writing():
        user = db.session.get_one(User, cast.users["boris"])
        accounts.close_sign_ins(user)
        token = accounts.open_sign_in(user)
    url = "/".join(visitor.page.url.split("/")[:3])
    visitor.page.context.add_cookies([{"name": COOKIE, "value": token, "url": url}])


def test_a_row_of_an_earlier_sign_in_is_saved_at_the_second_try(
    visit: Visit, app: Flask, cast: Cast
) -> None:
    work = Stand(app, cast)
    boris = visit("boris")
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 1")
    sign_in_elsewhere(app, cast, boris)
    boris.page.get_by_label("Ответственный").fill("Белов Б. Б.")
    boris.press("Сохранить мероприятие")
    expect(boris.page.locator("#alert")).to_contain_text("Ничего не потеряно: отправьте ещё раз")
    expect(boris.page.get_by_label("Ответственный")).to_have_value("Белов Б. Б.")
    boris.press("Сохранить мероприятие")
    expect(boris.page.locator("#live")).to_contain_text("Сохранено")
    assert work.sheet(1).activities[0].responsible == "Белов Б. Б."


@pytest.mark.parametrize("js", [True, False])
def test_a_dropped_file_is_asked_for_where_the_focus_is(
    visit: Visit, app: Flask, cast: Cast, tmp_path: Path, js: bool
) -> None:
    file = tmp_path / "план.pdf"
    file.write_bytes(PDF)
    boris = visit("boris", js=js)
    boris.open(Stand(app, cast).url(1, "/activities/1/documents/new"))
    boris.page.get_by_label("Вид документа").fill("План")
    boris.page.get_by_label("Дата", exact=True).fill("99.99.2020")
    boris.page.get_by_label("Файл", exact=True).set_input_files(file)
    boris.press("Добавить документ")
    summary = boris.page.locator(".error-summary")
    expect(summary).to_contain_text("Файл: Выберите файл ещё раз")
    expect(boris.page.get_by_label("Файл", exact=True)).to_be_focused()
    boris.page.get_by_label("Дата", exact=True).fill("1.12.2020")
    boris.press("Добавить документ")
    assert "Документ добавлен без файла: План" in boris.text()
