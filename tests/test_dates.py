"""School years, plan years, deadlines, and the two clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav import dates

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
relaxed = settings(deadline=None, max_examples=200)  # a slow machine is not a fault


@pytest.fixture(autouse=True)
def _usual_clock() -> Iterator[None]:
    before = dates.zone().key, dates.today() if dates.is_fixed() else None
    dates.configure("Europe/Moscow", None)
    yield
    dates.configure(*before)


@time_machine.travel(datetime(2020, 12, 9, 21, 30, tzinfo=UTC), tick=False)
def test_today_begins_at_midnight_of_the_configured_zone() -> None:
    assert dates.today() == date(2020, 12, 10)
    dates.configure("Asia/Vladivostok", None)
    assert dates.today() == date(2020, 12, 10)
    dates.configure("Europe/London", None)
    assert dates.today() == date(2020, 12, 9)
    assert dates.zone().key == "Europe/London"


@time_machine.travel(datetime(2026, 3, 1, 8, 0, tzinfo=UTC), tick=False)
def test_a_fixed_date_moves_the_calendar_and_never_the_clock() -> None:
    dates.configure("Europe/Moscow", date(2020, 12, 9))
    assert dates.is_fixed()
    assert dates.today() == date(2020, 12, 9)
    assert dates.now() == datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert dates.now().tzinfo is UTC
    dates.configure("Europe/Moscow", None)
    assert not dates.is_fixed()
    assert dates.today() == date(2026, 3, 1)


@pytest.mark.parametrize("name", ["Москва", "Europe/Moskow", "", "../etc/passwd", "/etc/localtime"])
def test_an_unknown_zone_is_refused_and_changes_nothing(name: str) -> None:
    with pytest.raises(dates.BadZone, match="Укажите название, например Europe/Moscow"):
        dates.configure(name, date(2020, 12, 9))
    assert dates.zone().key == "Europe/Moscow"
    assert not dates.is_fixed()


def test_a_moment_is_shown_in_the_configured_zone() -> None:
    there = dates.local(datetime(2020, 12, 9, 21, 5, tzinfo=UTC))
    assert (there.day, there.hour, there.minute) == (10, 0, 5)
    assert there == datetime(2020, 12, 9, 21, 5, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        dates.local(datetime(2020, 12, 9, 14, 5))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    ("day", "first_year"),
    [
        (date(2020, 8, 31), 2019),
        (date(2020, 9, 1), 2020),
        (date(2020, 12, 31), 2020),
        (date(2021, 1, 1), 2020),
        (date(2021, 8, 31), 2020),
    ],
)
def test_a_school_year_turns_on_1_september(day: date, first_year: int) -> None:
    assert dates.cycle_of(day) == first_year


@relaxed
@given(DAYS)
def test_every_day_lies_in_exactly_one_school_year(day: date) -> None:
    year = dates.cycle_of(day)
    first, last = dates.cycle_bounds(year)
    assert first <= day <= last
    assert last + timedelta(days=1) == dates.cycle_bounds(year + 1)[0]
    assert (first.day, first.month, last.day, last.month) == (1, 9, 31, 8)


def test_a_plan_year_is_a_calendar_year_with_both_its_ends() -> None:
    assert dates.plan_year_bounds(2020) == (date(2020, 1, 1), date(2020, 12, 31))


def test_a_deadline_is_shifted_by_whole_years() -> None:
    assert dates.shift_years(date(2020, 11, 30), 6) == date(2026, 11, 30)
    assert dates.shift_years(date(2020, 11, 30), -1) == date(2019, 11, 30)
    assert dates.shift_years(date(2020, 2, 29), 4) == date(2024, 2, 29)
    assert dates.shift_years(date(2020, 2, 29), 1) == date(2021, 2, 28)


def test_a_shift_beyond_the_calendar_is_an_error_and_not_another_day() -> None:
    with pytest.raises(ValueError, match="year"):
        dates.shift_years(date(2020, 11, 30), 9000)


@relaxed
@given(DAYS, st.integers(-50, 50))
def test_a_shifted_day_keeps_its_month_and_its_day_but_for_29_february(day: date, n: int) -> None:
    shifted = dates.shift_years(day, n)
    leap_lost = (day.month, day.day, shifted.day) == (2, 29, 28)
    assert (shifted.year, shifted.month) == (day.year + n, day.month)
    assert leap_lost or shifted.day == day.day


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        (date(2020, 12, 7), 0),
        (date(2020, 12, 9), 0),
        (date(2020, 12, 10), 0),
        (date(2020, 12, 11), 1),
        (date(2021, 1, 10), 31),
    ],
)
def test_a_deadline_includes_its_own_day(today: date, overdue: int) -> None:
    assert dates.days_overdue(date(2020, 12, 10), today) == overdue
