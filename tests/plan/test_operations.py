"""Opening a plan year and filling it by percentages."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask

from nastav.access import Actor
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.plan import queries
from nastav.plan.models import PlanTarget
from nastav.plan.operations import NewYear, YearOpen, open_year
from nastav.plan.rules import part_of

ACTOR = Actor.system("тест")


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context(), write_mode():
        yield
        db.session.rollback()


def opened(
    year: int, mentees: str | None, mentors: str | None = None
) -> list[queries.SchoolTarget]:
    percents = [None if text is None else Decimal(text) for text in (mentees, mentors)]
    open_year(ACTOR, 1, districts.schools(1), NewYear(year, *percents))
    return queries.targets(1, year)


@pytest.mark.parametrize(
    ("base", "percent", "people"),
    [
        (95, "10", 10),  # 9.5: half up
        (58, "25", 15),  # 14.5
        (42, "10", 4),  # 4.2
        (436, "25", 109),
        (121, "12.5", 15),  # 15.125
        (0, "70", 0),
    ],
)
def test_a_cell_is_pupils_by_percent_rounded_half_up(base: int, percent: str, people: int) -> None:
    assert part_of(base, Decimal(percent)) == people


def test_nothing_known_gives_an_empty_cell() -> None:
    assert part_of(None, Decimal(70)) is None
    assert part_of(676, None) is None


@pytest.mark.parametrize(("year", "percent"), [(2020, "10"), (2022, "40"), (2024, "70")])
def test_filling_gives_the_cells_the_order_prints(year: int, percent: str) -> None:
    printed = [row.mentees for row in queries.targets(1, year)]
    assert [row.mentees for row in opened(2026, percent)] == printed


def test_mentors_stay_empty_where_the_pupils_of_their_grades_are_unknown() -> None:
    assert {row.mentors for row in opened(2026, "70", "10")} == {None}


def test_mentors_are_filled_where_their_pupils_are_known() -> None:
    target = db.session.query(PlanTarget).filter_by(year=2024).first()
    assert target is not None
    target.mentor_base = 45
    db.session.flush()
    filled = {row.school_id: row.mentors for row in opened(2026, None, "10")}
    assert filled.pop(target.school_id) == 5
    assert set(filled.values()) == {None}


def test_a_year_without_percentages_is_empty_and_keeps_the_pupils() -> None:
    rows = opened(2026, None)
    assert {row.mentees for row in rows} == {None}
    assert sum(row.mentee_base or 0 for row in rows) == 2852


def test_an_opened_year_has_no_printed_totals() -> None:
    opened(2026, "70")
    plan = queries.years(1)[-1]
    assert (plan.year, plan.printed_mentees, plan.printed_mentors) == (2026, None, None)
    assert sum(row.mentees or 0 for row in queries.targets(1, 2026)) == 1995


def test_a_year_is_opened_once() -> None:
    with pytest.raises(YearOpen):
        opened(2020, None)
