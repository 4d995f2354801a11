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


def test_a_stage_prints_from_its_page_as_from_its_sheet(
    visit: Visit, work: Stand, tmp_path: Path
) -> None:
    work.put(1, StageState.IN_PROGRESS)
    boris = visit("boris")
    boris.open(work.url(1, "/print"))
    parts = ["thead th", ".sign", *(f"tbody tr > :nth-child({column})" for column in (1, 2, 4, 5))]
    sheet = [printed(boris.page, part) for part in parts]
    boris.open(work.url(1))
    heads, *rest = [printed(boris.page, part) for part in parts]
    assert [len(heads), *rest] == [len(sheet[0]), *sheet[1:]]
    assert "Добавить документ" not in " ".join(printed(boris.page, "main"))
    assert printed(boris.page, "main button, main .btn, nav, .site-head") == []
    assert len(pdf_pages(boris.pdf(tmp_path / "stage.pdf"))) == 1
