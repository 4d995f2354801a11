"""Ctrl+P of a page prints what its sheet for printing has: the same cells, no buttons, no blank page."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from nastav.stages.models import StageState
from tests.browser.conftest import Visit
from tests.office import pdf_pages
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.school import School, school  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
SEEN = "element => element.checkVisibility()"


@pytest.fixture
def work(app: Flask, cast: Cast) -> Stand:
    """Return the stages of the year, to be put into a state."""
    return Stand(app, cast)


def test_a_mentors_sheet_is_one_page(
    visit: Visit,
    school: School,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    boris = visit("boris")
    boris.open(f"{school.card}/plan/handout")
    assert pdf_pages(boris.pdf(tmp_path / "handout.pdf")) == [(595, 842)]


def printed(page: Page, selector: str) -> list[str]:
    """Return the texts that a printer gets of these elements."""
    page.emulate_media(media="print")
    found = [each.inner_text() for each in page.locator(selector).all() if each.evaluate(SEEN)]
    page.emulate_media(media="null")
    return [" ".join(text.split()) for text in found if text.strip()]


def cells(page: Page) -> list[list[str]]:
    """Return the cells of each activity as a printer gets them, a line of a cell each."""
    page.emulate_media(media="print")
    rows = [row.inner_text().splitlines() for row in page.locator("tbody tr").all()]
    page.emulate_media(media="null")
    return [
        [" ".join(cell.split()) for cell in "\t".join(row).split("\t") if cell.strip()]
        for row in rows
    ]


def test_a_stage_prints_from_its_page_as_from_its_sheet(
    visit: Visit, work: Stand, tmp_path: Path
) -> None:
    work.put(1, StageState.IN_PROGRESS)
    boris = visit("boris")
    boris.open(work.url(1, "/print"))
    signs, rows = printed(boris.page, ".sign"), cells(boris.page)
    boris.open(work.url(1))
    assert printed(boris.page, ".sign") == signs
    for sheet, page in zip(rows, cells(boris.page), strict=True):
        on_page = " ".join(page)
        assert [cell for cell in sheet if cell != "—" and cell not in on_page] == []
    assert "Добавить документ" not in " ".join(printed(boris.page, "main"))
    assert printed(boris.page, "main button, main .btn, nav, .site-head") == []
    assert len(pdf_pages(boris.pdf(tmp_path / "stage.pdf"))) == 1
