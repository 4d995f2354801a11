"""Which personal data the site keeps, what for and how long: a table read by the program.

See security.md#p1.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

WHOSE = frozenset({"child", "adult", "staff"})


class After(StrEnum):
    """What a period of keeping runs from."""

    LEAVING = "leaving"  # the last day of a person in any register
    PAIR = "pair"  # the end of a pair
    SCHOOL_YEAR = "school_year"
    ITSELF = "itself"  # the room that keeps it erases it, sooner


@dataclass(frozen=True)
class PersonalField:
    """Columns that say one thing of a person; `keep` is a Russian sentence part."""

    columns: tuple[str, ...]  # table.column
    whose: frozenset[str]
    what: str
    purpose: str
    keep: str
    after: After | None = None  # None: staff, kept as long as their account or the order
    years: int = 0


@cache
def personal_fields() -> tuple[PersonalField, ...]:
    """Return the table, in the order it is shown on the help page."""
    return tuple(
        PersonalField(
            columns=tuple(row["columns"]),
            whose=frozenset(row["whose"].split(", ")),
            what=row["what"],
            purpose=row["purpose"],
            keep=row["keep"],
            after=After(row["after"]) if "after" in row else None,
            years=row.get("years", 0),
        )
        for row in _file()["field"]
    )


def years_after(after: After) -> int:
    """Return for how many years something is kept after this.

    Raises:
        ValueError: the table names two periods: what was erased of one person must be erased at once.
    """
    periods = {field.years for field in personal_fields() if field.after is after}
    if len(periods) != 1:
        raise ValueError(f"{after}: {sorted(periods)} years")
    return periods.pop()


def plain_columns() -> frozenset[str]:
    """Return the text columns that were judged to hold nothing personal."""
    return frozenset(_file()["plain"]["columns"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
