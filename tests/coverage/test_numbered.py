"""The number of the rules, their date and bounds stand with the figures, wherever these are read."""

import io
import re

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.db import db, writing
from nastav.district.models import District
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

RULE = "Правила счёта № 3 от 09.12.2020: наставники — обучающиеся 8–11 классов, где классов нет — с 14 лет."


@pytest.fixture(autouse=True)
def _changed(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        found = db.session.get_one(District, cast.district)
        found.rules_number, found.mentor_grade_from, found.mentor_age_from = 3, 8, 14


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def test_on_the_page_of_the_district_and_in_its_text(anna: PageClient) -> None:
    page = soup(anna.get("/districts/1/coverage/2020"))
    notes = [plain(tag.get_text()) for tag in page.select("p.note")]
    assert RULE in notes
    report = page.select_one("#report-text")
    assert report
    assert plain(report.get_text()).endswith(RULE)


@pytest.mark.parametrize("login", ["boris", "galina", "anna"])
def test_on_the_page_of_a_school(client_of: ClientOf, cast: Cast, login: str) -> None:
    page = client_of(login).get(f"/schools/{cast.boris_school}/coverage/2020")
    assert RULE in plain(text_of(page))


def test_on_the_sheet_of_the_workbook(anna: PageClient) -> None:
    book = load_workbook(io.BytesIO(anna.get("/districts/1/exports/coverage-2020.xlsx").data))
    said = [plain(str(cell.value)) for row in book["Как считалось"] for cell in row]
    assert RULE in said
