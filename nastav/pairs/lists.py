"""Filters and pages of lists: which of the pairs are shown, whom a picker offers."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nastav import ru
from nastav.pairs.models import PairState
from nastav.pairs.rows import PairRow
from nastav.people.rows import Entry


class ShowPairs(StrEnum):
    """Which pairs are shown."""

    ALL = "all"
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    LACKING = "lacking"  # go on, but lost their mentor or every mentee
    SILENT = "silent"  # active, but have not met for long
    UNDECIDED = "undecided"  # count no more, and nobody decided of them


STATES = {
    ShowPairs.DRAFT: (PairState.DRAFT,),
    ShowPairs.OPEN: (PairState.ACTIVE, PairState.PAUSED),
    ShowPairs.CLOSED: (PairState.CLOSED,),
}


def chosen_pairs(
    pairs: list[PairRow], show: ShowPairs, query: str, silent: Container[int] = ()
) -> list[PairRow]:
    """Return the pairs that are asked for; `silent`: ids of those that have not met for long."""
    words = ru.search_words(query)
    if show is ShowPairs.LACKING:
        pairs = [pair for pair in pairs if pair.missing_part]
    elif show is ShowPairs.SILENT:
        pairs = [pair for pair in pairs if pair.id in silent]
    elif show in STATES:
        pairs = [pair for pair in pairs if pair.state in STATES[show]]
    return [pair for pair in pairs if pair.matches(words)]


@dataclass(frozen=True)
class Options:
    """Mentees to tick: those ticked first, then those without a pair, then the others."""

    ticked: list[Entry]
    free: list[Entry]
    paired: list[Entry]

    @property
    def total(self) -> int:
        """Return how many a search found, those ticked left out."""
        return len(self.free) + len(self.paired)


def options(
    entries: list[Entry], paired: Container[int], ticked: set[int], on: date, query: str
) -> Options:
    """Return the mentees of a register on a day for a picker; what is ticked is never searched away."""
    words = ru.search_words(query)
    present = [entry for entry in entries if entry.is_on(on)]
    rest = [entry for entry in present if entry.person_id not in ticked and entry.matches(words)]
    return Options(
        ticked=[entry for entry in present if entry.person_id in ticked],
        free=[entry for entry in rest if entry.person_id not in paired],
        paired=[entry for entry in rest if entry.person_id in paired],
    )


@dataclass(frozen=True)
class Choice:
    """A mentor to choose, and what is to be known of them before; most often nothing."""

    entry: Entry
    doubts: str = ""

    @property
    def person_id(self) -> int:
        return self.entry.person_id

    @property
    def search_key(self) -> str:
        return self.entry.search_key

    @property
    def label(self) -> str:
        """Return who it is, with what is to be known in brackets."""
        return self.entry.label + self.doubts


@dataclass(frozen=True)
class Mentors:
    """Mentors to choose one of: the chosen one, and those that a search finds."""

    chosen: list[Choice]
    found: list[Choice]
    total: int  # whom the register holds


def mentors(present: list[Choice], chosen: int | None, query: str) -> Mentors:
    """Return the mentors for a picker; who is chosen is never searched away."""
    words = ru.search_words(query)
    others = [choice for choice in present if choice.person_id != chosen]
    return Mentors(
        chosen=[choice for choice in present if choice.person_id == chosen],
        found=[choice for choice in others if choice.entry.matches(words)],
        total=len(present),
    )
