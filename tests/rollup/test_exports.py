"""Workbooks to take away: equal to the screen, noted in the journal."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.audit.models import AuditEntry
from nastav.db import db
from tests.conftest import ClientOf
from tests.office import pdf_pages, recalculate, to_pdf, wrong_results
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put

EXPORTS, REPORTS = "/districts/1/exports", "/districts/1/reports"
STAGES = f"{EXPORTS}/stages-2020.xlsx"
COVERAGE = f"{EXPORTS}/coverage-2020.xlsx"
BOARD = (
    ("СОШ №1", 1, "accepted"),
    ("СОШ №1", 2, "accepted"),
    ("СОШ №2", 1, "submitted"),
    ("СОШ №4", 1, "returned"),
    ("СОШ №5", 3, "1"),
    ("СОШ №6", 4, "1"),
)
STATES = ("принят", "на проверке", "возвращён", "в работе", "не начат")


def screen(client: PageClient) -> list[list[str]]:
    """Return the matrix as the page says it in words, school by school."""
    rows = []
    for row in soup(client.get("/districts/1/2020/stages")).select(".matrix tbody tr"):
        words = []
        for cell in row.select("td"):
            hidden = cell.select_one(".visually-hidden")  # words alone need no other
            words.append(", ".join((hidden or cell).stripped_strings).replace("\xa0", " "))
        heading = row.select_one("th")
        assert heading is not None
        rows.append([heading.get_text(), *words])
    return rows


def counts(cells: Sequence[str]) -> list[int]:
    """Return how many cells stand in each state, how many are late, how many of these returned."""
    states = [sum(cell.startswith(state) for cell in cells) for state in STATES]
    late = [cell for cell in cells if "просрочен на" in cell]
    return [*states, len(late), sum(cell.startswith("возвращён") for cell in late)]


def table(workbook: Path) -> list[list[Any]]:
    """Return the rows under the heading of the first sheet, values as counted."""
    sheet = load_workbook(workbook, data_only=True).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(at for at, row in enumerate(rows) if row[0] == "СОШ №1")
    return [
        [cell.replace("\xa0", " ") if isinstance(cell, str) else cell for cell in row]
        for row in rows[first : first + 20]
    ]


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_workbook_equals_the_screen_once_recalculated(
    anna: PageClient, app: Flask, tmp_path: Path
) -> None:
    put(app, *BOARD)
    path = tmp_path / "stages.xlsx"
    path.write_bytes(anna.get(STAGES).data)
    counted = recalculate([path], tmp_path)[path]
    assert wrong_results(path, counted) == []
    rows, shown = table(counted), screen(anna)
    assert [row[:8] for row in rows[:13]] == shown
    assert [row[8:] for row in rows[:13]] == [counts(row[1:]) for row in shown]
    by_stage = [counts([row[1 + at] for row in shown]) for at in range(7)]
    assert [row[1:8] for row in rows[13:]] == [list(line) for line in zip(*by_stage, strict=True)]
    whole = counts([cell for row in shown for cell in row[1:]])
    assert [rows[13 + at][8 + at] for at in range(7)] == whole
    assert whole == [2, 1, 1, 2, 85, 23, 1]


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_workbook_prints_on_one_landscape_page(
    anna: PageClient, app: Flask, tmp_path: Path
) -> None:
    put(app, *BOARD)
    path = tmp_path / "stages.xlsx"
    path.write_bytes(anna.get(STAGES).data)
    pages = pdf_pages(to_pdf([path], tmp_path)[path])
    # the form, how complete by school and by stage, how it was counted
    assert pages == [(842, 595)] * 4


def test_the_screens_counters_equal_the_workbooks_totals(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    book = load_workbook(BytesIO(anna.get(STAGES).data), data_only=True)
    found = [
        row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "Просрочено"
    ]
    counter = soup(anna.get("/districts/1/2020/stages")).select("#counters strong")[0]
    assert found[0][13] == int(counter.get_text()) == 23


def test_overdue_cells_are_dark_in_the_workbook_too(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    sheet = load_workbook(BytesIO(anna.get(STAGES).data)).worksheets[0]
    fills = {
        str(cell.value): cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    }
    assert fills["принят"] == "FFC4E3D4"
    assert fills["не начат, просрочен на 3 дня"] == "FF9B1C1C"


def test_a_download_has_both_names_and_stands_in_the_journal(anna: PageClient, app: Flask) -> None:
    answer = anna.get(STAGES)
    disposition = answer.headers["Content-Disposition"]
    assert 'filename="stages-2020.xlsx"' in disposition
    assert "Сводка по этапам 2020-21 на 09.12.2020.xlsx" in unquote(disposition)
    assert disposition.isascii()
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="export:downloaded").one()
    assert (entry.actor_name, entry.subject) == ("Анна Андреева", "stages-2020.xlsx")


def test_coverage_can_be_taken_for_a_past_date(anna: PageClient) -> None:
    answer = anna.get(f"{COVERAGE}?on=01.11.2020")
    assert "Охват 2020 на 01.11.2020.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("1\xa0ноября\xa02020" in text for text in texts)
    assert "СОШ №14" in texts


def test_the_page_offers_each_year_and_carries_the_date_along(anna: PageClient) -> None:
    page = soup(anna.get(f"{REPORTS}?on=1.11"))
    links = [str(link["href"]) for link in page.select(".downloads a")]
    assert links[0] == STAGES
    assert links[1:] == [
        f"{EXPORTS}/coverage-{year}.xlsx?on=01.11.2020" for year in range(2020, 2025)
    ]


def test_a_wrong_date_is_explained_and_kept(anna: PageClient) -> None:
    answer = anna.get(f"{REPORTS}?on=31.11.2020")
    assert answer.status_code == 422
    assert "в ноябре 30 дней" in text_of(answer)
    field = soup(answer).select_one("input[name=on]")
    assert field is not None
    assert field["value"] == "31.11.2020"
    assert anna.get(f"{REPORTS}?on=10.12.2020").status_code == 422
    assert anna.get(f"{COVERAGE}?on=31.11.2020").status_code == 404


def test_files_of_unknown_years_are_not_found(anna: PageClient) -> None:
    assert anna.get(f"{EXPORTS}/stages-2019.xlsx").status_code == 404
    assert anna.get(f"{EXPORTS}/coverage-1812.xlsx").status_code == 404


def test_schools_take_no_district_workbooks_and_the_observer_does(client_of: ClientOf) -> None:
    for address in (EXPORTS, REPORTS, STAGES, COVERAGE):
        assert client_of("gleb").get(address, follow_redirects=True).status_code == 200
        assert client_of("boris").get(address).status_code == 403
    assert client_of("anna").get("/districts/2/exports/stages-2020.xlsx").status_code == 404
