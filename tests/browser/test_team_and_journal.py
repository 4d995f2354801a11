"""The working group and the journal in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support.cast import Cast

pytestmark = pytest.mark.browser


def test_a_member_is_added_on_a_phone(cast: Cast, visit: Visit) -> None:
    boris = visit("boris", width=320, height=640)
    boris.open(f"/schools/{cast.boris_school}/team")
    boris.press("Добавить участника")
    boris.press("Сохранить")
    assert "Исправьте ошибки" in boris.focused()
    boris.page.fill("#name", "Зимина Зоя Захаровна")
    boris.page.fill("#post", "заместитель директора")
    boris.press("Сохранить")
    assert "Участник добавлен." in boris.text()
    assert "Зимина Зоя Захаровна" in boris.text()


def test_the_journal_is_filtered_in_place_and_back_leads_out(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    anna = visit("anna")
    anna.open(f"/districts/{cast.district}/team")
    anna.open(f"/districts/{cast.district}/journal")
    assert "Открыт учебный год" in anna.text()
    anna.page.select_option("#event", "order:loaded")
    expect(anna.page.locator("#entries tbody tr")).to_have_count(1)
    anna.settle()
    assert anna.page.locator("#live").inner_text() == "Показано записей: 1"
    assert anna.focused() != ""
    assert "event=order%3Aloaded" in anna.page.url
    anna.page.fill("#since", "31.11.2020")
    anna.page.locator("#since").press("Enter")
    anna.page.wait_for_selector("#error-summary")
    anna.settle()
    assert "31.11.2020 не существует" in anna.text()
    anna.page.go_back()
    anna.settle()
    assert "Рабочая группа" in anna.page.title()
