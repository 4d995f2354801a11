"""quality.md#j7 and quality.md#j8: the coordinator the day before a deadline, and a queue of twelve."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.office import pdf_pages
from tests.support.stages import put

pytestmark = pytest.mark.browser

SCHOOLS = [f"СОШ №{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)]
BOARD = (
    ("СОШ №1", 1, "accepted"),
    ("СОШ №2", 1, "submitted"),
    ("СОШ №4", 1, "returned"),
    ("СОШ №5", 3, "1"),
)


def bottom(visitor: Visitor, selector: str) -> float:
    """Return where the last such element ends, in pixels from the top of the window."""
    box = visitor.page.locator(selector).last.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_j7_one_look_shows_what_to_decide_and_all_thirteen_schools(
    visit: Visit, app: Flask
) -> None:
    put(app, *BOARD)
    anna = visit("anna", width=1366, height=768)
    anna.open("/districts/1")
    assert anna.page.locator(".matrix tbody tr").count() == 13
    assert bottom(anna, ".matrix tbody tr") <= 768
    assert anna.page.locator(".decide li").count() >= 4
    assert bottom(anna, ".decide li") < anna.page.locator(".matrix").bounding_box()["y"]  # type: ignore[index]


def test_j7_a_lower_screen_shows_who_is_late_and_one_click_the_text(
    visit: Visit, app: Flask
) -> None:
    put(app, *BOARD)
    anna = visit("anna", width=1366, height=625)
    anna.open("/districts/1")
    assert bottom(anna, "#counters li") <= 625
    first = anna.page.locator(".decide li").first
    assert "№1, 2, 4, 5" in first.inner_text()
    assert bottom(anna, ".decide li") <= 625
    assert anna.page.locator(".matrix thead .due-soon").count() == 2
    assert bottom(anna, ".matrix thead .due-soon") <= 625
    assert "24 просрочено" in anna.text()
    anna.click(".decide a >> nth=0")
    anna.click("#copy-all")
    assert anna.clicks == 2
    assert anna.page.locator("#copy-all").inner_text() in (
        "Скопировано",
        "Выделено: нажмите Ctrl+C",
    )
    anna.page.go_back()
    anna.click(".decide a >> nth=1")
    assert anna.page.url.endswith("#due")
    assert "завтра, 10.12" in anna.page.locator("#letter-of-due").input_value()


def test_j7_a_filter_swaps_the_matrix_and_back_brings_a_whole_page(
    visit: Visit, app: Flask
) -> None:
    put(app, *BOARD)
    anna = visit("anna")
    anna.open("/districts/1/2020/stages")
    anna.page.click(".narrow summary")
    anna.page.focus("select[name=state]")
    anna.page.select_option("select[name=state]", "submitted")
    anna.settle()
    assert anna.page.locator(".matrix tbody tr").count() == 1
    assert "state=submitted" in anna.page.url
    assert anna.page.evaluate("document.activeElement.name") == "state"
    anna.click(".matrix tbody th a")
    anna.page.go_back()
    anna.settle()
    assert anna.page.locator("h1").inner_text() == "Сводка по этапам"
    assert anna.page.locator(".matrix tbody tr").count() == 1


def test_j7_the_matrix_prints_on_one_landscape_page(
    visit: Visit, app: Flask, tmp_path: Path
) -> None:
    put(app, *BOARD)
    anna = visit("anna")
    anna.open("/districts/1/2020/stages")
    assert pdf_pages(anna.pdf(tmp_path / "matrix.pdf")) == [(842, 595)]
    anna.open("/districts/1/2020/stages?on=30.11.2020")
    assert pdf_pages(anna.pdf(tmp_path / "past.pdf")) == [(842, 595)]
    anna.open("/districts/1/2020/stages")
    anna.page.emulate_media(media="print")
    text = " ".join(anna.page.locator("main").inner_text().split())
    assert text.startswith("Приложение к отчёту об исполнении приказа от 23.09.2020 № 428")
    assert "Е. В. Давиденко" in text.replace("\xa0", " ")
    assert "Начальник управления" in text
    assert not anna.page.locator("#decide, .bar-head, .sent").first.is_visible()
    late = anna.page.locator("td.state-overdue").first
    assert late.evaluate("cell => getComputedStyle(cell).backgroundColor") == "rgb(155, 28, 28)"


def test_j14_a_report_is_kept_and_its_paper_taken_in_five_clicks(visit: Visit, app: Flask) -> None:
    put(app, *BOARD)
    anna = visit("anna")
    anna.open("/districts/1/2020/stages")
    anna.click(".site-nav >> text=Отчёты")
    anna.press("Сохранить отчёт на 09.12.2020")
    assert "Отчёт сохранён, его можно скачать." in anna.text()
    anna.click("text=Справка на эту дату")
    with anna.page.expect_download() as waiting:
        anna.click("text=Word")
    assert waiting.value.suggested_filename.endswith("на 09.12.2020.docx")
    assert anna.clicks <= 5


def test_the_matrix_scrolls_inside_itself_on_a_phone(visit: Visit, app: Flask) -> None:
    put(app, *BOARD)
    anna = visit("anna", width=320, height=740)
    for address in ("/districts/1/2020/stages", "/districts/1/overdue", "/districts/1/reports"):
        anna.open(address)
    assert "Отчёт на дату" in anna.text()


@pytest.mark.parametrize("js", [True, False])
def test_j8_a_queue_of_twelve_leads_on_by_itself(visit: Visit, app: Flask, js: bool) -> None:
    put(app, *[(school, 1, "submitted") for school in SCHOOLS])
    anna = visit("anna", js=js)
    anna.open("/districts/1/review")
    anna.click("tbody a.btn >> nth=0")
    for number in range(12):
        if number in (3, 7):
            anna.press("Вернуть на доработку")
            assert "Напишите замечание хотя бы к одному мероприятию" in anna.text()
            anna.page.locator("textarea").first.fill("Укажите номер приказа.")
            anna.press("Вернуть на доработку")
            assert f"{SCHOOLS[number]}, этап I возвращён на доработку." in anna.text()
        else:
            anna.press("Принять этап")
            assert f"{SCHOOLS[number]}, этап I принят." in anna.text()
    assert "Проверять пока нечего" in anna.text()


def test_a_ready_phrase_goes_into_the_remark_and_comes_back_with_it(
    visit: Visit, app: Flask
) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    anna = visit("anna")
    anna.open("/schools/4/2020/stages/1/review")
    remark = anna.page.locator("textarea").first
    phrase = anna.page.get_by_role("button", name="Приложите подтверждающий документ").first
    expect(anna.page.locator("select:visible")).to_have_count(0)
    remark.fill("Нет плана.")
    for _ in range(2):  # pressed again it is there already
        phrase.click()
    expect(remark).to_be_focused()
    expect(remark).to_have_value("Нет плана. Приложите подтверждающий документ.")
    remark.fill("")
    phrase.click()
    anna.press("Вернуть на доработку")
    anna.press("Отменить решение")
    expect(anna.page.locator("textarea").first).to_have_value("Приложите подтверждающий документ.")
    expect(anna.page.locator("select:visible")).to_have_count(0)


def test_j8_a_decision_is_taken_back_with_one_click(visit: Visit, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    anna = visit("anna")
    anna.open("/schools/4/2020/stages/1/review")
    anna.press("Принять этап")
    anna.press("Отменить решение")
    assert "Решение отменено: этап снова на проверке." in anna.text()


def test_a_deadline_is_moved_in_its_row_and_the_focus_stays(visit: Visit) -> None:
    anna = visit("anna")
    anna.open("/districts/1/settings/deadlines")
    anna.click("#edit-deadline-1")
    anna.page.fill("input[name=due]", "4.12")
    anna.click("#save-deadline")
    assert anna.page.title().startswith("Ошибка")
    anna.page.fill("input[name=reason]", "Карантин")
    anna.click("#save-deadline")
    assert "04.12.2020" in anna.page.locator("#deadline-1").inner_text()
    assert anna.page.evaluate("document.activeElement.id") == "edit-deadline-1"
    assert anna.page.title().startswith("Сроки этапов")
