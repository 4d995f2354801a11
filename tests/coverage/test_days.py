"""On which days somebody counts, and where: the edges of the rules of counting, an example each."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.people.models import Part, Person
from tests.support.people import add_meeting, add_member, add_pair, add_person, enter

OCTOBER, NOVEMBER, DECEMBER = date(2020, 10, 1), date(2020, 11, 1), date(2020, 12, 1)
NEW_YEAR = date(2021, 1, 1)


@pytest.fixture
def schools(app: Flask) -> Iterator[list[int]]:
    """Return ids of the schools; everything a test enters is forgotten after it."""
    with app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)]
        db.session.rollback()


def in_pair(school: int, on: date, year: int | None = None) -> int | None:
    return school_coverage(school, year or on.year, on).mentees.in_pair


def child_in_a_pair(
    school: int, mine: tuple[date, date | None], pairs: tuple[date, date | None]
) -> Person:
    """A child in a pair: their own first and last day in it, then the pair's."""
    child, mentor = add_person(school), add_person(school, part=Part.MENTOR)
    pair = add_pair(school, mentor, [], started=pairs[0], ended=pairs[1])
    add_member(pair, child, Part.MENTEE, *mine)
    return child


# --- own days within the pair's -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "pairs"),
    [
        ((OCTOBER, None), (NOVEMBER, None)),  # joined on paper before the pair began
        ((NOVEMBER, None), (OCTOBER, None)),  # joined a pair that went on already
    ],
)
def test_days_begin_with_the_later_of_joining_and_the_pairs_beginning(
    schools: list[int], mine: tuple[date, date | None], pairs: tuple[date, date | None]
) -> None:
    child_in_a_pair(schools[0], mine, pairs)
    assert in_pair(schools[0], date(2020, 10, 31)) == 0
    assert in_pair(schools[0], NOVEMBER) == 1


@pytest.mark.parametrize(
    ("mine", "pairs"),
    [
        ((OCTOBER, DECEMBER), (OCTOBER, date(2021, 2, 1))),  # left before the pair ended
        ((OCTOBER, date(2021, 2, 1)), (OCTOBER, DECEMBER)),  # the pair ended first
    ],
)
def test_days_end_with_the_earlier_of_leaving_and_the_pairs_end(
    schools: list[int], mine: tuple[date, date | None], pairs: tuple[date, date | None]
) -> None:
    child_in_a_pair(schools[0], mine, pairs)
    assert in_pair(schools[0], date(2021, 3, 1), 2020) == 1
    assert in_pair(schools[0], date(2021, 3, 1)) == 0


# --- the first of January -------------------------------------------------------------------------


@pytest.mark.parametrize("has_another_line", [False, True])
def test_a_pair_that_ended_on_the_first_of_january_counts_in_the_new_year(
    schools: list[int], has_another_line: bool
) -> None:
    child = child_in_a_pair(schools[0], (OCTOBER, None), (OCTOBER, NEW_YEAR))
    if has_another_line:  # counted by the other half of the query
        enter(child, schools[1], left=NOVEMBER)
    assert in_pair(schools[0], NEW_YEAR) == 1
    assert in_pair(schools[0], date(2021, 3, 1)) == 1


@pytest.mark.parametrize("has_another_line", [False, True])
def test_who_left_the_register_on_the_first_of_january_stood_in_it_in_the_new_year(
    schools: list[int], has_another_line: bool
) -> None:
    child = add_person(schools[0], left=NEW_YEAR)
    if has_another_line:
        enter(child, schools[1], left=NOVEMBER)
    assert school_coverage(schools[0], 2021, NEW_YEAR).mentees.in_register == 1


def test_a_meeting_on_the_first_of_january_is_of_the_new_year(schools: list[int]) -> None:
    child, mentor = add_person(schools[0]), add_person(schools[0], part=Part.MENTOR)
    pair = add_pair(schools[0], mentor, [])
    add_meeting(pair, NEW_YEAR, [add_member(pair, child, Part.MENTEE, OCTOBER)])
    assert school_coverage(schools[0], 2021, NEW_YEAR).mentees.met == 1
    assert school_coverage(schools[0], 2020, date(2020, 12, 31)).mentees.met == 0


# --- one school a year: that of the last day ------------------------------------------------------

Days = tuple[date, date]


def in_two_schools(schools: list[int], first: Days, second: Days) -> None:
    """A child in a register and a pair of the first school, then of the second, on these days."""
    child = add_person(schools[0], joined=first[0], left=first[1])
    enter(child, schools[1], joined=second[0], left=second[1])
    for school, (started, ended) in zip(schools, (first, second), strict=False):
        add_pair(
            school, add_person(school, part=Part.MENTOR), [child], started=started, ended=ended
        )


def counted(on: date) -> list[tuple[int | None, int | None]]:
    """Return (in a pair, in the register) of the mentees of the first two schools."""
    rows = coverage_by_school(1, on.year, on).schools[:2]
    return [(row.mentees.in_pair, row.mentees.in_register) for row in rows]


IN_THE_FIRST, IN_THE_SECOND = [(1, 1), (0, 0)], [(0, 0), (1, 1)]


def test_a_child_of_two_schools_counts_where_the_last_day_was(schools: list[int]) -> None:
    in_two_schools(schools, (OCTOBER, DECEMBER), (NOVEMBER, date(2020, 11, 20)))
    assert counted(date(2020, 12, 9)) == IN_THE_FIRST


def test_days_after_the_reports_date_do_not_choose_the_school(schools: list[int]) -> None:
    in_two_schools(schools, (OCTOBER, DECEMBER), (NOVEMBER, date(2020, 11, 20)))
    assert counted(date(2020, 11, 15)) == IN_THE_SECOND, "both go on: the later begun"
    assert counted(date(2020, 11, 21)) == IN_THE_FIRST, "the second is over"


def test_of_two_that_ended_on_one_day_the_later_begun_holds(schools: list[int]) -> None:
    in_two_schools(schools, (NOVEMBER, DECEMBER), (OCTOBER, DECEMBER))
    assert counted(date(2020, 12, 9)) == IN_THE_FIRST


def test_of_two_with_the_same_days_the_later_entered_holds(schools: list[int]) -> None:
    in_two_schools(schools, (OCTOBER, DECEMBER), (OCTOBER, DECEMBER))
    assert counted(date(2020, 12, 9)) == IN_THE_SECOND


def test_it_is_the_order_of_entering_that_decides_not_the_schools(schools: list[int]) -> None:
    in_two_schools([schools[1], schools[0]], (OCTOBER, DECEMBER), (OCTOBER, DECEMBER))
    assert counted(date(2020, 12, 9)) == IN_THE_FIRST
