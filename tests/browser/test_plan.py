"""The plan of five years in one grid: pasted into, summed while one types, saved; on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_stage_table import paste

pytestmark = pytest.mark.browser
PAGE = "/districts/1/settings/plan"


def test_a_block_is_pasted_from_a_cell_summed_and_saved(visit: Visit) -> None:
    anna = visit("anna")
    anna.open(PAGE)
    cell = anna.page.get_by_label
    cell("СОШ №1, 2024 год, наставляемых").focus()
    paste(anna, "480\t22\r\n247\t12 чел.\r\n")
    expect(cell("СОШ №1, 2024 год, наставляемых")).to_have_value("480")
    expect(cell("СОШ №2, 2024 год, наставников")).to_have_value("12")
    sums = anna.page.locator("#plan-totals tr").first
    expect(sums).to_contain_text("2 002")  # 1 995 and 7 more
    alert = anna.page.locator("#alert")  # the sums that came meanwhile took nothing away
    expect(alert).to_contain_text("«12 чел.» (СОШ №2, 2024 год, наставников)")
    anna.check()
    anna.page.get_by_label("Причина изменения").fill("Приказ № 12")
    anna.click("#save-plan")
    assert "План сохранён, изменено: 1 ячейка." in anna.text()
    expect(anna.page.locator("td.edited")).to_contain_text("в приказе 473")
    anna.check()


def test_what_was_typed_is_guarded_though_the_sums_were_fetched(visit: Visit) -> None:
    anna = visit("anna")
    anna.open(PAGE)
    asked = []
    anna.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    field = anna.page.get_by_label("СОШ №1, 2020 год, наставляемых")
    field.fill("70")
    field.press("Enter")
    expect(anna.page.locator("#plan-totals tr").first).to_contain_text("288")
    anna.page.evaluate("location.reload()")
    anna.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(field).to_have_value("70")


def test_on_a_phone_the_grid_alone_moves_sideways(visit: Visit) -> None:
    anna = visit("anna", width=360, height=740)
    anna.open(PAGE)
    grid = anna.page.locator("#plan-grid")
    assert grid.evaluate("element => element.scrollWidth - element.clientWidth") > 0
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert anna.page.evaluate(over) <= 0
    grid.evaluate("element => { element.scrollLeft = 300; }")
    left = "element => element.getBoundingClientRect().left"
    heading = grid.locator("tbody th").first
    assert heading.evaluate(left) - grid.evaluate(left) < 4  # whose line it is stays in sight
    anna.page.get_by_label("СОШ №5, 2020 год, наставляемых").fill("45")
    anna.page.get_by_label("Причина изменения").fill("Приказ № 12")
    anna.click("#save-plan")
    expect(anna.page.get_by_label("СОШ №5, 2020 год, наставляемых")).to_have_value("45")
    anna.check()
