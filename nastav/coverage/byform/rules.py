"""Counting by form of mentoring. Pure, no database.

Whoever stands in pairs of two forms counts in the line of each; a total counts everybody once. Adults count
too: a monitoring asks for pairs as they are, the plan of the order for children only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nastav.people.models import Part


@dataclass(frozen=True)
class Stay:
    """Somebody in a pair from a day to a day, both included."""

    school_id: int
    form_id: int
    pair_id: int
    member_id: int
    person_id: int
    part: Part
    first: date
    last: date


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


def met(stays: Iterable[Stay], days: Iterable[tuple[int, date]]) -> set[int]:
    """Return the people who were at a meeting, (member, day), on one of the days they stood in the pair."""
    by_member: dict[int, list[date]] = defaultdict(list)
    for member_id, day in days:
        by_member[member_id].append(day)
    return {
        stay.person_id
        for stay in stays
        if any(stay.first <= day <= stay.last for day in by_member[stay.member_id])
    }


def numbers(stays: Sequence[Stay], days: Sequence[tuple[int, date]]) -> Numbers:
    """Count distinct pairs and people of stays with both sides."""
    people = {part: {stay.person_id for stay in stays if stay.part is part} for part in Part}
    mentees = [stay for stay in stays if stay.part is Part.MENTEE]
    return Numbers(
        pairs=len({stay.pair_id for stay in stays}),
        mentors=len(people[Part.MENTOR]),
        mentees=len(people[Part.MENTEE]),
        met=len(met(mentees, days)),
    )


def lines(
    stays: Sequence[Stay], days: Sequence[tuple[int, date]], forms: Iterable[tuple[int, str]]
) -> list[Line]:
    """Return a line a form that has a pair, in the order of the forms; none without any pair."""
    by_form: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_form[stay.form_id].append(stay)
    return [
        Line(name, numbers(by_form[form_id], days)) for form_id, name in forms if form_id in by_form
    ]


def _overlap(stay: Stay, other: Stay) -> Stay | None:
    first, last = max(stay.first, other.first), min(stay.last, other.last)
    if first > last:
        return None
    return Stay(
        stay.school_id,
        stay.form_id,
        stay.pair_id,
        stay.member_id,
        stay.person_id,
        stay.part,
        first,
        last,
    )
