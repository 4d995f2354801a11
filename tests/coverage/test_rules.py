"""The rules of counting, one sentence of `coverage/rules.py` after another."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from nastav.coverage.figures import DistrictCoverage, Verdict
from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.pairs.models import PairState
from nastav.people.models import Kind, Part
from tests.support.people import add_group, add_member, add_pair, add_person, enter, member

TODAY = date(2020, 12, 9)
OCTOBER, NOVEMBER = date(2020, 10, 1), date(2020, 11, 1)


@pytest.fixture
def schools(app: Flask) -> Iterator[list[int]]:
    """Return ids of the schools; everything a test enters is forgotten after it."""
    with app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)]
        db.session.rollback()


def covered(school: int, year: int = 2020, on: date = TODAY) -> tuple[int | None, int | None]:
    """Return (mentees, mentors) in pairs of a school."""
    row = school_coverage(school, year, on)
    return row.mentees.in_pair, row.mentors.in_pair


def district(on: date = TODAY, year: int = 2020) -> DistrictCoverage:
    return coverage_by_school(1, year, on)


def test_a_child_in_two_pairs_is_one_child(schools: list[int]) -> None:
    child = add_person(schools[0])
    for _ in range(2):
        add_pair(schools[0], add_person(schools[0], part=Part.MENTOR), [child])
    assert covered(schools[0]) == (1, 2)


def test_a_mentor_of_two_pairs_is_one_mentor(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR)
    for _ in range(2):
        add_pair(schools[0], mentor, [add_person(schools[0])])
    assert covered(schools[0]) == (2, 1)


def test_a_child_who_is_mentor_and_mentee_counts_once_in_each(schools: list[int]) -> None:
    both = add_person(schools[0], part=Part.MENTEE, grade=9)
    enter(both, schools[0], part=Part.MENTOR)
    add_pair(schools[0], both, [add_person(schools[0])])
    add_pair(schools[0], add_person(schools[0], part=Part.MENTOR), [both])
    assert covered(schools[0]) == (2, 2)


def test_a_pair_over_new_year_counts_in_both_years(schools: list[int]) -> None:
    add_group(schools[0], 1, started=date(2020, 12, 31))
    in_january = date(2021, 1, 1)
    assert covered(schools[0], 2020, in_january) == (1, 1)
    assert covered(schools[0], 2021, in_january) == (1, 1)
    assert covered(schools[0], 2021, date(2020, 12, 31)) == (None, None)


def test_a_pair_ended_on_31_december_counts_in_its_year_only(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    add_pair(schools[0], mentor, [child], ended=date(2020, 12, 31))
    assert covered(schools[0], 2020, date(2021, 5, 1)) == (1, 1)
    assert covered(schools[0], 2021, date(2021, 5, 1)) == (0, 0)


def test_a_teacher_who_mentors_is_shown_apart(schools: list[int]) -> None:
    teacher = add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER)
    add_pair(schools[0], teacher, [add_person(schools[0])])
    row = school_coverage(schools[0], 2020, TODAY)
    assert (row.mentors.in_pair, row.mentors.in_register) == (0, 0)
    assert row.mentors.exceptions == {Verdict.OTHER_ADULT: 1}
    assert row.mentees.in_pair == 1


def test_a_young_teacher_with_a_mentor_is_shown_apart(schools: list[int]) -> None:
    young = add_person(schools[0], kind=Kind.TEACHER)
    add_pair(schools[0], add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER), [young])
    row = school_coverage(schools[0], 2020, TODAY)
    assert (row.mentees.in_pair, row.mentees.in_register) == (0, 0)
    assert row.mentees.exceptions == {Verdict.YOUNG_TEACHER: 1}
    assert row.mentors.exceptions == {Verdict.OTHER_ADULT: 1}


def test_a_draft_counts_nowhere(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    add_pair(schools[0], mentor, [child], state=PairState.DRAFT)
    assert covered(schools[0]) == (0, 0)
    assert school_coverage(schools[0], 2020, TODAY).mentees.in_register == 1


@pytest.mark.parametrize("state", [PairState.ACTIVE, PairState.PAUSED, PairState.CLOSED])
def test_a_pair_counts_whether_it_works_is_paused_or_closed(
    schools: list[int], state: PairState
) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    ended = NOVEMBER if state is PairState.CLOSED else None
    add_pair(schools[0], mentor, [child], ended=ended, state=state)
    assert covered(schools[0]) == (1, 1)


def test_a_planned_end_is_not_an_end(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    add_pair(schools[0], mentor, [child], planned_end=date(2020, 12, 31))
    assert covered(schools[0], 2021, date(2021, 2, 1)) == (1, 1)


@pytest.mark.parametrize(
    ("on", "children"),
    [(date(2020, 10, 31), 0), (NOVEMBER, 1), (date(2020, 11, 2), 1), (TODAY, 1)],
)
def test_a_past_date_is_counted_by_the_days_and_the_first_day_counts(
    schools: list[int], on: date, children: int
) -> None:
    add_group(schools[0], 1, started=NOVEMBER, joined=OCTOBER)
    assert covered(schools[0], on=on) == (children, children)


def test_leaving_a_pair_never_lowers_the_year(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    pair = add_pair(schools[0], mentor, [child])
    member(pair, child).left = NOVEMBER
    db.session.flush()
    assert covered(schools[0]) == (1, 1)
    assert covered(schools[0], 2021, date(2021, 1, 9)) == (0, 0)


def test_a_member_counts_by_own_days_within_the_pairs(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    pair = add_pair(schools[0], mentor, [], started=OCTOBER, ended=NOVEMBER)
    add_member(pair, child, Part.MENTEE, date(2020, 11, 2))  # the day after the pair ended
    assert covered(schools[0]) == (0, 0)


def test_a_pair_of_one_day_counts(schools: list[int]) -> None:
    mentor, child = add_person(schools[0], part=Part.MENTOR), add_person(schools[0])
    add_pair(schools[0], mentor, [child], started=TODAY, ended=TODAY)
    assert covered(schools[0]) == (1, 1)
    assert covered(schools[0], on=date(2020, 12, 8)) == (0, 0)


def test_a_child_entered_by_mistake_counts_nowhere(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR)
    wrong = add_person(schools[0], is_mistake=True)
    add_pair(schools[0], mentor, [wrong])
    row = school_coverage(schools[0], 2020, TODAY)
    assert (row.mentees.in_pair, row.mentees.in_register, row.mentors.in_pair) == (0, 0, 0)


def test_a_child_who_left_the_school_is_out_of_a_pair_nobody_closed(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR)
    gone = add_person(schools[0], left=NOVEMBER)
    add_pair(schools[0], mentor, [gone])
    assert covered(schools[0]) == (1, 1)
    assert covered(schools[0], 2021, date(2021, 1, 9)) == (0, 0)


def moved_child(schools: list[int], first_pair_ended: date | None) -> None:
    """A child of the first school, in a pair of the second since November."""
    child = add_person(schools[0])
    enter(child, schools[1], joined=NOVEMBER)
    mentors = [add_person(school, part=Part.MENTOR) for school in schools[:2]]
    add_pair(schools[0], mentors[0], [child], started=OCTOBER, ended=first_pair_ended)
    add_pair(schools[1], mentors[1], [child], started=NOVEMBER, ended=date(2020, 11, 20))


def test_a_child_who_moved_counts_in_the_school_of_the_last_day(schools: list[int]) -> None:
    moved_child(schools, first_pair_ended=date(2020, 10, 31))
    assert (covered(schools[0])[0], covered(schools[1])[0]) == (0, 1)
    assert district().mentees.in_pair == 1
    before = date(2020, 10, 31)
    assert (covered(schools[0], on=before)[0], covered(schools[1], on=before)[0]) == (1, 0)


def test_a_later_last_day_holds_over_a_later_beginning(schools: list[int]) -> None:
    moved_child(schools, first_pair_ended=date(2020, 11, 21))
    assert (covered(schools[0])[0], covered(schools[1])[0]) == (1, 0)


def test_of_two_pairs_that_end_on_one_day_the_later_begun_holds(schools: list[int]) -> None:
    moved_child(schools, first_pair_ended=date(2020, 11, 20))
    assert (covered(schools[0])[0], covered(schools[1])[0]) == (0, 1)


def test_no_data_is_not_zero(schools: list[int]) -> None:
    add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER)
    add_person(schools[1], is_mistake=True)
    first, second, *_ = district().schools
    assert (first.has_data, first.mentees.actual, first.mentees.gap) == (True, 0, -68)
    assert (second.has_data, second.mentees.actual, second.mentees.gap) == (False, None, None)
    assert second.mentees.missing is None  # «—» in its row, but nobody is there:
    assert second.mentees.shortfall == 35  # the whole plan is missing in the district's gaps
    assert len(district().without_data) == 12


def test_sums_leave_out_schools_without_data_but_not_their_plan(schools: list[int]) -> None:
    add_group(schools[0], 3)
    sums = district()
    assert (sums.mentees.actual, sums.mentees.target, sums.mentees.gap) == (3, 286, -283)
    assert sums.printed(Part.MENTEE).target == 285


def test_a_district_without_people_has_no_fact_at_all(schools: list[int]) -> None:
    assert district().mentees.actual is None
    assert district().mentees.percent == "—"


def test_one_name_in_two_schools_is_a_suspected_double(schools: list[int]) -> None:
    add_person(schools[0], "Ландышева Мария")
    add_person(schools[1], "Ландышева Мария")
    add_person(schools[0], "Пёстрова Нина")
    add_person(schools[2], "Пестрова Нина")
    add_person(schools[2], "Лютикова Ольга")
    add_person(schools[2], "Лютикова Ольга")  # namesakes of one school
    add_person(schools[3], "Мятлева Инна", kind=Kind.TEACHER)
    add_person(schools[4], "Мятлева Инна", kind=Kind.TEACHER)
    assert district().doubles == 2


def test_a_child_known_to_have_moved_is_no_double(schools: list[int]) -> None:
    child = add_person(schools[0], left=date(2020, 10, 31))
    enter(child, schools[1], joined=NOVEMBER)
    assert district().doubles == 0
    assert [row.mentees.in_register for row in district().schools[:2]] == [0, 1]
