"""When a school year may be closed, and the day its report is kept on; pure, no database."""

from datetime import date
from enum import StrEnum
from typing import Final

from nastav import dates

JUNE: Final = 6  # lessons are over: from its first day a year may be closed


class Moment(StrEnum):
    """How far a school year has come."""

    TOO_EARLY = "too_early"  # lessons go on: it cannot be closed
    EARLY = "early"  # it lasts to 31 August: whoever closes it confirms that
    OVER = "over"


def moment(first_year: int, today: date) -> Moment:
    """Return how far a school year has come on a day."""
    if today < closes_from(first_year):
        return Moment.TOO_EARLY
    return Moment.EARLY if today <= dates.cycle_bounds(first_year)[1] else Moment.OVER


def closes_from(first_year: int) -> date:
    """Return the first day on which a school year may be closed."""
    return date(first_year + 1, JUNE, 1)


def report_day(first_year: int, today: date, order_date: date) -> date | None:
    """Return the day of the report that closing keeps: 31 August, or today if that is earlier.

    None: the year was over before there was an order to report on.
    """
    day = min(dates.cycle_bounds(first_year)[1], today)
    return day if day >= order_date else None
