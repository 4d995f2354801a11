"""A block from Excel pasted into a grid by the page's script: week, stack, consents, classes."""

from typing import Any

import pytest
from flask import Flask

from nastav.feedback.models import Moment, Respondent
from nastav.pairs.models import Pair
from tests.browser.conftest import Visit
from tests.browser.test_stage_table import paste
from tests.feedback.sheets import questionnaire
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def school(app: Flask, cast: Cast) -> Any:
    """Борис's school: its address, and two pairs by the mentee's surname."""
    with registers(app, cast) as own:
        mentors = [own.mentor(name, grade=10) for name in ("Белкин Юрий", "Гусев Иван")]
        mentees = [own.mentee(name) for name in ("Птицына Ольга", "Ёлкин Лев")]
        pairs: list[Pair] = [own.pair(*both) for both in zip(mentors, mentees, strict=True)]
        ids = [pair.id for pair in pairs]
    return f"/schools/{cast.boris_school}", ids


def test_a_week_takes_a_block_from_a_cell_and_by_the_names_of_the_pairs(
    visit: Visit, school: Any
) -> None:
    at, (first, second) = school
    boris = visit("boris")
    boris.open(f"{at}/2020/meetings")
    cell = lambda pair, day: boris.page.locator(f"#c-{pair}-202012{day}")  # noqa: E731
    cell(first, "07").focus()
    paste(boris, "30\t+\r\n\tчас\r\n")
    assert [cell(first, day).input_value() for day in ("07", "08")] == ["30", "+"]
    assert cell(second, "08").input_value() == ""
    assert "«час» (строка 2 скопированного, столбец 2)" in boris.page.locator("#alert").inner_text()
    label = boris.page.locator(f"#pair-{second}").inner_text()
    cell(first, "09").focus()
    paste(boris, f"{label}\t45\r\nНеизвестная О.\t15\r\n")
    assert (cell(first, "09").input_value(), cell(second, "09").input_value()) == ("", "45")
    assert "«Неизвестная О.»" in boris.page.locator("#alert").inner_text()
    boris.check()
    boris.press("Сохранить лист")
    assert "Лист сохранён: записано 3." in boris.text()


def test_a_block_wider_and_longer_than_the_stack_is_said_and_given_back(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
    boris = visit("boris")
    boris.open(f"/schools/{cast.boris_school}/2020/feedback/grid?questionnaire={found.id}&rows=10")
    boris.page.locator("#r10_code").focus()
    paste(boris, "501\t\t1\t2\t3\t1\t1\tлишнее\r\n502\t\t1\r\nотлично\r\n")
    assert boris.page.locator("#r10_code").input_value() == "501"
    alert = boris.page.locator("#alert")
    assert "«лишнее» (строка 1 скопированного, столбец 8)" in alert.inner_text()
    assert "«отлично»" in alert.get_by_label("Всё, что не вставлено").input_value()
    boris.check()
    boris.page.locator("#r1_code").focus()
    paste(boris, "много")
    assert "«много»" in alert.inner_text()  # one cell too: a word is no digit


def test_pasted_consents_tick_their_people_and_classes_land_in_their_rows(
    visit: Visit, school: Any
) -> None:
    boris = visit("boris")
    boris.open(f"{school[0]}/consents")
    boris.page.locator("[name$=signed_on]").first.focus()
    paste(boris, "Ёлкин Лев\t01.12.2020\tоба\t17\r\n")
    line = boris.page.locator("tr", has_text="Ёлкин Лев")
    assert line.get_by_role("checkbox").is_checked()
    assert line.locator("[name$=number]").input_value() == "17"
    assert boris.page.locator("[name=got]:checked").count() == 1
    boris.check()
    boris.press("Внести отмеченные")
    assert "Внесено: 1 согласие." in boris.text()


def test_enter_in_a_consent_goes_down_and_sends_nothing(visit: Visit, school: Any) -> None:
    boris = visit("boris")
    boris.open(f"{school[0]}/consents")
    numbers = boris.page.locator("[name$=number]")
    numbers.first.focus()
    paste(boris, "15\r\n")
    boris.page.keyboard.press("Enter")
    down = numbers.nth(1).get_attribute("name")
    assert boris.page.evaluate("document.activeElement.name") == down
    assert boris.page.url.endswith("/consents")
    assert "Внесено" not in boris.text()
