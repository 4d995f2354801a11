"""Counting for a school year: plain counts of a school, or of each of many, most of them in one query.

Statements (`counts`) are made once for each stage, with named parameters: they run on every page of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    select,
    union_all,
)

from nastav import dates
from nastav.consents import queries as consents
from nastav.facts import counts
from nastav.feedback import queries as feedback
from nastav.feedback.models import Respondent
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Part
from nastav.plan.models import PlanTarget
from nastav.statements import made_once, read

# whose consents are looked at: part → the figures of those who have one and of all on the day
CONSENTED = {
    Part.MENTEE: ("mentees_consented", "mentees_present"),
    Part.MENTOR: ("mentors_consented", "mentors_present"),
}
IN_PAIRS = {Respondent.MENTEE: "mentees_in_pairs", Respondent.MENTOR: "mentors_in_pairs"}


@dataclass(frozen=True)
class SchoolYear:
    """A school year in a district."""

    district_id: int
    first_year: int

    @property
    def first(self) -> date:
        """Return the first day of the school year."""
        return dates.cycle_bounds(self.first_year)[0]

    @property
    def last(self) -> date:
        """Return the last day of the school year."""
        return dates.cycle_bounds(self.first_year)[1]

    @property
    def day(self) -> date:
        """Return today, or the day of the school year next to it."""
        return min(max(dates.today(), self.first), self.last)

    @property
    def params(self) -> dict[str, Any]:
        year = {"first_year": self.first_year, "first": self.first, "last": self.last}
        return {"day": self.day, **year}


@dataclass(frozen=True)
class Place(SchoolYear):
    """A school in a school year."""

    school_id: int

    @property
    def params(self) -> dict[str, Any]:
        return {"school_id": self.school_id, **super().params}


def figures(place: Place, names: set[str]) -> dict[str, int]:
    """Return these figures; a query for most of them, one for consents, one for people in pairs."""
    found: dict[str, int] = {}
    for part, pair in CONSENTED.items():
        if not names.isdisjoint(pair):
            where = (place.school_id, place.district_id)
            found.update(zip(pair, consents.counted(*where, part, place.day), strict=True))
    if not names.isdisjoint(IN_PAIRS.values()):
        found.update(_in_pairs(place, [place.school_id])[place.school_id])
    rest = tuple(sorted(names - found.keys()))
    if rest:
        row = read(_statement(rest), place.params).one()
        found.update(zip(rest, row, strict=True))
    return found


def figures_of_each(
    year: SchoolYear, school_ids: Sequence[int], names: set[str]
) -> dict[int, dict[str, int]]:
    """Return what `figures` gives, for each of these schools, in as many queries as for one."""
    found = {school_id: dict.fromkeys(names, 0) for school_id in school_ids}
    for part, pair in CONSENTED.items():
        if not names.isdisjoint(pair):
            counted = consents.counted_of_each(school_ids, year.district_id, part, year.day)
            for school_id, both in counted.items():
                found[school_id].update(zip(pair, both, strict=True))
    if not names.isdisjoint(IN_PAIRS.values()):
        for school_id, people in _in_pairs(year, school_ids).items():
            found[school_id].update(people)
    apart = {*IN_PAIRS.values(), *(name for pair in CONSENTED.values() for name in pair)}
    rest = tuple(sorted(names - apart))
    if rest:
        params = {"school_ids": school_ids, **year.params}
        for name, school_id, count in read(_statement_of_each(rest), params):
            found[school_id][name] = count
    return found


@made_once
def _statement(names: tuple[str, ...]) -> Any:
    known = counts.figures(counts.Reach.SCHOOL)
    return select(*(known[name].of(counts.Reach.SCHOOL).scalar_subquery() for name in names))


@made_once
def _statement_of_each(names: tuple[str, ...]) -> Any:
    """Rows of (figure's name, school's id, count); a school without any row of a figure has none."""
    known = counts.figures(counts.Reach.EACH)
    return union_all(*(counts.grouped(name, known[name]) for name in names))


def plan(school_id: int, year: int) -> dict[str, int | None]:
    """Return what the plan of a calendar year sets, by an activity's `counts`; empty without one."""
    rows = select(PlanTarget.mentees, PlanTarget.mentors).filter_by(school_id=school_id, year=year)
    found = read(rows).first()
    return {"mentees": found.mentees, "mentors": found.mentors} if found else {}


def plans_of_each(school_ids: Sequence[int]) -> dict[int, dict[int, dict[str, int | None]]]:
    """Return the same of many schools in every year: school's id → calendar year → the plan."""
    columns = (PlanTarget.school_id, PlanTarget.year, PlanTarget.mentees, PlanTarget.mentors)
    rows = select(*columns).where(PlanTarget.school_id.in_(school_ids))
    found: dict[int, dict[int, dict[str, int | None]]] = {id_: {} for id_ in school_ids}
    for school_id, year, mentees, mentors in read(rows):
        found[school_id][year] = {"mentees": mentees, "mentors": mentors}
    return found


def pairs_ending_later(year: SchoolYear, school_ids: Sequence[int], day: date) -> Mapping[int, int]:
    """Return how many open pairs of each school that has any have agreed to work beyond a day.

    See rules.md#stage-seven.
    """
    figure = counts.pairs(Pair.state != PairState.CLOSED, Pair.planned_end > day)
    rows = counts.grouped("pairs", figure)
    found = read(rows, {"school_ids": school_ids, **year.params})
    return {school_id: count for _, school_id, count in found}


def _in_pairs(year: SchoolYear, school_ids: Sequence[int]) -> Mapping[int, dict[str, int]]:
    """People of each part in pairs, as the summary of feedback counts them (rules.md#feedback-in-sum)."""
    asked = (year.district_id, school_ids, year.first_year, dates.today())
    counted = feedback.people_in_pairs_of_each(*asked)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(IN_PAIRS.values(), 0))
    for school_id, people in counted.items():
        found[school_id] = {name: people.get(part, 0) for part, name in IN_PAIRS.items()}
    return found
