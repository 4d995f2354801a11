"""Ctrl+P of a page prints what its sheet for printing has: the same text, no buttons, no blank page."""

from pathlib import Path

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.people.models import Kind
from nastav.plans.models import LineKind, PlanLine
from nastav.stages.models import StageState
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.office import pdf_pages, pdf_text
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.registers import registers
from tests.support.school import School, school  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def work(app: Flask, cast: Cast) -> Stand:
    """Return the stages of the year, to be put into a state."""
    return Stand(app, cast)


class Printer:
    """Somebody who prints pages by Ctrl+P."""

    def __init__(self, visitor: Visitor, out: Path) -> None:
        self.visitor = visitor
        self._out = out

    def sheets(self) -> list[str]:
        """Return the text of each sheet that the page shown now makes."""
        return [" ".join(text.split()) for text in pdf_text(self.print())]

    def print(self) -> Path:
        return self.visitor.pdf(self._out / "printed.pdf")

    def of(self, path: str) -> list[str]:
        """Return the text of each sheet that the page of an address makes."""
        self.visitor.open(path)
        return self.sheets()


@pytest.fixture
def boris(visit: Visit, tmp_path: Path) -> Printer:
    return Printer(visit("boris"), tmp_path)


def test_a_mentors_sheet_is_one_page_even_of_a_group_of_forty(
    app: Flask,
    cast: Cast,
    boris: Printer,
    school: School,  # noqa: F811 - the fixture
) -> None:
    with registers(app, cast) as own:
        mentees = [own.mentee(f"Александрова Екатерина Олеговна-{n}") for n in range(40)]
        crowd = own.pair(own.mentor("Синицына Вера", kind=Kind.TEACHER), *mentees)
    for pair_id in (school.pair, crowd.id):
        boris.visitor.open(f"{school.pairs}/{pair_id}/plan/handout")
        assert pdf_pages(boris.print()) == [(595, 842)]
    assert "40. Александрова" in boris.sheets()[0]


def test_a_long_address_as_the_goal_leaves_the_names_beside_it_on_the_sheet(
    app: Flask,
    cast: Cast,
    boris: Printer,
    school: School,  # noqa: F811 - the fixture
) -> None:
    address = f"https://example.org/{'a' * 150}/end"
    with registers(app, cast) as own:
        mentees = [own.mentee(f"Александрова Екатерина Олеговна-{n}") for n in range(12)]
        teacher = own.mentor("Синицына Вера", kind=Kind.TEACHER)
        crowd = own.pair(teacher, *mentees, goal=address)
    printed = "".join(boris.of(f"{school.pairs}/{crowd.id}/plan/print")).replace(" ", "")
    for number in range(12):
        assert f"Олеговна-{number}," in printed
    assert "/end" in printed


def test_a_long_address_in_a_plans_line_leaves_its_table_on_the_sheet(
    app: Flask,
    boris: Printer,
    school: School,  # noqa: F811 - the fixture
) -> None:
    address = f"https://example.org/{'a' * 150}/end"
    with app.app_context(), writing():
        line = PlanLine(pair_id=school.pair, kind=LineKind.TASK, what=address, mark="отлично")
        db.session.add(line)
    printed = "".join(boris.of(f"{school.pairs}/{school.pair}/plan/print")).replace(" ", "")
    assert "/end" in printed
    assert "отлично" in printed
    assert "Выполнено" in printed


def test_each_page_that_has_a_sheet_prints_the_sheet(
    boris: Printer,
    work: Stand,
    school: School,  # noqa: F811 - the fixture
) -> None:
    work.put(1, StageState.RETURNED)
    for page, sheet, said in (
        (work.url(1), work.url(1, "/print"), "Лист выполнения этапа I"),
        (work.url(4), work.url(4, "/print"), "Лист выполнения этапа IV"),
        (school.url, f"{school.url}/print", "Список на неделю"),
        (f"{school.card}/plan", f"{school.card}/plan/print", "Индивидуальный план"),
        (f"{school.url}/2020/meetings", f"{school.url}/2020/meetings/print", "Лист встреч"),
    ):
        printed = boris.of(sheet)
        assert said in printed[0]
        assert boris.of(page) == printed, page


def test_what_was_saved_in_place_is_on_the_sheet(
    boris: Printer,
    work: Stand,
    school: School,  # noqa: F811 - the fixture
) -> None:
    plan, visitor = f"{school.card}/plan", boris.visitor
    visitor.open(plan)
    visitor.page.locator("#add-task").click()
    visitor.page.locator("#section-task [name$=what]").fill("Собрать портфолио")
    visitor.press("Добавить задачу")
    assert "Собрать портфолио" in boris.sheets()[0]
    assert boris.sheets() == boris.of(f"{plan}/print")
    visitor.open(school.url)
    declared = visitor.page.locator(".todo li", has_text="Этап V,").first
    title = declared.locator(".todo-title").inner_text()
    assert title in boris.sheets()[0]
    visitor.click(declared.get_by_role("button", name="Отметить выполненным"))
    assert title not in boris.sheets()[0]


def test_a_receipt_and_a_stage_are_a_page_each_without_a_button(
    boris: Printer, work: Stand
) -> None:
    work.put(1, StageState.SUBMITTED)
    for path in (work.url(1), work.url(1, "/sent")):
        printed = boris.of(path)
        assert len(printed) == 1
        assert "Подготовка условий" in printed[0]
        for never in ("Отозвать", "Вернуться", "Распечатать", "Дальше", "Выйти"):
            assert never not in printed[0], path
