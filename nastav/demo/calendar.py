"""The days on which schools work and pupils come: nobody enters anything on a Sunday."""

from datetime import date, timedelta
from functools import cache

# month and day, both included: days off of the whole country, then holidays of pupils
DAYS_OFF = (
    ((1, 1), (1, 8)),
    ((2, 23), (2, 23)),
    ((3, 8), (3, 8)),
    ((5, 1), (5, 1)),
    ((5, 9), (5, 9)),
    ((6, 12), (6, 12)),
    ((11, 4), (11, 4)),
)
HOLIDAYS = (((10, 28), (11, 4)), ((12, 29), (12, 31)), ((1, 1), (1, 10)), ((3, 24), (3, 31)))
SUMMER = (6, 7, 8)
FRIDAY = 4
ONE = timedelta(days=1)


@cache
def is_workday(day: date) -> bool:
    """Tell whether a school's office works on a day."""
    return day.weekday() <= FRIDAY and not _within(day, DAYS_OFF)


@cache
def is_school_day(day: date) -> bool:
    """Tell whether there are lessons on a day."""
    return is_workday(day) and day.month not in SUMMER and not _within(day, HOLIDAYS)


def _within(day: date, spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...]) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in spans)


@cache
def workday(day: date) -> date:
    """Return the first day of work from a day on."""
    while not is_workday(day):
        day += ONE
    return day


@cache
def workday_before(day: date) -> date:
    """Return the last day of work up to a day, that day included."""
    while not is_workday(day):
        day -= ONE
    return day


def school_day(day: date) -> date:
    """Return the first day of lessons from a day on."""
    while not is_school_day(day):
        day += ONE
    return day


def friday(day: date) -> date:
    """Return the Friday of a day's week."""
    return day + timedelta(days=FRIDAY - day.weekday())
