"""In a browser: the server's own sentence in the alert after a failed save, the counter of a long text."""

import pytest
from flask import Flask
from playwright.sync_api import Dialog, expect

from nastav import db, unit
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.stages.stand import Stand
from tests.support.cast import Cast

pytestmark = pytest.mark.browser

WHO = "Белов Б. Б."


@pytest.fixture
def row(visit: Visit, app: Flask, cast: Cast) -> Visitor:
    """Return Борис with the row of an activity open and something typed into it."""
    boris = visit("boris")
    boris.open(Stand(app, cast).url(1))
    boris.press("Изменить мероприятие 1")
    boris.page.get_by_label("Ответственный").fill(WHO)
    return boris


def save(visitor: Visitor) -> None:
    visitor.press("Сохранить мероприятие")


def test_a_refused_save_is_told_in_the_servers_words(
    row: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle() -> None:
        raise db.Unavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(db, "settle", settle)
        save(row)
    alert = row.page.locator("#alert")
    expect(alert).to_contain_text("База данных занята или недоступна")
    expect(alert).to_contain_text("Номер обращения")
    expect(row.page.get_by_label("Ответственный")).to_have_value(WHO)
    save(row)
    expect(alert).to_be_empty()
    expect(row.page.locator("#live")).to_contain_text("Сохранено")


def test_what_was_saved_is_told_so_and_leaving_asks_nothing(
    row: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = db.settle

    def settle() -> None:
        real()
        if unit.current().kept:
            raise RuntimeError("after the commit")

    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    row.page.on("dialog", note)
    with monkeypatch.context() as patch:
        patch.setattr(db, "settle", settle)
        save(row)
    alert = row.page.locator("#alert")
    expect(alert).to_contain_text("Сохранено, но страница не открылась")
    expect(alert).not_to_contain_text("не сохранено")
    row.click(alert.get_by_role("link", name="Открыть страницу"))
    expect(row.page.get_by_text(WHO).first).to_be_visible()
    expect(alert).to_be_empty()
    assert asked == []


@pytest.mark.parametrize("letters", [1_200_000, 7_000_000], ids=["the site", "the server"])
def test_a_text_over_the_limit_of_a_form_is_told_with_the_limit(row: Visitor, letters: int) -> None:
    field = row.page.get_by_label("Ответственный")
    field.evaluate("(element, letters) => { element.value = 'я'.repeat(letters) }", letters)
    save(row)
    expect(row.page.locator("#alert")).to_contain_text("Файл или текст слишком большой")


def test_a_counter_stands_under_a_long_field(row: Visitor) -> None:
    field = row.page.get_by_label("Комментарий")
    field.fill("я" * 10)
    counter = row.page.locator(f"#{field.get_attribute('id')}-counter")
    expect(counter).to_have_text("Осталось знаков: 990 из 1\xa0000")
    field.fill("я" * 1003)
    expect(counter).to_have_text("Лишних знаков: 3. Помещается 1\xa0000.")
    expect(row.page.locator("#live")).to_contain_text("Лишних знаков: 3")
    row.check()
