"""quality.md#j11, quality.md#j12 and quality.md#j13: the first half hour of an empty school, a September, a
week; each begins at «Моя школа» and follows what the pages lead to."""

from datetime import date

import pytest
from flask import Flask

from nastav import dates
from nastav.cycles.operations import open_next
from nastav.db import db
from nastav.district.models import District
from nastav.meetings.models import Meeting
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Part, Participation, PersonClass
from nastav.stages.models import StageState
from tests.browser.conftest import Visit
from tests.browser.test_stage_table import paste
from tests.browser.visitor import Visitor
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser
LETTERS = "абвгдежзиклмнопрстуф"
CHILDREN = "ФИО\tКласс\r\n" + "".join(f"Птицын{letter} Олег\t7А\r\n" for letter in LETTERS)
MENTORS = "ФИО\tКласс\r\n" + "".join(f"Зимин{letter} Лев\t10Б\r\n" for letter in LETTERS[:5])


@pytest.fixture
def work(app: Flask, cast: Cast) -> Stand:
    return Stand(app, cast)


def declare(visitor: Visitor, number: int, documents: int) -> None:
    """Open an activity, say it is done with so many documents, save it."""
    visitor.press(f"Изменить мероприятие {number}")
    page = visitor.page
    page.get_by_label("Статус").select_option("done")
    page.get_by_label("Дата выполнения").fill("12.10")
    fields = page.locator(".doc-line .input")
    for at in range(documents):
        for column, text in enumerate(("Приказ", f"{number}{at}", "12.10")):
            fields.nth(at * 3 + column).fill(text)
    visitor.press("Сохранить мероприятие")


def load(visitor: Visitor, table: str, button: str) -> None:
    visitor.page.get_by_label("Таблица из Excel").fill(table)
    visitor.press("Проверить строки")
    visitor.press(button)


def test_j11_an_empty_school_is_led_through_its_first_half_hour(visit: Visit, work: Stand) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{work.cast.boris_school}")
    boris.press("Начать этап I")
    for number in range(1, 6):
        declare(boris, number, documents=3 if number == 1 else 1)
    boris.press("Проверить и отправить")
    boris.press("Отправить с")
    boris.click(boris.page.locator("main").get_by_role("link", name="Моя школа"))
    boris.press("Вставить список")
    load(boris, CHILDREN, "Загрузить 20 строк")
    boris.click(boris.page.locator("main").get_by_role("link", name="наставники"))
    boris.press("Вставить из Excel")
    load(boris, MENTORS, "Загрузить 5 строк")
    assert boris.clicks <= 25
    assert work.state(1) is StageState.SUBMITTED
    assert work.count(Participation, part=Part.MENTEE) == 20
    assert work.count(Participation, part=Part.MENTOR) == 5


@pytest.mark.parametrize("js", [True, False])
def test_j12_in_september_what_carries_over_is_done_from_the_list(
    visit: Visit, app: Flask, work: Stand, js: bool
) -> None:
    with registers(app, work.cast) as own:
        for _ in range(3):
            mentor, mentee = own.mentor(grade=9), own.mentee(grade=6)
            own.pair(mentor, mentee, state=PairState.DRAFT, started=date(2021, 9, 1))
        district = db.session.get_one(District, work.cast.district)
        assert open_next(work.cast.actor("anna"), district, 2021)
    dates.configure(app.config["ZONE"], date(2021, 9, 6))
    boris = visit("boris", js=js)
    boris.open(f"/schools/{work.cast.boris_school}")
    boris.press("Перевести в классы")
    boris.press("Перевести", exact=True)
    boris.press("Моя школа")
    boris.press("Начать пары")
    boris.press("Начать отмеченные")
    boris.press("Моя школа")
    boris.press("Открыть 2020/21")
    boris.press("Этап VII. Завершение наставничества")
    assert boris.clicks <= 12
    assert work.count(PersonClass, first_year=2021) == 6
    assert work.count(Pair, state=PairState.ACTIVE) == 3
    assert "Этап VII" in boris.page.locator("h1").inner_text()


def test_j13_a_week_takes_its_sheet_one_declaration_and_a_stage(
    visit: Visit, app: Flask, work: Stand
) -> None:
    with registers(app, work.cast) as own:
        for _ in range(2):
            own.pair(own.mentor(grade=10), own.mentee())
    boris = visit("boris")
    boris.open(f"/schools/{work.cast.boris_school}")
    boris.press("Заполнить лист")
    boris.page.locator("[id^=c-][id$='-20201207']").first.focus()
    paste(boris, "30\t45\r\n\t60\r\n")
    boris.check()
    boris.press("Сохранить лист")
    boris.press("Моя школа")
    boris.click(".todo form[action*='/stages/5/activities/1/'] button")
    boris.press("проверить и отправить этап V")
    boris.press("Отправить")
    assert boris.clicks <= 8
    assert work.count(Meeting) == 3
    assert work.state(5) is StageState.SUBMITTED
