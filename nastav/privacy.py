"""Which personal data the site keeps, what for and how long: a table read by the program (P1)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WHOSE = frozenset({"child", "adult", "staff"})


@dataclass(frozen=True)
class PersonalField:
    """Columns that say one thing of a person; `keep` is a Russian sentence part."""

    columns: tuple[str, ...]  # table.column
    whose: frozenset[str]
    what: str
    purpose: str
    keep: str


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
        )
        for row in _file()["field"]
    )


def plain_columns() -> frozenset[str]:
    """Return the text columns that were judged to hold nothing personal."""
    return frozenset(_file()["plain"]["columns"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
