"""quality.md#j9: the coordinator takes coverage away, as a workbook and on paper."""

from pathlib import Path

import pytest
from flask import Flask

from nastav.db import writing
from tests import office
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.coverage.test_sheet import enter_people, table_of

pytestmark = pytest.mark.browser
SUM = ["286", "144", "50,3\xa0%", "−142"]  # plan, fact, per cent, gap of the mentees
BY_ORDER = ["285", "144", "50,5\xa0%", "−141"]
NO_PLAN = ("СОШ №10", "СОШ №11", "СОШ №14")  # no mentors are planned there in 2020


@pytest.fixture
def anna(visit: Visit, app: Flask) -> Visitor:
    """Return the coordinator's window on the coverage of 2020, two clicks from the start."""
    with app.app_context(), writing():
        enter_people()
    anna = visit("anna")
    anna.open("/districts/1")
    anna.press("Охват и план")
    assert anna.page.url.endswith("/coverage/2020")
    return anna


def lines(visitor: Visitor) -> dict[str, list[str]]:
    """Return the rows of the table on screen by their heading."""
    rows = visitor.page.locator("#coverage-table tr:has(th[scope=row])").all()
    cells = [[text.strip() for text in row.locator("th, td").all_inner_texts()] for row in rows]
    return {row[0]: row[1:] for row in cells}


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_j9_the_workbook_of_the_page_opens_and_says_the_same(anna: Visitor, tmp_path: Path) -> None:
    with anna.page.expect_download() as waiting:
        anna.page.get_by_role("link", name="Скачать в Excel").click()
    path = tmp_path / "coverage.xlsx"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.endswith(".xlsx")
    counted = office.recalculate([path], tmp_path / "out")[path]
    assert office.wrong_results(path, counted) == []
    shown = lines(anna)
    assert {row[0]: row[1:] for row in table_of(counted)} == shown
    assert len(shown) == 13 + 2
    assert [shown[name][7] for name in NO_PLAN] == ["—"] * 3


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_j9_the_table_prints_on_one_landscape_sheet_to_sign(anna: Visitor, tmp_path: Path) -> None:
    anna.press("Только таблица, 1 лист")
    shown = lines(anna)
    assert shown["ИТОГО, сумма по школам"][:4] == SUM
    assert shown["ИТОГО по приказу"][:4] == BY_ORDER
    pdf = anna.pdf(tmp_path / "coverage.pdf")
    assert office.pdf_pages(pdf) == [(842, 595)]
    check_sheet(office.pdf_text(pdf)[0])


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_page_prints_on_three_landscape_sheets_the_last_to_sign(
    anna: Visitor, tmp_path: Path
) -> None:
    pdf = anna.pdf(tmp_path / "coverage.pdf")
    assert office.pdf_pages(pdf) == [(842, 595)] * 3
    look, close, table = (" ".join(page.split()) for page in office.pdf_text(pdf))
    assert "до плана района не хватает 142" in look
    assert "Каждой школе до её плана" in look
    assert "Чем закрыть нехватку: 10 школ ниже плана" in close
    check_sheet(table)
    assert "(подпись)" not in look + close


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize(("reasons", "sheets"), [(22, 3), (30, 4)])
def test_who_was_left_out_is_never_cut_by_the_sheet(
    anna: Visitor, tmp_path: Path, reasons: int, sheets: int
) -> None:
    anna.page.evaluate(
        """reasons => {
            for (const form of document.querySelectorAll("#forms tbody tr")) {
                form.querySelector("th").textContent = "работодатель – студент";
                form.querySelector(".number").innerHTML = "1 000 <br><span>и 7 педагогов</span>";
            }
            const rows = document.querySelector("#left-out tbody");
            while (rows.children.length < reasons) rows.append(rows.lastElementChild.cloneNode(true));
        }""",
        reasons,
    )
    pages = office.pdf_text(anna.pdf(tmp_path / "coverage.pdf"))
    assert len(pages) == sheets
    assert [page.count("Кто и почему") for page in pages] == [0] * (sheets - 2) + [1, 0]
    whole = pages[sheets - 2].split("Кто и почему")[1]
    assert whole.count(": ") == reasons


def check_sheet(printed: str) -> None:
    """Header block, both totals, a line to sign; nothing that is only pressed."""
    text = " ".join(printed.split())
    for part in (
        "Приложение",
        "к отчёту об исполнении приказа",
        "от 23.09.2020 № 428",
        "по состоянию на 9 декабря 2020 г.",
        "ИТОГО, сумма по школам 286",
        "ИТОГО по приказу 285",
        "(подпись)",
        "Давиденко",
    ):
        assert part in text, part
    for control in ("Скачать", "Распечатать", "Показать", "Выйти", "Сводка по этапам"):
        assert control not in text, control
