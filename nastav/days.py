"""A day as programs write it: with its time behind it, or as the number by which Excel counts days."""

import re
from datetime import date, timedelta

_NUMBER = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_ZERO = date(1899, 12, 30)
# a Latin «t» is read as the Russian letter that looks like it
_TIME = re.compile(
    r"(?P<day>.*\d\d)(?:[tт]|,? )(?P<time>\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)(?P<zone>z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


def without_time(text: str) -> str:
    """Return a text in lower case without the time behind its day.

    A moment of another zone stays as it is, for its day here may be another; midnight is no moment.
    """
    found = _TIME.fullmatch(text)
    if found is None or (found["zone"] and not re.fullmatch("[0:.,]+", found["time"])):
        return text
    return found["day"]


def of_number(text: str, first_year: int, end_year: int) -> date | None:
    """Return the day that Excel counts by a number, if it is of a year before `end_year`."""
    found = _NUMBER.fullmatch(text)
    day = _ZERO + timedelta(days=int(found[1])) if found else None
    return day if day and first_year <= day.year < end_year else None
