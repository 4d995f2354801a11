"""Consents, merging and a move between schools in a real browser: one journey each."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def own(app: Flask, cast: Cast) -> str:
    """Return the address of Борис's school: Птицына entered twice, Щеглова."""
    with registers(app, cast) as school:
        for name in ("Птицына Ольга", "Птицына Оля", "Щеглова Инна"):
            school.mentee(name)
    return f"/schools/{cast.boris_school}"


def test_consents_are_entered_together(visit: Visit, own: str) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(f"{own}/consents")
    boris.page.get_by_label("Получено", exact=True).check()
    boris.page.get_by_label("Получено: Щеглова И.").uncheck()
    bad = boris.page.get_by_label("Дата согласия: Птицына О.").first
    bad.fill("давно")
    boris.press("Внести отмеченные")
    assert "Исправьте" in boris.page.title() or "Ошибка" in boris.page.title()
    expect(bad).to_have_value("давно")
    bad.fill("1.12.2020")
    boris.press("Внести отмеченные")
    expect(boris.page.locator("#main tbody th")).to_have_text(["Щеглова Инна"])


def test_two_cards_become_one_and_two_again(visit: Visit, own: str) -> None:
    boris = visit("boris")
    boris.open(f"{own}/mentees/1")
    boris.click("#person-more")
    boris.press("Объединить с другой карточкой")
    boris.click("#alike a")
    boris.page.get_by_label("оставить № 1").check()
    boris.press("Объединить карточки")
    assert "Карточки объединены: № 2 теперь № 1." in boris.text()
    boris.press("Разъединить карточки")
    assert "Карточки снова раздельные." in boris.text()
    boris.open(f"{own}/mentees")
    expect(boris.page.locator("#register tbody tr")).to_have_count(3)


def test_a_move_is_seen_by_both_schools(visit: Visit, own: str) -> None:
    boris, vera = visit("boris"), visit("vera", width=360, height=740)
    boris.open(f"{own}/mentees/3")
    boris.click("#person-more")
    boris.press("Перевести в другую школу")
    boris.page.get_by_label("Новая школа").select_option("СОШ №2")
    boris.press("Предложить школе")
    assert "СОШ №2 ещё не ответила" in boris.text()
    vera.open("/")
    vera.click(vera.page.locator("main a[href$=transfers]").first)
    vera.press("Щеглова Инна")
    vera.page.get_by_label("Класс").fill("8Б")
    vera.press("Принять ученика")
    assert "8 «Б»" in vera.text()
    boris.page.reload()
    boris.check()
    assert "СОШ №2: ученик принят" in boris.text()
