"""Both sides, the end of a school year, grades: each sentence of the rules by an example."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from nastav.coverage import lacking
from nastav.coverage.figures import Figure, Verdict
from nastav.coverage.lacking import State
from nastav.coverage.queries import school_coverage
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.pairs import presence
from nastav.pairs.models import Decision, Pair, PairState
from nastav.people.models import Kind, Part, PersonClass, PersonGroup
from tests.support.people import add_member, add_pair, add_person, enter

OCTOBER, NOVEMBER = date(2020, 10, 1), date(2020, 11, 1)
AUGUST, SEPTEMBER = date(2021, 8, 31), date(2021, 9, 1)


@pytest.fixture
def schools(app: Flask) -> Iterator[list[int]]:
    """Return ids of the schools; everything a test enters is forgotten after it."""
    with app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)]
        db.session.rollback()


def figure(school: int, part: Part, on: date, year: int | None = None) -> Figure:
    return school_coverage(school, year or on.year, on).of(part)


def counted(school: int, on: date, year: int | None = None) -> tuple[int | None, int | None]:
    return tuple(figure(school, part, on, year).in_pair for part in Part)  # type: ignore[return-value]


def a_pair(school: int, **more: date | None) -> Pair:
    mentor = add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    return add_pair(school, mentor, [add_person(school)], OCTOBER, **more)


def leaves(pair: Pair, part: Part, on: date) -> None:
    for member in pair.members:
        if member.part is part:
            member.left = on
    db.session.flush()


# --- both sides -----------------------------------------------------------------------------------


def test_a_mentee_whose_only_mentor_left_is_not_counted_in_the_next_year(
    schools: list[int],
) -> None:
    pair = a_pair(schools[0])
    db.session.refresh(pair, ["members"])
    leaves(pair, Part.MENTOR, date(2020, 12, 31))
    assert figure(schools[0], Part.MENTEE, date(2020, 12, 31)).in_pair == 1
    january = figure(schools[0], Part.MENTEE, date(2021, 1, 9))
    assert (january.in_pair, january.exceptions) == (0, {Verdict.ALONE: 1})
    assert lacking.count_without(schools[0], date(2021, 1, 9))[:2] == (1, 1)


def test_a_pair_closed_without_a_mentor_asks_for_none_from_the_day_of_its_closing(
    schools: list[int],
) -> None:
    closed_on = date(2021, 1, 20)
    pair = a_pair(schools[0], ended=closed_on)
    db.session.refresh(pair, ["members"])
    leaves(pair, Part.MENTOR, date(2020, 12, 31))
    assert lacking.count_without(schools[0], date(2021, 1, 19)).orphaned == 1
    assert lacking.count_without(schools[0], closed_on).orphaned == 0


def test_a_day_on_which_both_leave_counts(schools: list[int]) -> None:
    pair = a_pair(schools[0])
    db.session.refresh(pair, ["members"])
    for part in Part:
        leaves(pair, part, date(2021, 1, 1))
    assert counted(schools[0], date(2021, 1, 1))[0] == 1
    assert presence.in_pair(schools[0], Part.MENTEE, date(2021, 1, 1))
    assert not presence.in_pair(schools[0], Part.MENTEE, date(2021, 1, 2))


@pytest.mark.parametrize(
    ("joins", "on", "children"),
    [
        (date(2020, 12, 31), date(2021, 1, 1), 1),  # the day the other leaves: no gap
        (date(2021, 1, 10), date(2021, 1, 9), 0),  # a gap over New Year
        (date(2021, 1, 10), date(2021, 1, 10), 1),
    ],
)
def test_a_mentor_is_replaced(schools: list[int], joins: date, on: date, children: int) -> None:
    pair = a_pair(schools[0])
    db.session.refresh(pair, ["members"])
    leaves(pair, Part.MENTOR, date(2020, 12, 31))
    after = add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER)
    add_member(pair, after, Part.MENTOR, joins)
    assert figure(schools[0], Part.MENTEE, on).in_pair == children


def test_a_mentor_entered_by_mistake_is_nobody_on_the_other_side(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER, is_mistake=True)
    add_pair(schools[0], mentor, [add_person(schools[0])])
    assert figure(schools[0], Part.MENTEE, NOVEMBER).exceptions == {Verdict.ALONE: 1}


# --- until 31 August ------------------------------------------------------------------------------


def test_an_open_pair_counts_until_31_august_and_then_waits_for_a_decision(
    schools: list[int],
) -> None:
    a_pair(schools[0])
    assert presence.in_pair(schools[0], Part.MENTEE, AUGUST)
    assert not presence.in_pair(schools[0], Part.MENTEE, SEPTEMBER)
    assert figure(schools[0], Part.MENTEE, date(2021, 12, 31)).in_pair == 1
    later = figure(schools[0], Part.MENTEE, date(2022, 3, 1))
    assert (later.in_pair, later.exceptions) == (0, {Verdict.UNDECIDED: 1})
    assert lacking.count_without(schools[0], AUGUST).decision == 0
    assert lacking.count_without(schools[0], SEPTEMBER).decision == 1


def test_who_joins_a_pair_that_counts_no_more_is_not_counted(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER)
    pair = add_pair(schools[0], mentor, [], OCTOBER)
    add_member(pair, add_person(schools[0]), Part.MENTEE, date(2021, 9, 20))
    autumn = figure(schools[0], Part.MENTEE, date(2021, 12, 31))
    assert (autumn.in_pair, autumn.exceptions) == (0, {Verdict.UNDECIDED: 1})


@pytest.mark.parametrize(("last_cycle", "in_autumn"), [(2020, 0), (2021, 1)])
def test_a_pair_begun_in_july_counts_as_the_school_chose(
    schools: list[int], last_cycle: int, in_autumn: int
) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, kind=Kind.TEACHER)
    pair = add_pair(schools[0], mentor, [add_person(schools[0])], date(2021, 7, 10))
    pair.last_cycle = last_cycle
    db.session.flush()
    assert len(presence.in_pair(schools[0], Part.MENTEE, AUGUST)) == 1
    assert len(presence.in_pair(schools[0], Part.MENTEE, SEPTEMBER)) == in_autumn


def test_on_1_september_each_child_is_in_one_of_four_states(schools: list[int]) -> None:
    """In a pair; in one nobody decided of; finished, till 31 August only; in none, alone apart."""
    school = schools[0]
    teacher = add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    names = ("paired", "undecided", "finished", "alone", "without")
    child = {name: add_person(school).id for name in names}
    people = {
        name: db.session.get_one(type(teacher), person_id) for name, person_id in child.items()
    }
    add_pair(school, teacher, [people["paired"]], SEPTEMBER)
    add_pair(school, teacher, [people["undecided"]], OCTOBER)
    done = add_pair(school, teacher, [people["finished"]], OCTOBER, ended=date(2021, 5, 25))
    done.decision = Decision.FINISH
    lonely = add_pair(school, None, [], SEPTEMBER)
    add_member(lonely, people["alone"], Part.MENTEE, SEPTEMBER)
    on_1_september = lacking.states(school, Part.MENTEE, SEPTEMBER)
    assert {name: on_1_september[person_id] for name, person_id in child.items()} == {
        "paired": State.IN_PAIR,
        "undecided": State.UNDECIDED,
        "finished": State.WITHOUT,
        "alone": State.ALONE,
        "without": State.WITHOUT,
    }
    in_august = lacking.states(school, Part.MENTEE, AUGUST)
    assert in_august[child["finished"]] is State.FINISHED
    assert in_august[child["undecided"]] is State.IN_PAIR
    assert lacking.without_pair(school, Part.MENTEE, SEPTEMBER) == {
        child["finished"],
        child["alone"],
        child["without"],
    }


# --- grades ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "children", "verdict"),
    [
        (3, 0, Verdict.TOO_YOUNG),
        (8, 0, Verdict.TOO_YOUNG),
        (9, 1, None),
        (11, 1, None),
        (12, 0, Verdict.TOO_OLD),
        (0, 0, Verdict.NO_CLASS),
    ],
)
def test_pupil_mentors_count_from_grade_9_to_11(
    schools: list[int], grade: int, children: int, verdict: Verdict | None
) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, grade=grade)
    add_pair(schools[0], mentor, [add_person(schools[0], grade=1)])
    mentors = figure(schools[0], Part.MENTOR, NOVEMBER)
    assert (mentors.in_pair, mentors.in_register) == (children, children)
    assert mentors.exceptions == ({verdict: 1} if verdict else {})
    assert figure(schools[0], Part.MENTEE, NOVEMBER).in_pair == 1, "mentees in every grade"


def test_in_summer_a_pupil_is_still_in_the_grade_of_the_school_year(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, grade=8)
    pair = add_pair(schools[0], mentor, [add_person(schools[0])], date(2021, 7, 1))
    assert pair.last_cycle == 2021
    assert figure(schools[0], Part.MENTOR, AUGUST).in_pair == 0
    assert figure(schools[0], Part.MENTOR, SEPTEMBER).in_pair == 1, "in grade 9 by now"


def test_after_a_transfer_the_class_of_the_pairs_school_counts(schools: list[int]) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, grade=8)
    enter(mentor, schools[1], part=Part.MENTOR)
    add_pair(schools[1], mentor, [add_person(schools[1])])
    assert figure(schools[1], Part.MENTOR, NOVEMBER).in_pair == 0, "no class there: the other's"
    entered = PersonClass(person_id=mentor.id, school_id=schools[1], first_year=2020, grade=9)
    db.session.add(entered)
    db.session.flush()
    assert figure(schools[1], Part.MENTOR, NOVEMBER).in_pair == 1


@pytest.mark.parametrize(
    ("age", "on", "children"),
    [
        (15, date(2020, 9, 1), 1),
        (14, date(2020, 9, 1), 0),
        (15, date(2020, 10, 1), 0),  # on 1 September perhaps still 14
        (14, date(2019, 9, 1), 1),
    ],
)
def test_where_no_classes_are_mentors_count_from_15(
    schools: list[int], age: int, on: date, children: int
) -> None:
    mentor = add_person(schools[0], part=Part.MENTOR, grade=0)
    db.session.add(PersonGroup(person_id=mentor.id, school_id=schools[0], age=age, aged_on=on))
    add_pair(schools[0], mentor, [add_person(schools[0])])
    found = figure(schools[0], Part.MENTOR, NOVEMBER)
    assert found.in_pair == children
    assert found.exceptions == ({} if children else {Verdict.UNDER_AGE: 1}), (
        "named by age, not by grade"
    )


def test_a_draft_is_no_pair_to_be_decided_of(schools: list[int]) -> None:
    a_pair(schools[0], state=PairState.DRAFT)  # type: ignore[arg-type]
    assert lacking.count_without(schools[0], SEPTEMBER).decision == 0
