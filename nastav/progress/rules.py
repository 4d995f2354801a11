"""Counting many days from one list of days in pairs, and what a pace comes to. Pure, no database.

A child's school on a day is that of the last day in a pair up to it; two that end together: the one begun
later, then the one entered later (rules.md#one-school-a-year). `coverage.counted` chooses so in SQL for one
day; the two are held equal by a test.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from nastav import dates, ru
from nastav.coverage.stays import Stay
from nastav.people.models import Part
from nastav.progress.figures import PACE_DAYS, WEEK, Pace, Week


class Counts(NamedTuple):
    """Children of a school up to a day; `carried`: of them, who was in on the first day."""

    total: int
    carried: int


@dataclass(frozen=True)
class Counted:
    """Children of each school up to each day, and in which school a child counts on the last of them."""

    days: Sequence[date]
    by_school: Mapping[int, list[Counts]]
    school_of: Mapping[int, int]  # person → school, on the last day

    def of(self, school_id: int) -> list[Counts]:
        """Return the counts of a school, a day each."""
        return self.by_school.get(school_id) or [Counts(0, 0)] * len(self.days)

    def sums(self, school_ids: Iterable[int]) -> list[Counts]:
        """Return the counts of several schools together, a day each."""
        rows = [self.of(school_id) for school_id in school_ids]
        return [
            Counts(sum(row[at].total for row in rows), sum(row[at].carried for row in rows))
            for at in range(len(self.days))
        ]


def count(
    stays: Iterable[Stay],
    first: date,
    days: Sequence[date],
    met: Mapping[int, date] | None = None,
) -> Counted:
    """Return how many children count from the first day up to each of the days, the earliest first.

    Args:
        stays: days of mentees who are pupils, of any years.
        first: the first day counted, 1 January.
        days: up to which days.
        met: when each first met in this time, where only they count.
    """
    of_person: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.last >= first and stay.begin <= days[-1]:
            of_person[stay.person_id].append(stay)
    begun: dict[tuple[int, bool], list[int]] = defaultdict(lambda: [0] * len(days))
    school_of: dict[int, int] = {}
    for person_id, own in of_person.items():
        begin = max(first, own[0].begin if len(own) == 1 else min(stay.begin for stay in own))
        since = begin if met is None else max(begin, met.get(person_id, dates.NEVER))
        only = own[0].school_id
        is_one = len(own) == 1 or all(stay.school_id == only for stay in own)
        school: int | None = None
        for at in range(bisect_left(days, since), len(days)):
            last, school = school, only if is_one else _school(own, days[at])
            if school != last:
                begun[school, begin == first][at] += 1
                if last is not None:
                    begun[last, begin == first][at] -= 1
            if is_one:
                break  # nowhere else to count on a later day
        if school is not None:
            school_of[person_id] = school
    totals = {key: list(accumulate(changes)) for key, changes in begun.items()}
    return Counted(days, _by_school(totals), school_of)


def _school(own: list[Stay], day: date) -> int:
    """Where a person counts on a day on which one of the stays has begun."""
    begun = (stay for stay in own if stay.begin <= day)
    return max(begun, key=lambda stay: (min(stay.last, day), stay.since, stay.row_id)).school_id


def _by_school(totals: Mapping[tuple[int, bool], list[int]]) -> dict[int, list[Counts]]:
    schools = {school_id for school_id, _ in totals}
    found = {}
    for school_id in schools:
        carried = totals.get((school_id, True))
        new = totals.get((school_id, False))
        length = len(carried or new or [])
        pairs = zip(carried or [0] * length, new or [0] * length, strict=True)
        found[school_id] = [Counts(old + late, old) for old, late in pairs]
    return found


def week_days(first: date, last: date) -> list[date]:
    """Return the first day, each seventh after it, and the last day."""
    whole = [first + timedelta(n) for n in range(0, (last - first).days + 1, WEEK)]
    return whole if whole[-1] == last else [*whole, last]


def pace(
    weeks: Sequence[Week], before: int | None, last_day: date, target: int | None
) -> Pace | None:
    """Return what 28 days added and the sum of 31 December by that; None before 28 days of a year.

    The sum is rounded to tens, and is none where nothing was added, the year is over or the plan met.

    Args:
        weeks: the year so far.
        before: how many there were 28 days before the last of them.
        last_day: 31 December.
        target: the plan, where there is one.
    """
    if before is None or not weeks:
        return None
    now = weeks[-1]
    gain, left = now.total - before, (last_day - now.on).days
    is_met = target is not None and now.total >= target
    if gain <= 0 or left <= 0 or is_met:
        return Pace(gain, None)
    ahead = now.total + Decimal(gain) * left / PACE_DAYS
    return Pace(gain, max(now.total, int(ru.round_half_up(ahead / 10)) * 10))


class Load(NamedTuple):
    """A mentor in a school's register: how many they lead on the day, how many they may lead."""

    school_id: int
    leads: int
    most: int


def free_places(loads: Iterable[Load]) -> dict[int, int]:
    """Return by school how many more mentees its mentors may lead; who leads too many frees nobody."""
    found: dict[int, int] = defaultdict(int)
    for load in loads:
        found[load.school_id] += max(0, load.most - load.leads)
    return found


def leads(stays: Iterable[Stay], on: date) -> dict[tuple[int, int], int]:
    """Return by school and mentor how many different mentees they lead on a day."""
    sides: dict[int, dict[str, set[int]]] = defaultdict(
        lambda: {part.value: set() for part in Part}
    )
    school_of: dict[int, int] = {}
    for stay in stays:
        if stay.begin <= on <= stay.last:
            sides[stay.pair_id][stay.part].add(stay.person_id)
            school_of[stay.pair_id] = stay.school_id
    led: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pair_id, people in sides.items():
        for mentor in people[Part.MENTOR]:
            led[school_of[pair_id], mentor] |= people[Part.MENTEE]
    return {key: len(mentees) for key, mentees in led.items()}
