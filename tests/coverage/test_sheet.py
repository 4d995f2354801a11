"""The «Охват» workbook: equal to the screen, recalculated by LibreOffice."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from openpyxl import load_workbook

from nastav import excel, ru
from nastav.coverage import rules
from nastav.coverage.figures import USUAL
from nastav.coverage.planned import district_coverage
from nastav.coverage.sheet import coverage_book
from nastav.db import db, writing
from nastav.district import queries as districts
from nastav.district.models import School
from tests import office
from tests.support.pages import PageClient, soup
from tests.support.people import add_group, add_person

TODAY = date(2020, 12, 9)


def enter_people() -> None:
    """Facts of every kind: below, at and above the plan, none in pairs, no data, plan 0."""
    schools = {school.name: school.id for school in db.session.query(School)}
    sizes = {"СОШ №1": 60, "СОШ №4": 33, "СОШ №5": 44, "СОШ №10": 2, "СОШ №11": 5}
    for name, size in sizes.items():
        add_group(schools[name], size)
    add_person(schools["СОШ №7"], "Ландышева Мария")


def book(year: int) -> bytes:
    district = districts.district(1)
    assert district is not None
    found = district_coverage(1, year, TODAY)
    return coverage_book(found, district, datetime(2020, 12, 9, 12, 0))  # noqa: DTZ001


def shown(value: Any, number_format: str) -> str:
    """Return a cell of the recalculated sheet as the screen would write it."""
    if not isinstance(value, int | float):
        return str(value)
    if '"' in number_format.removesuffix(excel.GAP):  # what the order prints instead
        return ru.number(round(value)) + number_format.split('"')[1]
    if "%" in number_format:
        share = ru.round_half_up(Decimal(str(value)) * 100, digits=1)
        return f"{share:,}\xa0%".replace(",", "\xa0").replace(".", ",")
    return ru.signed(round(value)) if "+" in number_format else ru.number(round(value))


def table_of(path: Path, name: str = "Охват") -> list[list[str]]:
    """Return the rows from СОШ №1 to the last total, as text."""
    sheet = load_workbook(path, data_only=True)[name]
    rows = [[shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    first = next(at for at, row in enumerate(rows) if row[0] == "СОШ №1")
    return [row for row in rows[first:] if row[0].startswith(("СОШ", "ИТОГО"))]


def table_on_screen(anna: PageClient, year: int, query: str = "") -> list[list[str]]:
    page = soup(anna.get(f"/districts/1/coverage/{year}{query}"))
    lines = page.select("#coverage-table tbody tr, #coverage-table tfoot tr")
    return [[words_of(cell) for cell in line.select("th, td")] for line in lines]


def words_of(cell: Tag) -> str:
    return re.sub(r"[ \n]+", " ", cell.get_text()).strip()  # a no-break space is left


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_recalculated_workbook_is_equal_to_the_screen(
    app: Flask, anna: PageClient, tmp_path: Path
) -> None:
    with app.app_context(), writing():
        enter_people()
    paths = {year: tmp_path / f"coverage-{year}.xlsx" for year in (2020, 2024, 2026)}
    with app.app_context():
        for year, path in paths.items():
            path.write_bytes(book(year))
    counted = office.recalculate(list(paths.values()), tmp_path / "out")
    for year, path in paths.items():
        assert office.wrong_results(path, counted[path]) == []
        assert table_of(counted[path]) == table_on_screen(anna, year)
    assert table_of(counted[paths[2020]])[-2][1:5] == ["286", "144", "50,3\xa0%", "−142"]
    printed = office.to_pdf([paths[2020]], tmp_path / "out")[paths[2020]]
    # the form; who is counted; who is not; two pages of how it was counted
    assert office.pdf_pages(printed) == [(842, 595)] * 5
    assert "31.3%" in office.pdf_text(printed)[0].replace(",", ".")  # 5 of 16 is 31.25
    assert "ИТОГО по приказу" in office.pdf_text(printed)[0]
    assert "(подпись)" in office.pdf_text(printed)[0]


def test_the_workbook_says_how_it_was_counted_and_holds_no_name(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), writing():
        enter_people()
    path = tmp_path / "coverage.xlsx"
    with app.app_context():
        path.write_bytes(book(2020))
        basis = district_coverage(1, 2020, TODAY).basis
    sheets = load_workbook(path)
    words = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    for rule in rules.what_counts(basis, USUAL):
        assert rule.sentence.replace("\xa0", " ") in words
    assert not [word for word in words if "Ландышев" in word]
    assert "к отчёту об исполнении приказа от 23.09.2020 № 428" in words
    assert "из них нет данных: СОШ №2, план 35" in " ".join(words)
