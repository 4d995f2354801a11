"""Entering answers in a real browser: by keyboard, on a phone, without JavaScript."""

from pathlib import Path

import pytest
from flask import Flask

from nastav.feedback.catalogue import ASKED
from nastav.feedback.models import ABOUT_PAIRS
from tests.browser.conftest import Visit
from tests.feedback.sheets import enter, marked, questions
from tests.office import pdf_pages
from tests.support.cast import Cast

pytestmark = pytest.mark.browser


def form_of(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}/2020/feedback/new?part=mentee&moment=final"


def test_a_response_is_entered_by_keyboard_only(app: Flask, cast: Cast, visit: Visit) -> None:
    mark = questions(app, cast)["satisfied"].id
    boris = visit("boris")
    boris.open(form_of(cast))
    keyboard = boris.page.keyboard
    boris.page.locator("#answered_on").focus()
    keyboard.type("8.12")
    keyboard.press("Tab")  # the pair
    keyboard.press("Tab")  # the register number
    keyboard.press("Tab")  # «нет ответа» of the first question
    keyboard.press("ArrowLeft")  # 10
    keyboard.press("ArrowLeft")  # 9
    checked = boris.page.locator(f"input[name=q{mark}]:checked")
    assert checked.get_attribute("value") == "9"
    boris.enter()
    assert "Ответ внесён." in boris.text()
    assert "Ответ № 1" in boris.text()


def test_five_answers_are_shown_on_a_narrow_phone(app: Flask, cast: Cast, visit: Visit) -> None:
    ids = enter(app, cast, 3, 6, 7, 9, 10)
    galina = visit("galina", width=320, height=640)
    galina.open(f"/schools/{cast.boris_school}/2020/feedback")
    assert "поставили 3 из 5 ответивших" in galina.text()
    galina.open(f"/schools/{cast.boris_school}/2020/feedback/{ids[0]}")
    assert "Насколько вы довольны" in galina.text()
    anna = visit("anna")
    anna.open(f"/districts/{cast.district}/feedback")
    assert "поставили 3 из 5 ответивших" in anna.text()


def test_a_refused_form_takes_the_focus_to_the_errors(cast: Cast, visit: Visit) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(form_of(cast))
    boris.press("Сохранить", exact=True)
    assert "Исправьте ошибки" in boris.focused()


def test_without_javascript_an_answer_is_entered_and_the_next_form_opens(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    mark = questions(app, cast)["satisfied"].id
    boris = visit("boris", js=False)
    boris.open(f"/schools/{cast.boris_school}/2020/feedback/new")
    boris.page.click("text=Анкета наставляемого: итоги работы")
    boris.page.fill("#answered_on", "8.12")
    boris.page.check(f"#q{mark}-8")
    boris.press("Сохранить и внести следующий")
    assert "Ответ внесён." in boris.text()
    assert boris.page.input_value("#answered_on") == "08.12.2020"


def test_a_stack_is_typed_by_keyboard_only(app: Flask, cast: Cast, visit: Visit) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{cast.boris_school}/2020/feedback/grid")
    boris.page.select_option("#questionnaire", label="Анкета наставляемого: итоги работы")
    boris.press("Открыть таблицу")
    keyboard = boris.page.keyboard
    boris.page.locator("#answered_on").focus()
    keyboard.type("8.12")
    keyboard.press("Tab")  # the way to the field for a whole table
    keyboard.press("Tab")  # the table scrolls
    keyboard.press("Tab")  # the code of the first sheet
    for typed in ("101", "", "9", "x8", "12", "7", "6", "1", "0"):
        keyboard.type(typed)
        keyboard.press("Enter")
    assert boris.focused() == "r2_code"
    keyboard.type("102")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp"):
        keyboard.press(key)
    keyboard.type("10")
    boris.press("Сохранить пачку")
    assert "Строка 1, вопрос 3: нужно число от 1 до 10 или ничего, а введено «12»" in boris.text()
    assert "Исправьте ошибки" in boris.focused()
    boris.click("#error-summary a")
    keyboard.press("Control+a")
    keyboard.type("5")
    boris.press("Сохранить пачку")
    assert "Внесено: 2 анкеты." in boris.text()


def test_the_grid_fits_a_phone(cast: Cast, visit: Visit) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(f"/schools/{cast.boris_school}/2020/feedback/grid?questionnaire=3&rows=10")
    assert "Таблица" in str(boris.page.locator(".scroll").get_attribute("aria-label"))


def test_an_anonymous_questionnaire_is_answered_on_a_phone(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{cast.boris_school}/2020/feedback/links")
    boris.page.select_option("#questionnaire", label="Анкета наставляемого: итоги работы")
    boris.press("Сделать ссылки")
    boris.press("Напечатать ссылки")
    code = boris.page.locator(".slips dd.nowrap").first.inner_text()
    mark = questions(app, cast)["satisfied"].id
    child = visit(None, width=360, height=740)
    child.open("/a")
    child.page.fill("#code", code.upper())
    child.press("Открыть анкету")
    child.page.check(f"#q{mark}-8")
    child.press("Отправить ответы")
    assert "Спасибо, ответы приняты" in child.text()
    child.open(f"/a/{code}")
    assert "Эта ссылка уже использована" in child.text()


def test_the_districts_sum_takes_two_printed_pages(
    app: Flask, cast: Cast, visit: Visit, tmp_path: Path
) -> None:
    for part, moment in ASKED:
        if part in ABOUT_PAIRS:
            enter(app, cast, *[marked(app, cast, moment, part)] * 5, part=part, moment=moment)
    anna = visit("anna")
    anna.open(f"/districts/{cast.district}/feedback")
    assert anna.page.locator(".asked").count() == 7
    assert len(pdf_pages(anna.pdf(tmp_path / "feedback.pdf"))) == 2
