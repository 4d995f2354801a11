"""Reading numbers by form of mentoring: a school's, or all schools' of a district."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nastav.coverage.byform import rules
from nastav.coverage.byform.rules import Line, Numbers
from nastav.coverage.counted import Stretch, days_in_pairs
from nastav.coverage.queries import days_of_plan, period
from nastav.coverage.stays import Stay
from nastav.district import queries as districts
from nastav.district.kinds import queries as kinds
from nastav.district.models import School
from nastav.recall import recalled


@dataclass(frozen=True)
class Place:
    """A school, or the district as a whole, by form; the total counts everybody once."""

    name: str
    lines: tuple[Line, ...]
    total: Numbers


@dataclass(frozen=True)
class ByForm:
    """The district by form and each school that has a pair, in the order's order."""

    year: int
    on: date  # the last day counted
    district: Place
    schools: tuple[Place, ...]


@dataclass(frozen=True)
class Stays:
    """Who stood in which pair with its other side in a year up to a day, and whether they met."""

    last: date
    forms: tuple[tuple[int, str], ...]  # id and name, in their order
    stays: tuple[Stay, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the district's line of each form that has a pair."""
        return tuple(rules.lines(self.stays, self.forms))


def stays_of(district_id: int, year: int, on: date) -> Stays:
    """Return what a district's numbers are counted from; two queries."""
    first, last = period(year, on)
    of_year = (stay for stay in days_of_plan(district_id, year, last) if stay.last >= first)
    return Stays(last, tuple(_forms(district_id)), tuple(of_year))


@recalled
def of_district(district_id: int, name: str, year: int, on: date) -> ByForm:
    """Return the numbers of a calendar year up to a day; three queries, however many schools."""
    found = stays_of(district_id, year, on)
    last, forms, stays = found.last, found.forms, found.stays
    by_school: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_school[stay.school_id].append(stay)
    schools = (
        _place(school, by_school[school_id], forms)
        for school_id, school in districts.school_names(district_id).items()
        if school_id in by_school
    )
    return ByForm(year, last, _place(name, stays, forms), tuple(schools))


def of_school(school: School, year: int, on: date) -> Place:
    """Return the numbers of one school: the same as its lines in `of_district`."""
    first, last = period(year, on)
    days: list[Stay] = []
    if first <= last:
        asked = Stretch(school.district_id, first, last, school.id)
        days = days_in_pairs(asked, met_since=first)
    stays = [stay for stay in days if stay.school_id == school.id]
    return _place(school.name, stays, _forms(school.district_id))


def _place(name: str, stays: Sequence[Stay], forms: Iterable[tuple[int, str]]) -> Place:
    return Place(name, tuple(rules.lines(stays, forms)), rules.numbers(stays))


def _forms(district_id: int) -> list[tuple[int, str]]:
    return [(kind.id, kind.name) for kind in kinds.all_kinds(district_id)]
