"""A school year is closed and opened again in a real browser; in between its pages are only read."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav import dates
from tests.browser.conftest import Visit
from tests.support.cast import Cast

pytestmark = pytest.mark.browser
YEARS = "/districts/1/settings/cycles"


@pytest.mark.parametrize("js", [True, False])
def test_a_year_is_closed_read_and_opened_again(
    visit: Visit, app: Flask, cast: Cast, js: bool
) -> None:
    dates.configure(fixed=date(2021, 9, 6))
    stage = f"/schools/{cast.boris_school}/2020/stages/1"
    boris = visit("boris", js=js)
    boris.open(stage)
    edit = boris.page.locator("#main").get_by_role("link", name="Изменить")
    expect(edit.first).to_be_visible()
    anna = visit("anna", js=js)
    anna.open(YEARS)
    anna.click(anna.page.get_by_role("link", name="Закрыть 2020/21"))
    assert "Не принят" in anna.text()
    anna.press("Закрыть 2020/21 учебный год")
    assert "2020/21 учебный год закрыт. Отчёт на 31.08.2021 сохранён" in anna.text()
    boris.open(stage)
    expect(boris.page.get_by_label("Учебный год закрыт")).to_contain_text("только чтение")
    expect(edit).to_have_count(0)
    anna.open(YEARS)
    anna.click(anna.page.get_by_role("link", name="Открыть 2020/21 снова"))
    anna.press("Открыть 2020/21 учебный год")
    assert "Укажите, зачем открыть год" in anna.text()
    anna.page.get_by_label("Причина").fill("СОШ №5 исправляет этап I")
    anna.press("Открыть 2020/21 учебный год")
    assert "2020/21 учебный год снова открыт." in anna.text()
    boris.open(stage)
    expect(edit.first).to_be_visible()
