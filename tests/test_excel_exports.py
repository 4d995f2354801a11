"""Every workbook that links of the demo lead to: it prints, and shows what LibreOffice counts."""

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.office import recalculate, wrong_results
from tests.support.crawl import Walk
from tests.support.demo import client_of

FORMULAS = {
    "stages",
    "coverage",
    "meetings",
    "feedback",
    "book",
    "kept",
    "plan",
}  # those with figures that are sums
TEXT = {"mentees", "mentors", "template", "pairs", "execution", "check"}


@pytest.fixture(scope="module")
def books(
    demo: Flask, walks: dict[str, Walk], tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, str]:
    """Return each workbook with its name without the year."""
    folder = tmp_path_factory.mktemp("exports")
    found = {}
    for role in ("coordinator", "curator"):
        client = client_of(demo, role)
        addresses = [address for opened in walks[role].others.values() for address in opened]
        for address in addresses:
            if (path := urlsplit(address).path).endswith(".xlsx"):
                file = folder / f"{len(found)}.xlsx"
                file.write_bytes(client.get(address).data)
                found[file] = (
                    "kept" if Path(path).stem.isdigit() else re.sub(r"-\d+$", "", Path(path).stem)
                )
    return found


def test_links_lead_to_all_kinds_of_workbooks(books: dict[Path, str]) -> None:
    assert set(books.values()) == FORMULAS | TEXT


def test_no_cell_of_a_list_keeps_a_space_that_search_does_not_find(books: dict[Path, str]) -> None:
    found = {
        (books[path], sheet.title, cell.coordinate)
        for path in books
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        # titles and notes have no border, headings are bold
        if "\xa0" in str(cell.value) and cell.border.left.style and not cell.font.b
    }
    assert found == set()


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_every_stored_result_is_what_libreoffice_counts(
    books: dict[Path, str], tmp_path: Path
) -> None:
    paths = [path for path, name in books.items() if name in FORMULAS]
    counted = recalculate(paths, tmp_path)
    assert {books[path]: wrong_results(path, counted[path]) for path in paths} == {
        name: [] for name in FORMULAS
    }


def test_every_sheet_prints_on_a4_landscape_with_its_headings(books: dict[Path, str]) -> None:
    for path in books:
        for sheet in load_workbook(io.BytesIO(path.read_bytes())):
            assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.print_title_rows
            assert sheet.freeze_panes
