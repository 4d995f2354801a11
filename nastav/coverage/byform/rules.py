"""Counting by form of mentoring. Pure, no database.

Whoever stands in pairs of two forms counts in the line of each; a total counts everybody once. Adults count
too: a monitoring asks for pairs as they are, the plan of the order for children only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nastav.people.models import Part

Ends = tuple[date, date]


class Stay(NamedTuple):
    """Somebody in a pair from a day to a day, both included."""

    school_id: int
    form_id: int
    pair_id: int
    member_id: int
    person_id: int
    part: Part
    first: date
    last: date
    has_met: bool = False  # was at a meeting of the pair on one of these days


@dataclass(frozen=True)
class Numbers:
    """Distinct pairs, people of each part, and mentees who met."""

    pairs: int = 0
    mentors: int = 0
    mentees: int = 0
    met: int = 0


@dataclass(frozen=True)
class Line:
    """One form of mentoring, or the total of all."""

    form: str
    numbers: Numbers


def together(stays: Iterable[Stay]) -> list[Stay]:
    """Return the stays cut to the days on which somebody stood on the other side of the pair."""
    by_pair: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_pair[stay.pair_id].append(stay)
    return [
        cut
        for inside in by_pair.values()
        for stay in inside
        for other in inside
        if other.part is not stay.part and (cut := _overlap(stay, other))
    ]


def undecided(cuts: Iterable[Stay], ends: Mapping[int, Ends]) -> set[int]:
    """Return the members whose first and last meeting do not tell whether they met within a stay.

    Args:
        cuts: stays with the other side.
        ends: member → the first and the last day they were at a meeting.
    """
    return {
        stay.member_id
        for stay in cuts
        if (own := ends.get(stay.member_id)) and own[0] < stay.first and stay.last < own[1]
    }


def met(cuts: Iterable[Stay], days: Iterable[tuple[int, date]]) -> list[Stay]:
    """Return the stays with whether their member was at a meeting in them; `days`: (member, day)."""
    by_member: dict[int, list[date]] = defaultdict(list)
    for member_id, day in days:
        by_member[member_id].append(day)
    return [_met(cut, by_member.get(cut.member_id, ())) for cut in cuts]


def numbers(stays: Sequence[Stay]) -> Numbers:
    """Count distinct pairs and people of stays with both sides."""
    mentees = [stay for stay in stays if stay.part is Part.MENTEE]
    return Numbers(
        pairs=len({stay.pair_id for stay in stays}),
        mentors=len({stay.person_id for stay in stays if stay.part is Part.MENTOR}),
        mentees=len({stay.person_id for stay in mentees}),
        met=len({stay.person_id for stay in mentees if stay.has_met}),
    )


def lines(stays: Sequence[Stay], forms: Iterable[tuple[int, str]]) -> list[Line]:
    """Return a line a form that has a pair, in the order of the forms; none without any pair."""
    by_form: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_form[stay.form_id].append(stay)
    return [Line(name, numbers(by_form[form_id])) for form_id, name in forms if form_id in by_form]


def _overlap(stay: Stay, other: Stay) -> Stay | None:
    first, last = max(stay.first, other.first), min(stay.last, other.last)
    return stay._replace(first=first, last=last) if first <= last else None


def _met(stay: Stay, days: Iterable[date]) -> Stay:
    has_met = any(stay.first <= day <= stay.last for day in days)
    return stay._replace(has_met=True) if has_met else stay
