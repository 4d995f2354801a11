"""Which decisions stand over the matrix, and in which order; pure, no database.

A kind of which there is nothing has no row. What is least pressing, and what finds no room, is named in
one line, «Ещё».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

MOST = 7  # rows


class Kind(StrEnum):
    """What is to be decided, the most pressing first."""

    OVERDUE = "overdue"  # past its deadline, or returned and past «исправить до»
    DUE = "due"  # not sent, and due in three days
    REVIEW = "review"
    REOPENING = "reopening"
    CHANGED = "changed"  # an accepted stage whose facts are other ones now
    UNDECIDED = "undecided"  # pairs past 31 August without the decision of point 2.3
    PACE = "pace"  # the plan of the year is out of reach as things go
    NO_CURATOR = "no_curator"
    NEVER_IN = "never_in"  # a curator who never signed in
    CYCLE = "cycle"  # the school year of today is not open
    PLAN = "plan"  # the year's plan is not entered
    COPY = "copy"  # the daily copy of the database
    FIRST_DUE = "first_due"  # on a first day only
    # never a row of their own
    SILENT = "silent"  # pairs that have not met for long
    MATCHES = "matches"  # maybe one child in two schools
    STILL = "still"  # stages nobody has touched for two weeks though their deadline is near


IN_MORE: Final = frozenset({Kind.SILENT, Kind.MATCHES, Kind.STILL})
ICONS: Final[Mapping[Kind, str]] = {
    Kind.OVERDUE: "overdue",
    Kind.DUE: "calendar",
    Kind.REVIEW: "submitted",
    Kind.REOPENING: "undo",
    Kind.CHANGED: "edit",
    Kind.UNDECIDED: "people",
    Kind.PACE: "people",
    Kind.NO_CURATOR: "warning",
    Kind.COPY: "warning",
    Kind.CYCLE: "calendar",
    Kind.FIRST_DUE: "calendar",
}


class Lead(NamedTuple):
    """The page where a decision is taken: the button's words, the endpoint, what its address needs."""

    label: str
    endpoint: str
    given: Mapping[str, object] = {}


@dataclass(frozen=True)
class Decision:
    """A row: how many of what, why, and the button that leads to the deed."""

    kind: Kind
    title: str
    why: str = ""
    lead: Lead | None = None
    brief: str = field(default="")  # in «Ещё», where the title is too long there

    @property
    def icon(self) -> str:
        """Return the icon before it."""
        return ICONS.get(self.kind, "info")

    @property
    def in_more(self) -> str:
        """Return what «Ещё» says of it."""
        return self.brief or self.title


@dataclass(frozen=True)
class Desk:
    """What waits for a decision: the rows, and what «Ещё» names."""

    rows: tuple[Decision, ...] = ()
    more: tuple[Decision, ...] = ()

    @property
    def places(self) -> int:
        """Return how many places the rows take, «Ещё» among them."""
        return len(self.rows) + bool(self.more)


def desk(found: Iterable[Decision], *, is_first_day: bool = False) -> Desk:
    """Return decisions in their order, seven rows at most; on a first day missing accounts lead."""
    order = {kind: place for place, kind in enumerate(Kind)}
    if is_first_day:
        order[Kind.NO_CURATOR] = -1
    ordered = sorted(found, key=lambda decision: order[decision.kind])
    pressing = [decision for decision in ordered if decision.kind not in IN_MORE]
    # what keeps the site's data is never pushed out of sight
    kept = {Kind.COPY} & {decision.kind for decision in pressing[MOST:]}
    rows = [decision for decision in pressing if decision.kind not in kept][: MOST - len(kept)]
    rows += [decision for decision in pressing if decision.kind in kept]
    return Desk(tuple(rows), tuple(decision for decision in ordered if decision not in rows))
