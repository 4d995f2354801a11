"""«Встречались хотя бы раз»: one figure on the screen, behind it, in Excel, and against the plan."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db, writing
from nastav.district.models import District
from nastav.pairs.models import Pair
from nastav.people.models import Part
from tests.coverage.test_sheet import TODAY, book, table_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_pair, add_person, member


def group(school_id: int, met: int, size: int, day: date = date(2020, 12, 1)) -> Pair:
    """Add a group with one meeting, at which so many of its mentees were."""
    mentor = add_person(school_id, part=Part.MENTOR, grade=10)
    mentees = [add_person(school_id, f"Ландышева Анна{at}") for at in range(size)]
    pair = add_pair(school_id, mentor, mentees)
    add_meeting(pair, day, [member(pair, person) for person in (mentor, *mentees[:met])])
    return pair


@pytest.fixture
def five(app: Flask, cast: Cast) -> Cast:
    """Put a group of five into Борис's school; three of them were at a meeting."""
    with app.app_context(), writing():
        group(cast.boris_school, met=3, size=5)
    return cast


def compare_met(app: Flask) -> None:
    with app.app_context(), writing():
        db.session.get_one(District, 1).coverage_basis = "met"


def cells_of_boris(anna: PageClient) -> list[str]:
    """Return the cells of «в парах, встречались, в базе» of СОШ №5, mentees."""
    for row in soup(anna.get("/districts/1/coverage/2020/counted")).select("tbody tr"):
        if row.select_one("th").get_text() == "СОШ №5":
            return [cell.get_text(strip=True) for cell in row.select("td.number")[:3]]
    raise AssertionError("no row")


def test_the_three_counts_stand_side_by_side(five: Cast, anna: PageClient) -> None:
    assert cells_of_boris(anna) == ["5", "3", "5"]


def test_the_school_reads_it_too(five: Cast, boris: PageClient) -> None:
    said = text_of(boris.get(f"/schools/{five.boris_school}/coverage/2020"))
    assert "в парах 5, встречались хотя бы раз 3, в базе 5" in said


def test_compared_with_the_plan_it_is_the_fact_everywhere(
    app: Flask, five: Cast, anna: PageClient, boris: PageClient, tmp_path: Path
) -> None:
    compare_met(app)
    page = anna.get("/districts/1/coverage/2020")
    assert "(с хотя бы одной встречей)" in text_of(page)
    link = soup(page).select_one(f'a[href*="/coverage/2020/{five.boris_school}?part=mentee"]')
    assert link.get_text() == "3"
    assert "Всего: 3." in text_of(anna.get(str(link["href"])))
    own = f"/schools/{five.boris_school}/coverage/2020/people?part=mentee"
    assert len(soup(boris.get(own)).select("tbody tr")) == 3
    path = tmp_path / "coverage.xlsx"
    with app.app_context():
        path.write_bytes(book(2020))
    facts = {row[0]: row[2] for row in table_of(path)}
    assert facts["СОШ №5"] == "3"
    words = [str(cell.value) for row in load_workbook(path)["Как считалось"] for cell in row]
    assert any("были хотя бы на одной встрече" in text for text in words)


def test_the_workbook_has_a_sheet_of_the_three_counts(
    app: Flask, five: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "coverage.xlsx"
    with app.app_context():
        path.write_bytes(book(2020))
    rows = {row[0]: row[1:] for row in table_of(path, "Кто посчитан")}
    assert rows["СОШ №5"] == ["5", "3", "5", "1", "1", "1"]
    assert rows["СОШ №1"] == ["нет данных"] * 6


def test_a_past_day_knows_only_meetings_up_to_it(app: Flask, five: Cast) -> None:
    with app.app_context():
        counts = [
            school_coverage(five.boris_school, 2020, date(2020, month, day)).mentees.met
            for month, day in ((11, 30), (12, 1))
        ]
    assert counts == [0, 3]


def test_a_meeting_of_last_year_does_not_count_in_this_one(app: Flask, five: Cast) -> None:
    with app.app_context():
        figure = school_coverage(five.boris_school, 2021, date(2021, 2, 1)).mentees
    assert (figure.in_pair, figure.met) == (5, 0)


def test_the_district_sums_distinct_children(app: Flask, five: Cast) -> None:
    with app.app_context(), writing():
        group(five.vera_school, met=2, size=2)
    with app.app_context():
        whole = coverage_by_school(1, 2020, TODAY)
    assert (whole.mentees.met, whole.mentors.met) == (5, 2)
