"""What a paper is asked of, and what comes back."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from nastav.district.models import Cycle, District, School
from nastav.papers.filler import Data
from nastav.requisites.records import Requisites

Read = TypeVar("Read")
Ids = Mapping[str, Sequence[int]]  # «pairs», «members», «people», «awards», «team» … → their ids


@dataclass(frozen=True)
class Scope:
    """Of which school and school year, as of which day; `chosen` of a made paper: what it holds.

    Without `chosen` a paper takes what there is on the day; with it, the rows it took when it was made,
    with the names they have now and the classes of the day.
    """

    district: District
    school: School
    cycle: Cycle
    on: date
    requisites: Requisites
    chosen: Ids | None = None
    # what the school wrote in a signed paper, by columns of `SchoolTexts`; None: as it stands now
    written: Mapping[str, str] | None = None
    # for the page «Бумаги», which asks only whether there is something and what is to be remarked
    is_glance: bool = False
    reads: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, read: Callable[[], Read]) -> Read:
        """Return what was read under a key: of scopes that share their reads, by the first to ask."""
        if key not in self.reads:
            self.reads[key] = read()
        found: Read = self.reads[key]
        return found


@dataclass(frozen=True)
class Content:
    """What fills a paper: one `Data`, or one for each sheet of a paper that is made for each of many."""

    sheets: Sequence[Data]
    ids: Ids = field(default_factory=dict)  # kept with the paper
    remarks: Sequence[str] = ()  # said above it: «у 3 детей нет согласия»; no name of a child
    nothing: str = (
        ""  # why there is nothing to make: «нечего закреплять: все 14 пар уже с приказом»
    )
