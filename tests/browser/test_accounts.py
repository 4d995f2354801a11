"""Accounts in a real browser: signing in, slips, the printed sheet, the session lost on the way."""

import re
from pathlib import Path

import pytest
from flask import Flask

from nastav.accounts import operations
from nastav.accounts.models import User
from nastav.db import db, writing
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.conftest import PASSWORD
from tests.office import pdf_pages
from tests.support.cast import Cast

pytestmark = pytest.mark.browser
USERS = "/districts/1/settings/users"
LINES = """cells => cells.map(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(box => box.top)).size;
})"""


def sign_in(visitor: Visitor, password: str = PASSWORD) -> None:
    visitor.page.fill("[name=login]", "anna")
    visitor.page.fill("[name=password]", password)
    visitor.press("Войти")


@pytest.mark.parametrize("width", [1366, 320])
def test_account_pages_are_accessible(visit: Visit, cast: Cast, width: int) -> None:
    anna = visit(width=width)
    anna.open("/login")
    sign_in(anna, "не тот пароль вовсе")
    assert "Войти не получилось" in anna.focused()
    sign_in(anna)
    for url in ("/account", "/account/password", USERS, f"{USERS}/new"):
        anna.open(url)
    anna.open(f"{USERS}/{cast.users['boris']}")
    anna.press("Выдать новый пароль")
    assert re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", anna.text())


def test_slips_of_all_schools_print_on_two_sheets(visit: Visit, tmp_path: Path) -> None:
    anna = visit("anna")
    anna.open(USERS)
    anna.press("Создать для всех школ")
    assert anna.page.locator(".slips li").count() == 11
    anna.page.set_viewport_size({"width": 780, "height": 900})  # two columns, as on A4
    anna.page.emulate_media(media="print")
    lines = anna.page.locator(".slips dd:last-child").evaluate_all(LINES)
    assert lines == [1] * 11, "a password does not break at its hyphens"
    assert len(pdf_pages(anna.pdf(tmp_path / "slips.pdf"))) <= 2


def test_a_session_lost_on_the_way_loses_nothing(visit: Visit, app: Flask, cast: Cast) -> None:
    anna = visit("anna")
    anna.open("/account")
    anna.page.fill("[name=phone]", "2-00-00")
    with app.app_context(), writing():
        operations.close_sign_ins(db.session.get_one(User, cast.users["anna"]))
    anna.press("Сохранить")
    assert "Ничего не потеряно" in anna.text()
    with anna.page.expect_popup() as opened:
        anna.page.get_by_role("link", name="Войдите в новой вкладке").click()
    tab = opened.value
    tab.fill("[name=login]", "anna")
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Войти").click()
    tab.get_by_role("heading", name="Вы вошли").wait_for()
    tab.close()
    with anna.page.expect_response("**/csrf"):
        anna.page.evaluate("window.dispatchEvent(new Event('focus'))")
    anna.press("Отправить ещё раз")
    assert anna.page.locator("[name=phone]").input_value() == "2-00-00"
    assert "Сохранено." in anna.text()
