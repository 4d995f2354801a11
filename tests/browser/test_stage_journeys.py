"""quality.md#j1, quality.md#j4 and quality.md#j10: a curator fills a stage, mends a returned one;
the head prints the sheet."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.db import db, writing
from nastav.stages.models import ActivityStatus, Evidence, StageState
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.office import pdf_pages, pdf_text
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.people import add_person

pytestmark = pytest.mark.browser


@pytest.fixture
def work(app: Flask, cast: Cast) -> Stand:
    return Stand(app, cast)


def declare(visitor: Visitor) -> None:
    """Fill the row of the first activity, leaving the button alone."""
    page = visitor.page
    page.get_by_label("Статус").select_option("done")
    page.get_by_label("Дата выполнения").fill("12.10")
    page.get_by_label("Документ", exact=True).fill("Приказ")
    page.get_by_label("Номер документа").fill("145")
    page.get_by_label("Дата документа").fill("12.10.2020")


def focus_of(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize("js", [True, False])
def test_j1_a_curator_declares_the_first_activity(visit: Visit, work: Stand, js: bool) -> None:
    boris = visit("boris", js=js)
    boris.open(f"/schools/{work.cast.boris_school}")
    boris.press("Начать этап I")
    boris.press("Изменить мероприятие 1")
    declare(boris)
    boris.press("Сохранить мероприятие")
    assert boris.clicks <= 5
    assert "Выполнено 1 из 5 мероприятий" in boris.text()
    assert "145 от" in boris.text()
    if js:
        assert focus_of(boris) == "edit-activity-1"
        assert "Сохранено" in boris.page.locator("#live").inner_text()
        assert boris.page.title().startswith("Этап I. ")


def test_a_refused_row_takes_the_focus_to_the_errors(visit: Visit, work: Stand) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 1")
    assert focus_of(boris) == "status"
    boris.page.get_by_label("Статус").select_option("done")
    boris.press("Сохранить мероприятие")
    assert focus_of(boris) == "error-summary"
    assert boris.page.title().startswith("Ошибка: ")
    boris.press("Отмена")
    assert focus_of(boris) == "edit-activity-1"
    assert boris.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_row_on_a_phone_has_room_for_its_documents(visit: Visit, work: Stand) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 2")
    for label, least in (("Документ", 250), ("Номер документа", 120), ("Дата документа", 120)):
        box = boris.page.get_by_label(label, exact=True).first.bounding_box()
        assert box, label
        assert box["width"] >= least, label


def test_two_curators_at_one_row_choose_between_both_versions(visit: Visit, work: Stand) -> None:
    first, second = visit("boris"), visit("boris")
    for visitor in (first, second):
        visitor.open(work.url(1))
        visitor.press("Изменить мероприятие 1")
        declare(visitor)
    first.page.get_by_label("Ответственный").fill("Белов Б. Б.")
    second.page.get_by_label("Ответственный").fill("Громова Г. Г.")
    first.press("Сохранить мероприятие")
    second.press("Сохранить мероприятие")
    assert "Мероприятие уже изменили" in second.text()
    assert focus_of(second) == "conflict-1"
    second.press("Оставить моё")
    assert focus_of(second) == "edit-activity-1"
    assert work.sheet(1).activities[0].responsible == "Громова Г. Г."


def test_a_lost_session_keeps_what_was_typed(visit: Visit, app: Flask, work: Stand) -> None:
    boris = visit("boris")
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 1")
    declare(boris)
    with app.app_context(), writing():
        accounts.close_sign_ins(db.session.get_one(User, work.cast.users["boris"]))
    boris.press("Сохранить мероприятие")
    assert "Сеанс завершён" in boris.page.locator("#alert").inner_text()
    assert boris.page.get_by_label("Номер документа").input_value() == "145"
    assert work.count(Evidence) == 0
    # htmx itself logs the refusal, which is what this test is about
    boris.complaints = [
        complaint for complaint in boris.complaints if "Status Error Code 401" not in complaint
    ]


def test_j4_a_returned_stage_is_mended_and_sent(visit: Visit, work: Stand) -> None:
    work.put(1, StageState.RETURNED)
    boris = visit("boris")
    boris.open(f"/schools/{work.cast.boris_school}")
    assert "Укажите номер приказа." in boris.text()
    boris.click(boris.page.locator("main a[href*='/stages/1']").first)
    boris.press("Исправить мероприятие 1")
    boris.page.get_by_label("Что исправлено").fill("Номер указан")
    boris.press("Сохранить мероприятие")
    boris.press("Проверить и отправить")
    boris.press("Отправить с")
    assert boris.clicks <= 6
    assert "Этап I отправлен на проверку" in boris.text()
    boris.open(work.url(1, "/history"))
    assert "Номер указан" in boris.text()


@pytest.mark.parametrize("ordinal", [1, 6])
def test_j10_the_sheet_is_one_page_without_controls(
    visit: Visit, work: Stand, tmp_path: Path, ordinal: int
) -> None:
    work.put(ordinal, StageState.ACCEPTED)
    galina = visit("galina")
    galina.open(f"/schools/{work.cast.boris_school}")
    galina.press("Отчёты", exact=True)
    galina.click(f"main a[href$='/stages/{ordinal}/print']")
    assert galina.clicks == 2
    pdf = galina.pdf(tmp_path / "sheet.pdf")
    assert pdf_pages(pdf) == [(595, 842)]
    text = pdf_text(pdf)[0]
    assert "Директор СОШ №5" in text
    assert "(подпись)" in text
    assert "Распечатать" not in text
    assert "Вернуться" not in text


def test_the_receipt_of_a_sent_stage_prints_on_one_page(
    visit: Visit, work: Stand, tmp_path: Path
) -> None:
    work.put(1, StageState.SUBMITTED)
    boris = visit("boris")
    boris.open(work.url(1, "/sent"))
    pdf = boris.pdf(tmp_path / "receipt.pdf")
    assert pdf_pages(pdf) == [(595, 842)]
    text = " ".join(pdf_text(pdf)[0].split())
    assert "Этап I отправлен" in text
    assert "СОШ №5" in text
    assert "Распечатать" not in text


def put_a_pupil_in(app: Flask, work: Stand) -> None:
    with app.app_context(), writing():
        add_person(work.cast.boris_school)


@pytest.mark.parametrize("width", [1366, 360])
def test_one_press_declares_and_another_takes_back_where_the_focus_waits(
    visit: Visit, app: Flask, work: Stand, width: int
) -> None:
    put_a_pupil_in(app, work)
    boris = visit("boris", width=width)
    boris.open(work.url(2))
    boris.press("Отметить выполненным мероприятие 2")
    assert boris.focused().startswith("Вернуть как было")
    assert "Выполнено 1 из 2 мероприятий" in boris.text()
    assert "в работе" in boris.page.locator("#stage-state").inner_text()
    assert "отмечено выполненным" in boris.page.locator("#live").inner_text()
    boris.enter()
    assert boris.focused().startswith("Отметить выполненным")
    assert "Выполнено 0 из 2 мероприятий" in boris.text()
    assert work.sheet(2).activities[1].status is ActivityStatus.NOT_STARTED


def test_without_a_script_both_presses_lead_back_to_the_row(
    visit: Visit, app: Flask, work: Stand
) -> None:
    put_a_pupil_in(app, work)
    boris = visit("boris", js=False)
    boris.open(work.url(2))
    boris.press("Отметить выполненным мероприятие 2")
    assert boris.page.url.endswith(work.url(2, "#activity-2"))
    assert "Мероприятие 2 отмечено выполненным." in boris.text()
    boris.press("Вернуть как было")
    assert work.sheet(2).activities[1].status is ActivityStatus.NOT_STARTED


def test_a_press_on_an_old_page_is_told_on_its_row(visit: Visit, app: Flask, work: Stand) -> None:
    put_a_pupil_in(app, work)
    boris, other = visit("boris"), visit("boris")
    for window in (boris, other):
        window.open(work.url(2))
    other.press("Отметить выполненным мероприятие 2")
    boris.press("Отметить выполненным мероприятие 2")
    assert "уже отмечено выполненным" in boris.page.locator("#live").inner_text()
    work.fill(2)
    other.open(work.url(2, "/submit"))
    other.press("Отправить")
    boris.press("Вернуть как было")
    assert "Этап уже отправлен на проверку" in boris.page.locator("#activity-2 .check").inner_text()
    assert "Этап уже отправлен на проверку" in boris.focused()
    assert work.sheet(2).activities[1].status is ActivityStatus.DONE


def test_the_self_check_declares_without_leaving_it(visit: Visit, app: Flask, work: Stand) -> None:
    put_a_pupil_in(app, work)
    boris = visit("boris", width=360, height=740)
    boris.open(work.url(2, "/submit"))
    boris.press("Отметить выполненным мероприятие 2")
    assert boris.focused().startswith("Вернуть как было")
    assert "Мероприятие 2: отметьте" not in boris.text()
    assert boris.page.url.endswith("/submit")


@pytest.mark.parametrize("js", [True, False])
def test_why_it_is_not_required_is_asked_for_that_status_alone(
    visit: Visit, work: Stand, js: bool
) -> None:
    boris = visit("boris", js=js)
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 1")
    field = boris.page.get_by_label("Почему не требуется")
    expect(field).to_be_hidden()
    boris.page.get_by_label("Статус").select_option("not_required")
    expect(field).to_be_visible()
    boris.check()


def test_a_question_mark_opens_its_paragraph_and_keeps_what_was_typed(
    visit: Visit, work: Stand
) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(work.url(1))
    boris.press("Изменить мероприятие 1")
    boris.page.get_by_label("Номер документа").fill("145")
    mark = boris.page.locator(".doc-lines .help-mark")
    boris.click(mark)
    expect(boris.page.locator(".help-here")).to_contain_text("Файл прикладывать не обязательно")
    assert boris.focused().startswith("?")
    assert boris.page.get_by_label("Номер документа").input_value() == "145"
    boris.click(mark)
    expect(boris.page.locator(".help-here")).to_have_count(0)
    assert boris.focused().startswith("?")
