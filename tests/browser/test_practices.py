"""A practice is written, kept back while it names a child, published, read, taken off; rewards."""

from pathlib import Path

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.practices import operations
from nastav.practices.operations import PracticeData
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.office import pdf_pages, pdf_text
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def school(app: Flask, cast: Cast) -> str:
    """Return the address of Борис's school, with a mentor and a mentee in its registers."""
    with registers(app, cast) as own:
        own.mentor("Белкин Юрий", grade=10)
        own.mentee("Канарейкин Олег")
    return f"/schools/{cast.boris_school}"


@pytest.mark.parametrize("js", [True, False])
def test_a_practice_goes_to_the_board_without_a_name(visit: Visit, school: str, js: bool) -> None:
    boris = visit("boris", width=360, height=740, js=js)
    boris.open(f"{school}/practices")
    boris.press("Описать практику")
    boris.press("Сохранить черновик")
    assert "Назовите практику" in boris.text()
    fields = {
        "Название": "Кружок младших",
        "Для кого": "5 классы",
        "Что сделано": "Занятия с Канарейкиным",
        "Результат": "Ходят сами",
        "С какого года": "2019",
    }
    for label, text in fields.items():
        boris.page.get_by_label(label).fill(text)
    boris.press("Сохранить черновик")
    assert "«Канарейкиным»" in boris.text()
    boris.press("Изменить", exact=True)
    boris.page.get_by_label("Что сделано").fill("Занятия раз в неделю")
    boris.press("Сохранить практику")
    boris.press("Опубликовать в банке практик")
    boris.press("Отчёты")
    boris.press("Практики", exact=True)
    boris.press("Банк практик")
    assert "Кружок младших" in boris.text()


@pytest.fixture
def anna(app: Flask, cast: Cast, school: str, visit: Visit) -> Visitor:
    """Return the coordinator's window on a board with one practice."""
    with app.app_context(), writing():
        kind = db.session.query(PairKind).first()
        assert kind is not None
        data = PracticeData("Шахматы по средам", kind.id, "5 классы", "Играют", "Ходят сами", 2019)
        actor = cast.actor("boris")
        row = operations.add_practice(actor, cast.boris_school, data)
        operations.publish(actor, row, version=row.version)
    anna = visit("anna")
    anna.open(f"/districts/{cast.district}/practices")
    return anna


def test_the_board_is_searched_while_typing(anna: Visitor) -> None:
    anna.page.get_by_label("Поиск", exact=True).press_sequentially("лыжи")
    anna.page.get_by_text("Ничего не нашлось").wait_for()
    anna.settle()
    anna.page.get_by_label("Поиск", exact=True).fill("шахмат")
    anna.page.get_by_role("link", name="Шахматы по средам").wait_for()
    anna.settle()
    text = anna.page.locator("#live").inner_text()
    assert text.replace("\xa0", " ") == "Найдено: 1 практика"


def test_the_board_and_a_practice_print_on_one_page_each(anna: Visitor, tmp_path: Path) -> None:
    for step in ("", "Шахматы по средам"):
        if step:
            anna.press(step)
        pdf = anna.pdf(tmp_path / "board.pdf")
        assert pdf_pages(pdf) == [(595, 842)]
        text = pdf_text(pdf)[0]
        assert "Шахматы по средам" in text
        assert "Распечатать" not in text
        assert "Убрать из банка" not in text


def test_the_coordinator_takes_a_practice_off(anna: Visitor, visit: Visit, school: str) -> None:
    anna.press("Шахматы по средам")
    anna.click("main details summary")
    remove = anna.page.get_by_role("button", name="Убрать из банка")
    anna.click(remove)
    assert "Напишите причину" in anna.text()
    anna.page.get_by_label("Причина").fill("Опишите результат.")
    anna.click(remove)
    assert "В банке пока пусто" in anna.text()
    boris = visit("boris")
    boris.open(f"{school}/practices")
    assert "Опишите результат." in boris.text()


@pytest.mark.parametrize("js", [True, False])
def test_a_reward_is_written_down_on_a_phone(visit: Visit, school: str, js: bool) -> None:
    boris = visit("boris", width=320, height=640, js=js)
    boris.open(f"{school}/mentors")
    boris.press("Белкин Юрий")
    boris.press("Поощрения наставника")
    boris.press("Внести поощрение")
    boris.press("Внести поощрение")
    assert "Укажите, за что" in boris.text()
    boris.page.get_by_label("За что").fill("За помощь младшим")
    boris.page.get_by_label("Вид поощрения").select_option("diploma")
    boris.press("Внести поощрение")
    assert "1 поощрение, 1 наставник" in boris.text()
