"""What is read for the decisions: small frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Sent(NamedTuple):
    """A stage that waits for the coordinator: sent, or asked to be opened."""

    school_id: int
    school: str
    first_year: int
    ordinal: int
    roman: str
    on: date | None  # of the sending
    reason: str = ""  # why it is to be opened


class NeverIn(NamedTuple):
    """An active curator's account that was never signed in to."""

    user_id: int
    school: str
    created: date


@dataclass(frozen=True)
class Missing:
    """What the year of today lacks."""

    cycle: int | None = None  # first year of the school year that is not open
    unplanned: tuple[str, ...] = ()  # schools without a plan of the calendar year
    schools: int = 0


@dataclass(frozen=True)
class PairsBehind:
    """How many pairs of each school, by its name, in the order's order, wait for what."""

    undecided: Mapping[str, int] = field(default_factory=dict)
    silent: Mapping[str, int] = field(default_factory=dict)
