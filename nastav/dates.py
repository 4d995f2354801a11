"""School years, plan years, deadlines, and the two clocks: the calendar date and the real time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nastav import unit

DEFAULT_ZONE: Final = "Europe/Moscow"
LEEWAY: Final = timedelta(
    minutes=5
)  # clocks are set right by a little; further ahead a clock was wrong
ALWAYS: Final = date(1900, 1, 1)  # earlier, and later, than any day somebody enters
NEVER: Final = date(9999, 12, 31)
JUNE: Final = 6
AUGUST: Final = 8
_SEPTEMBER: Final = 9


class BadZone(ValueError):
    """A time zone nobody knows; the text says in Russian how to mend it."""


@dataclass
class Clock:
    """Where the district lives, and the date it takes for today if that is not the real one.

    `moment` stops both clocks: the demo lets its people work on days that are over.
    """

    zone: ZoneInfo
    fixed: date | None = None
    moment: datetime | None = None


_clock: Final = Clock(ZoneInfo(DEFAULT_ZONE))


def configure(zone: str = DEFAULT_ZONE, fixed: date | None = None) -> None:
    """Set the zone and the date taken for today (None: the real one), once, when the site starts.

    Raises BadZone, and then changes nothing.
    """
    try:
        found = ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        message = f"Часового пояса «{zone}» нет. Укажите название, например {DEFAULT_ZONE}"
        raise BadZone(message) from error
    _clock.zone, _clock.fixed = found, fixed


def zone() -> ZoneInfo:
    """Return the configured zone, for showing moments."""
    return _clock.zone


def is_fixed() -> bool:
    """Return whether today's date is set by hand, which every page must say."""
    return _clock.fixed is not None


def today() -> date:
    """Return the date in the configured zone, or the fixed one: for deadlines and counting."""
    if _clock.fixed and not _clock.moment:
        return _clock.fixed
    return real_today()


def real_today() -> date:
    """Return the real date in the configured zone, whatever date is fixed."""
    return clock().astimezone(_clock.zone).date()


def clock() -> datetime:
    """Return the real time, aware, in UTC, for what no answer shows."""
    return _clock.moment or datetime.now(UTC)


def now() -> datetime:
    """Return the real time, aware, in UTC, whatever date is fixed: for sign-ins, journal.

    An answer that asks for it is not kept for the next time.
    """
    unit.for_once("the clock")
    return clock()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop both clocks at an aware moment for a block: the demo alone does, no server ever."""
    before, _clock.moment = _clock.moment, moment
    try:
        yield
    finally:
        _clock.moment = before


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Tell whether a stored moment is one that the clock gave when it was wrong: over 5 minutes ahead."""
    return moment > now + LEEWAY


def is_within(span: timedelta, moment: datetime, now: datetime) -> bool:
    """Tell whether a stored moment is at most so long ago; one that is ahead is not."""
    return not is_ahead(moment, now) and now - moment <= span


def local(when: datetime) -> datetime:
    """Return an aware moment in the configured zone. Raises ValueError for a naive one."""
    if when.utcoffset() is None:
        raise ValueError("local() needs an aware datetime")
    return when.astimezone(_clock.zone)


def cycle_of(day: date) -> int:
    """Return the first year of the school year (1 September – 31 August) that contains the day."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def cycle_bounds(first_year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year, both in it."""
    return date(first_year, _SEPTEMBER, 1), date(first_year + 1, 8, 31)


def plan_year_bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day of a plan year, which is a calendar year, both in it."""
    return date(year, 1, 1), date(year, 12, 31)


def shift_years(day: date, years: int) -> date:
    """Return the same date whole years later (or earlier); 29 February becomes 28 where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def days_overdue(due: date, today: date) -> int:
    """Return whole days past a deadline; 0 up to the deadline itself, which is inclusive."""
    return max(0, (today - due).days)


def local_now() -> datetime:
    """Return the real moment as a wall clock of the district shows it, without a zone: for workbooks."""
    return local(now()).replace(tzinfo=None)
