"""The plan as counting reads it: all 130 cells, the sums and the totals as the order prints them."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from nastav.coverage.queries import coverage_by_school
from nastav.orders.loader import default_path
from nastav.people.models import Part

TODAY = date(2020, 12, 9)
YEARS = [2020, 2021, 2022, 2023, 2024]
# as printed in appendix 1, typed here by hand: year → mentees, mentors of СОШ №1, 2, 4–14
MENTEES = {
    2020: [68, 35, 32, 44, 16, 11, 12, 10, 6, 4, 21, 21, 6],
    2021: [169, 88, 81, 109, 41, 28, 30, 24, 15, 11, 52, 52, 15],
    2022: [270, 141, 129, 174, 65, 45, 48, 38, 23, 17, 82, 84, 24],
    2023: [372, 194, 177, 240, 89, 62, 67, 52, 32, 23, 113, 115, 33],
    2024: [473, 247, 225, 305, 113, 78, 85, 67, 41, 29, 144, 146, 42],
}
MENTORS = {
    2020: [4, 2, 2, 2, 1, 1, 1, 1, 0, 0, 1, 1, 0],
    2021: [9, 5, 4, 5, 3, 1, 1, 1, 1, 0, 3, 2, 1],
    2022: [13, 7, 6, 7, 4, 2, 2, 2, 1, 1, 4, 3, 1],
    2023: [18, 9, 8, 9, 5, 2, 2, 2, 2, 1, 5, 4, 2],
    2024: [22, 12, 10, 12, 7, 3, 3, 3, 2, 1, 6, 5, 2],
}
SUMS = {2020: (286, 16), 2021: (715, 36), 2022: (1140, 53), 2023: (1569, 69), 2024: (1995, 88)}
PRINTED = {2020: (285, 17), 2021: (713, 34), 2022: (1141, 51), 2023: (1569, 70), 2024: (1996, 86)}


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.parametrize("year", YEARS)
def test_each_school_has_its_cells_of_the_year(year: int) -> None:
    rows = coverage_by_school(1, year, TODAY).schools
    assert [row.mentees.target for row in rows] == MENTEES[year]
    assert [row.mentors.target for row in rows] == MENTORS[year]


@pytest.mark.parametrize("year", YEARS)
def test_sums_of_cells_stand_beside_the_totals_as_printed(year: int) -> None:
    coverage = coverage_by_school(1, year, TODAY)
    assert (coverage.mentees.target, coverage.mentors.target) == SUMS[year]
    printed = (coverage.printed(Part.MENTEE).target, coverage.printed(Part.MENTOR).target)
    assert printed == PRINTED[year]


def test_schools_stand_in_the_orders_order() -> None:
    names = [row.name for row in coverage_by_school(1, 2020, TODAY).schools]
    assert names == [f"СОШ №{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)]


def test_the_order_file_says_what_is_typed_here() -> None:
    plan = tomllib.loads(Path(default_path()).read_text(encoding="utf-8"))["plan"]
    assert [row["mentees"] for row in plan["schools"]] == [
        list(cells) for cells in zip(*MENTEES.values(), strict=True)
    ]


def test_a_year_without_a_plan_has_no_targets_at_all() -> None:
    coverage = coverage_by_school(1, 2026, TODAY)
    assert not coverage.has_plan
    assert (coverage.mentees.target, coverage.printed_mentees) == (None, None)
