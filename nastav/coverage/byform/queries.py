"""Reading numbers by form of mentoring: a school's, or all schools' of a district."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from nastav.coverage.byform import rules
from nastav.coverage.byform.rules import Line, Numbers, Stay
from nastav.coverage.queries import period
from nastav.district import queries as districts
from nastav.district.kinds import queries as kinds
from nastav.district.models import School
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Participation
from nastav.recall import recalled
from nastav.statements import read


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


@recalled
def stays_of(district_id: int, year: int, on: date) -> Stays:
    """Return what a district's numbers are counted from; five queries."""
    first, last = period(year, on)
    own = Pair.school_id.in_(select(School.id).filter_by(district_id=district_id))
    return Stays(last, tuple(_forms(district_id)), tuple(_read(own, first, last)))


def of_district(district_id: int, name: str, year: int, on: date) -> ByForm:
    """Return the numbers of a calendar year up to a day; six queries, however many schools."""
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
    stays = _read(Pair.school_id == school.id, *period(year, on))
    return _place(school.name, stays, _forms(school.district_id))


def _place(name: str, stays: Sequence[Stay], forms: Iterable[tuple[int, str]]) -> Place:
    return Place(name, tuple(rules.lines(stays, forms)), rules.numbers(stays))


def _forms(district_id: int) -> list[tuple[int, str]]:
    return [(kind.id, kind.name) for kind in kinds.all_kinds(district_id)]


def _read(own: Any, first: date, last: date) -> list[Stay]:
    """Return who stood in a pair with its other side, and whether they were at a meeting then."""
    if first > last:
        return []
    stays = [_stay(row, first, last) for row in read(_members(own, first, last)).all()]
    cuts = rules.together(stay for stay in stays if stay.first <= stay.last)
    within = (own, Meeting.deleted_at.is_(None), Meeting.held_on.between(first, last))
    # the ends of all, every day of few: a year has ten times as many days as people
    held_on = Meeting.held_on
    ends = _there(func.min(held_on), func.max(held_on)).where(*within).group_by(Presence.member_id)
    known = {member_id: (begin, end) for member_id, begin, end in read(ends).all()}
    asked = Presence.member_id.in_(rules.undecided(cuts, known))
    days = [
        (member_id, day) for member_id, day in read(_there(held_on).where(*within, asked)).all()
    ]
    days += [(member_id, day) for member_id, own_ends in known.items() for day in own_ends]
    return rules.met(cuts, days)


def _there(*days: Any) -> Select[*tuple[Any, ...]]:
    rows = select(Presence.member_id, *days).join(Meeting, Meeting.id == Presence.meeting_id)
    return rows.join(Pair, Pair.id == Meeting.pair_id)


def _stay(row: Sequence[Any], first: date, last: date) -> Stay:
    """Return a row of `_members` as one stay within the stretch; its days may be none."""
    who: tuple[int, int, int, int, int, Part] = tuple(row[:6])
    begins, ends = row[6:9], filter(None, row[9:])
    return Stay(*who, max(first, *begins), min(last, *ends))


def _members(own: Any, first: date, last: date) -> Select[*tuple[Any, ...]]:
    """A member's own days, the pair's and those of a line of the register that is no mistake."""
    line = and_(
        Participation.person_id == PairMember.person_id,
        Participation.part == PairMember.part,
        # «+ 0» keeps SQLite from looking the line up by the school, where hundreds are
        Participation.school_id + 0 == Pair.school_id,
        Participation.is_mistake.is_(False),
    )
    return (
        select(
            Pair.school_id,
            Pair.kind_id,
            Pair.id,
            PairMember.id,
            PairMember.person_id,
            PairMember.part,
            PairMember.joined,
            Pair.started,
            Participation.joined,
            PairMember.left,
            Pair.counts_until,
            Participation.left,
        )
        .join(PairMember, PairMember.pair_id == Pair.id)
        .join(Participation, line)
        .where(
            own,
            Pair.state != PairState.DRAFT,
            Pair.started <= last,
            Pair.counts_until >= first,
            or_(PairMember.left.is_(None), PairMember.left >= first),
        )
    )
