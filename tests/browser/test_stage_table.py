"""quality.md#j3: a curator, the evening before, pastes six rows from Excel, saves, checks and sends."""

from datetime import date

import pytest
from flask import Flask

from nastav import dates
from nastav.stages.models import ActivityStatus, StageState
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.stages.stand import Stand
from tests.support.cast import Cast

pytestmark = pytest.mark.browser

ROWS = [
    ("Выполнено", f"{day}.11.2020", "Белов Б. Б.", f"Приказ № {day} от {day}.11.2020")
    for day in range(10, 16)
]
BLOCK = "".join("\t".join(row) + "\r\n" for row in ROWS)


@pytest.fixture
def work(app: Flask, cast: Cast) -> Stand:
    return Stand(app, cast)


def paste(visitor: Visitor, text: str) -> None:
    """Put a text on the clipboard as Excel does and press Ctrl+V where the focus is."""
    context = visitor.page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    visitor.page.keyboard.press("Control+V")


def send(visitor: Visitor) -> None:
    visitor.press("Сохранить таблицу")
    assert "Сохранено: 6 мероприятий. Выполнено 6 из 6 мероприятий." in visitor.text()
    visitor.press("Проверить и отправить")
    visitor.press("Отправить с")


def check_receipt(visitor: Visitor, work: Stand) -> None:
    assert visitor.clicks <= 5
    assert "Этап VI отправлен на проверку" in visitor.text()
    sent = work.sheet(6).submitted_at
    assert sent is not None
    assert f"09.12.2020, {dates.local(sent):%H:%M}" in visitor.text()
    assert work.state(6) is StageState.SUBMITTED
    third = work.sheet(6).activities[2]
    assert (third.done_on, third.responsible) == (date(2020, 11, 12), "Белов Б. Б.")
    assert [document.number for document in third.documents] == ["12"]


def test_j3_a_block_is_pasted_into_the_table_and_the_stage_sent(visit: Visit, work: Stand) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{work.cast.boris_school}")
    boris.press("VI. ")
    boris.press("Заполнить таблицей")
    boris.page.get_by_label("Статус, мероприятие 1").focus()
    paste(boris, BLOCK)
    assert boris.page.locator("#live").inner_text() == "Вставлено ячеек: 24. Проверьте и сохраните."
    document = boris.page.get_by_label("Документ, мероприятие 6")
    assert document.input_value() == "Приказ № 15 от 15.11.2020"
    boris.check()
    send(boris)
    check_receipt(boris, work)


def test_j3_without_scripts_the_block_goes_through_the_text_area(visit: Visit, work: Stand) -> None:
    boris = visit("boris", js=False)
    boris.open(work.url(6))  # the area's own button is one click more than in the journey
    boris.press("Заполнить таблицей")
    boris.page.get_by_label("Вставить из Excel").fill(BLOCK)
    boris.press("Разложить по таблице")
    assert "Вставлено: 6 строк." in boris.text()
    send(boris)
    check_receipt(boris, work)


def test_a_block_lands_from_the_cell_on_and_what_does_not_fit_is_said(
    visit: Visit, work: Stand
) -> None:
    boris = visit("boris")
    boris.open(work.url(6, "/edit"))
    boris.page.get_by_label("Ответственный, мероприятие 5").fill("Белов Б. Б.")
    boris.page.get_by_label("Статус, мероприятие 5").focus()
    paste(boris, 'готовится\t1.12\t\r\nда\t"2.12"\t"Громова\nГ. Г."\r\nда\t3.12\t\r\n')
    page = boris.page
    assert page.get_by_label("Статус, мероприятие 5").input_value() == "not_started"
    assert page.get_by_label("Дата, мероприятие 5").input_value() == "1.12"
    assert page.get_by_label("Ответственный, мероприятие 5").input_value() == "Белов Б. Б."
    assert page.get_by_label("Статус, мероприятие 6").input_value() == "done"
    assert page.get_by_label("Ответственный, мероприятие 6").input_value() == "Громова Г. Г."
    alert = page.locator("#alert").inner_text()
    assert "«готовится» (строка 1 скопированного, столбец 1), «да» (строка 3 скопи" in alert
    boris.check()


def test_a_long_text_pasted_into_a_comment_stays_one_text(visit: Visit, work: Stand) -> None:
    boris = visit("boris")
    boris.open(work.url(6, "/edit"))
    boris.page.get_by_label("Комментарий, мероприятие 1").focus()
    paste(boris, "Первая строка\nвторая строка")
    text = boris.page.get_by_label("Комментарий, мероприятие 1").input_value()
    assert text == "Первая строка\nвторая строка"
    assert boris.page.get_by_label("Комментарий, мероприятие 2").input_value() == ""
    assert work.sheet(6).activities[0].status is ActivityStatus.NOT_STARTED


def test_errors_take_the_focus_and_lead_to_their_cells_on_the_narrowest_phone(
    visit: Visit, work: Stand
) -> None:
    boris = visit("boris", width=320, height=700)
    boris.open(work.url(6, "/edit"))
    boris.page.get_by_label("Статус, мероприятие 2").select_option("done")
    boris.press("Сохранить таблицу")
    assert boris.page.evaluate("document.activeElement.id") == "error-summary"
    assert boris.page.title().startswith("Ошибка: ")
    boris.press("Строка 2, дата выполнения")
    assert boris.page.evaluate("document.activeElement.id") == "row-2-done_on"


def test_enter_goes_down_a_column_and_from_the_last_row_to_the_button(
    visit: Visit, work: Stand
) -> None:
    boris = visit("boris")
    boris.open(work.url(6, "/edit"))
    boris.page.get_by_label("Дата, мероприятие 5").press("Enter")
    assert boris.page.evaluate("document.activeElement.id") == "row-6-done_on"
    boris.page.keyboard.press("Enter")
    assert boris.page.evaluate("document.activeElement.id") == "save-table"


def test_enter_without_scripts_saves(visit: Visit, work: Stand) -> None:
    boris = visit("boris", js=False)
    boris.open(work.url(6, "/edit"))
    field = boris.page.get_by_label("Ответственный, мероприятие 2")
    field.fill("Белов Б. Б.")
    field.press("Enter")
    boris.settle()
    assert "Сохранено: 1 мероприятие." in boris.text()
