"""Coverage counted the slow and obvious way: day by day, in plain Python, over made-up facts."""

from dataclasses import dataclass
from datetime import date, timedelta

from nastav.people.models import Kind, Part


@dataclass(frozen=True)
class Entry:
    """A person's line in a school's register."""

    person: int
    school: int
    part: Part
    joined: date
    left: date | None
    is_mistake: bool


@dataclass(frozen=True)
class Membership:
    """A person in a pair, with the dates of both."""

    person: int
    part: Part
    joined: date
    left: date | None


@dataclass(frozen=True)
class Met:
    """A meeting of a pair: its day, and which of the members (by place) were there."""

    day: date
    there: tuple[int, ...]
    is_deleted: bool = False


@dataclass(frozen=True)
class MadePair:
    """A pair of a school."""

    school: int
    is_draft: bool
    started: date
    ended: date | None
    members: tuple[Membership, ...]
    meetings: tuple[Met, ...] = ()


@dataclass(frozen=True)
class World:
    """Everything that was entered."""

    kinds: tuple[Kind, ...]  # of persons 0, 1, 2 …
    entries: tuple[Entry, ...]
    pairs: tuple[MadePair, ...]


def days_of(year: int, on: date) -> list[date]:
    """Return the days of the year up to the day asked for."""
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    return [day for day in days if day.year == year and day <= on]


def is_within(day: date, begin: date, end: date | None) -> bool:
    return begin <= day and (end is None or day <= end)


def still_kept(world: World, person: int, school: int, part: Part, day: date) -> bool:
    """Tell whether the register of the school has not yet let the person go for good."""
    lines = [
        line
        for line in world.entries
        if (line.person, line.school, line.part) == (person, school, part) and not line.is_mistake
    ]
    return any(line.left is None or day <= line.left for line in lines)


def schools_in_pair(world: World, person: int, part: Part, day: date) -> list[tuple[date, int]]:
    """Return (since, school) of each pair the person was in on the day."""
    return [
        (max(one.joined, pair.started), pair.school)
        for pair in world.pairs
        if not pair.is_draft and is_within(day, pair.started, pair.ended)
        for one in pair.members
        if (one.person, one.part) == (person, part)
        and is_within(day, one.joined, one.left)
        and still_kept(world, person, pair.school, part, day)
    ]


def schools_in_register(world: World, person: int, part: Part, day: date) -> list[tuple[date, int]]:
    """Return (since, school) of each register the person stood in on the day."""
    return [
        (line.joined, line.school)
        for line in world.entries
        if (line.person, line.part) == (person, part)
        and not line.is_mistake
        and is_within(day, line.joined, line.left)
    ]


def met_on(world: World, person: int, part: Part, day: date) -> bool:
    """Tell whether the person was at a meeting of a pair they were in on that day."""
    return any(
        one.day == day and not one.is_deleted and at in one.there
        for pair in world.pairs
        if not pair.is_draft and is_within(day, pair.started, pair.ended)
        for at, member in enumerate(pair.members)
        if (member.person, member.part) == (person, part)
        and is_within(day, member.joined, member.left)
        and still_kept(world, person, pair.school, part, day)
        for one in pair.meetings
    )


def slow_count(
    world: World, year: int, on: date, *, register: bool = False, met: bool = False
) -> dict[tuple[int, Part, bool], int]:
    """Return people by (school, part, is a pupil); with `met` those who met on a day of the year."""
    schools_on = schools_in_register if register else schools_in_pair
    found: dict[tuple[int, Part, bool], int] = {}
    for person, kind in enumerate(world.kinds):
        for part in Part:
            if met and not any(met_on(world, person, part, day) for day in days_of(year, on)):
                continue
            for day in reversed(days_of(year, on)):
                if places := schools_on(world, person, part, day):
                    school = max(enumerate(places), key=lambda at: (at[1][0], at[0]))[1][1]
                    key = (school, part, kind is Kind.PUPIL)
                    found[key] = found.get(key, 0) + 1
                    break
    return found
