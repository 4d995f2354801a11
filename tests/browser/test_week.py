"""«Моя школа» as the list of the week: pressed, taken back, read on a phone, printed on one sheet."""

from pathlib import Path

import pytest
from flask import Flask

from nastav.db import writing
from nastav.people.models import Part
from tests.browser.conftest import Visit
from tests.office import pdf_pages
from tests.support.cast import BORIS_SCHOOL, Cast
from tests.support.people import add_pair, add_person
from tests.support.stages import put

pytestmark = pytest.mark.browser


@pytest.fixture
def home(app: Flask, cast: Cast) -> str:
    """Return the address of a school with something of each group in its list."""
    put(app, (BORIS_SCHOOL, 1, "returned"), (BORIS_SCHOOL, 4, "in_progress"))
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        mentees = [add_person(cast.boris_school) for _ in range(5)]
        add_pair(cast.boris_school, mentor, mentees[:3])
    return f"/schools/{cast.boris_school}"


def test_a_declared_row_stays_in_place_and_takes_the_focus(visit: Visit, home: str) -> None:
    boris = visit("boris")
    boris.open(home)
    rows = boris.page.locator(".todo > ul > li")
    before = rows.count()
    at = boris.page.locator(".todo li", has_text="В базе за учебный год 5 наставляемых")
    boris.click(at.get_by_role("button", name="Отметить выполненным"))
    done = boris.page.locator(".todo .is-done")
    assert done.count() == 1
    assert rows.count() == before
    assert boris.focused().startswith("Вернуть как было")
    assert "отмечено выполненным" in boris.page.locator("#live").inner_text()
    boris.press("Вернуть как было")
    assert done.count() == 0
    assert boris.focused().startswith("Отметить выполненным")
    assert boris.clicks == 2


def test_a_press_without_scripts_leads_back_to_the_list(visit: Visit, home: str) -> None:
    boris = visit("boris", js=False)
    boris.open(home)
    boris.press("Отметить выполненным")
    assert boris.page.url.split("?")[0].endswith(home)
    boris.press("Вернуть как было")
    assert boris.page.locator(".todo .is-done").count() == 0


def test_on_a_phone_the_title_is_high_and_every_button_is_wide_and_tall(
    visit: Visit, home: str
) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(home)
    assert boris.page.locator("h1").bounding_box()["y"] < 160
    boris.page.locator(".todo-rest summary").click()
    boxes = [each.bounding_box() for each in boris.page.locator(".todo .act .btn").all()]
    assert len(boxes) > 10
    assert min(box["height"] for box in boxes) >= 44
    assert len({round(box["width"]) for box in boxes}) == 1
    boris.check()


def test_an_empty_school_reads_its_steps_on_a_phone(visit: Visit, cast: Cast) -> None:
    vera = visit("vera", width=320, height=640)
    vera.open(f"/schools/{cast.vera_school}")
    assert vera.page.locator(".steps > li").count() == 3
    vera.press("Вставить список")
    assert vera.page.url.endswith("/mentees/import")


def test_the_week_is_one_sheet_of_paper(visit: Visit, home: str, tmp_path: Path) -> None:
    boris = visit("boris")
    boris.open(home)
    boris.press("Распечатать список на неделю")
    assert len(pdf_pages(boris.pdf(tmp_path / "week.pdf"))) == 1
    boris.page.go_back()
    assert "Этап I. Подготовка условий" in boris.text()
