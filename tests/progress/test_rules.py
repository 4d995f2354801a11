"""Counting many days from one list, and the pace, by examples worked out by hand."""

from datetime import date, timedelta

import pytest

from nastav.people.models import Kind, Part
from nastav.progress import rules
from nastav.progress.figures import Pace, Week
from nastav.progress.rules import Counts, Load, Stay

FIRST, APRIL, DECEMBER = date(2026, 1, 1), date(2026, 4, 1), date(2026, 12, 31)


def stay(person: int, school: int, begin: date, last: date, pair: int = 1, **more: str) -> Stay:
    part, kind = more.get("part", Part.MENTEE), more.get("kind", Kind.PUPIL)
    return Stay(person, school, pair, begin.toordinal(), begin, begin, last, part, kind, 1)


def test_a_child_counts_each_day_in_the_school_of_the_last_day_up_to_it() -> None:
    long = stay(1, 10, date(2025, 9, 1), date(2026, 8, 31))
    short = stay(1, 20, date(2026, 2, 1), date(2026, 6, 30))
    counted = rules.count([long, short], FIRST, [FIRST, APRIL, DECEMBER])
    # in April both go on and the one begun later holds; in December the first ended later
    assert counted.of(10) == [Counts(1, 1), Counts(0, 0), Counts(1, 1)]
    assert counted.of(20) == [Counts(0, 0), Counts(1, 1), Counts(0, 0)]
    assert counted.school_of == {1: 10}
    assert counted.sums([10, 20]) == [Counts(1, 1)] * 3


def test_leaving_lowers_nothing_and_last_year_alone_counts_nothing() -> None:
    left = stay(1, 10, date(2026, 3, 1), date(2026, 3, 2))
    before = stay(2, 10, date(2025, 9, 1), date(2025, 12, 31))
    counted = rules.count([left, before], FIRST, [FIRST, APRIL, DECEMBER])
    assert counted.of(10) == [Counts(0, 0), Counts(1, 0), Counts(1, 0)]
    assert counted.of(99) == [Counts(0, 0)] * 3


def test_where_meetings_count_a_child_counts_from_the_first_one() -> None:
    carried = stay(1, 10, date(2025, 9, 1), date(2026, 8, 31))
    never = stay(2, 10, date(2026, 2, 1), date(2026, 8, 31))
    counted = rules.count([carried, never], FIRST, [FIRST, APRIL], {1: APRIL})
    assert counted.of(10) == [Counts(0, 0), Counts(1, 1)]


def test_weeks_begin_on_1_january_and_end_on_the_day_asked_for() -> None:
    assert rules.week_days(FIRST, FIRST) == [FIRST]
    assert rules.week_days(FIRST, date(2026, 1, 10)) == [
        FIRST, date(2026, 1, 8), date(2026, 1, 10),
    ]  # fmt: skip
    assert rules.week_days(FIRST, date(2026, 1, 8)) == [FIRST, date(2026, 1, 8)]


@pytest.mark.parametrize(
    ("total", "before", "on", "target", "expected"),
    [
        # 302 in 28 days, 32 days left: 1572 + 302 × 32 / 28 = 1917
        (1572, 1270, date(2026, 11, 29), 1995, Pace(302, 1920)),
        (1572, 1270, date(2026, 11, 29), None, Pace(302, 1920)),
        (1572, 1572, date(2026, 11, 29), 1995, Pace(0, None)),  # nothing was added
        (1572, 1580, date(2026, 11, 29), 1995, Pace(-8, None)),
        (1995, 1600, date(2026, 11, 29), 1995, Pace(395, None)),  # the plan is met
        (1572, 1270, DECEMBER, 1995, Pace(302, None)),  # the year is over
        (1572, None, date(2026, 1, 20), 1995, None),  # not yet 28 days of it
        (3, 0, date(2026, 12, 30), 40, Pace(3, 3)),  # never under what there is
    ],
)
def test_a_pace_is_carried_on_only_where_it_says_something(
    total: int, before: int | None, on: date, target: int | None, expected: Pace | None
) -> None:
    weeks = [Week(on - timedelta(7), 0, 0), Week(on, total, 0)]
    assert rules.pace(weeks, before, DECEMBER, target) == expected
    assert rules.pace([], before, DECEMBER, target) is None


def test_free_places_are_what_the_mentors_limits_leave() -> None:
    loads = [Load(10, 3, 8), Load(10, 9, 8), Load(20, 0, 0)]
    assert rules.free_places(loads) == {10: 5, 20: 0}


def test_a_mentor_leads_each_mentee_once_and_only_on_the_day() -> None:
    mentor = {"part": Part.MENTOR}
    september = date(2026, 9, 1)
    stays = [
        stay(1, 10, september, DECEMBER, pair=1, **mentor),
        stay(1, 10, september, DECEMBER, pair=2, **mentor),
        stay(2, 10, september, DECEMBER, pair=1),
        stay(2, 10, september, DECEMBER, pair=2),
        stay(3, 10, september, DECEMBER, pair=2),
        stay(4, 10, september, date(2026, 9, 30), pair=2),
    ]
    assert rules.leads(stays, date(2026, 10, 1)) == {(10, 1): 2}
    assert rules.leads(stays, date(2026, 9, 30)) == {(10, 1): 3}
