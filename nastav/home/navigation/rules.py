"""When a page that is not always needed stands among the others. Pure, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Season(StrEnum):
    """What a page waits for."""

    CLASSES = "classes"  # pupils to be moved into their next class
    TRANSFERS = "transfers"  # pupils whom another school offers
    DRAFTS = "drafts"  # pairs not begun yet
    CLOSING = "closing"  # pairs past 31 August without a decision
    GRADUATES = "graduates"  # pupils past the last class


class Waits(StrEnum):
    """What of the district is counted beside a section."""

    OVERDUE = "overdue"  # stages of the current school year past their date
    REVIEW = "review"  # stages sent, and accepted ones that schools ask to open


# months in which a page is in season though nothing waits on it
MONTHS: Mapping[Season, range] = {
    Season.CLASSES: range(9, 10),
    Season.CLOSING: range(5, 9),
    Season.GRADUATES: range(5, 9),
}


@dataclass(frozen=True)
class Facts:
    """What a header asks the database: the district's school years, and how many wait where."""

    years: tuple[int, ...] = ()  # first years, the earliest first
    waiting: Mapping[Season | Waits, int] = field(default_factory=dict)


def is_in_season(season: Season, waiting: int, today: date) -> bool:
    """Tell whether the page stands among the others on a day."""
    return waiting > 0 or today.month in MONTHS.get(season, ())


def current_year(years: tuple[int, ...], today_year: int) -> int | None:
    """Return the school year that is worked in (rules.md#current-school-year), or None.

    Args:
        years: first years of the district's school years, the earliest first.
        today_year: first year of the school year that contains today.
    """
    return today_year if today_year in years else next(reversed(years), None)
