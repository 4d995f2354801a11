"""Counts of the school year up to the day of a paper: those of the stages, asked for that day."""

from dataclasses import dataclass
from datetime import date

from nastav.contents.scope import Scope
from nastav.facts import queries
from nastav.facts.queries import Place


@dataclass(frozen=True)
class _UpTo(Place):
    """A school in a school year, counted up to a day."""

    on: date

    @property
    def last(self) -> date:
        return min(super().last, self.on)

    @property
    def day(self) -> date:
        return max(self.last, self.first)


def figures(scope: Scope, *names: str) -> dict[str, int]:
    """Return these figures of `facts.counts` as of the paper's day."""
    school, cycle = scope.school, scope.cycle
    place = _UpTo(school.district_id, cycle.first_year, school.id, scope.on)
    return queries.figures(place, set(names))
