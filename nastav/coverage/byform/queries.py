"""Reading numbers by form of mentoring: a school's, or all schools' of a district."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nastav.coverage.byform import rules
from nastav.coverage.byform.rules import Line, Numbers
from nastav.coverage.counted import Stretch, days_in_pairs
from nastav.coverage.queries import period
from nastav.coverage.stays import Stay
from nastav.district import queries as districts
from nastav.district.kinds import queries as kinds
from nastav.district.models import School


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


def stays_of(district_id: int, year: int, on: date, days: Sequence[Stay] | None = None) -> Stays:
    """Return what a district's numbers are counted from; two queries.

    Args:
        district_id: the district.
        year: the calendar year.
        on: up to which day of it.
        days: in pairs up to that day, with who met in that year, if the caller has read them.
    """
    first, last = period(year, on)
    if days is None:
        days = _days(Stretch(district_id, first, last))
    of_year = tuple(stay for stay in days if stay.last >= first)
    return Stays(last, tuple(_forms(district_id)), of_year)


def of_district(
    district_id: int, name: str, year: int, on: date, days: Sequence[Stay] | None = None
) -> ByForm:
    """Return the numbers of a calendar year up to a day; three queries, however many schools.

    `days` as in `stays_of`.
    """
    found = stays_of(district_id, year, on, days)
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
    days = _days(Stretch(school.district_id, *period(year, on), school.id))
    stays = [stay for stay in days if stay.school_id == school.id]
    return _place(school.name, stays, _forms(school.district_id))


def _place(name: str, stays: Sequence[Stay], forms: Iterable[tuple[int, str]]) -> Place:
    return Place(name, tuple(rules.lines(stays, forms)), rules.numbers(stays))


def _forms(district_id: int) -> list[tuple[int, str]]:
    return [(kind.id, kind.name) for kind in kinds.all_kinds(district_id)]


def _days(asked: Stretch) -> list[Stay]:
    """Return who stood in a pair with its other side, and who was at a meeting then."""
    return days_in_pairs(asked, met_since=asked.first) if asked.first <= asked.last else []
