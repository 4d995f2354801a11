"""Coverage counted the slow and obvious way: day by day, in plain Python, over made-up facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nastav.coverage.figures import Verdict
from nastav.people.models import Kind, Part

GRADES, AGE = range(9, 12), 15


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
    """A pair of a school; `goes_on`: begun in summer, it counts in the next school year too."""

    school: int
    is_draft: bool
    started: date
    ended: date | None
    members: tuple[Membership, ...]
    meetings: tuple[Met, ...] = ()
    goes_on: bool = False

    @property
    def last_cycle(self) -> int:
        begun = self.started.year if self.started.month > 8 else self.started.year - 1
        return begun + 1 if self.goes_on and self.started.month in (6, 7, 8) else begun

    def counts_on(self, day: date) -> bool:
        return not self.is_draft and is_within(day, self.started, self.ended) and day <= self.august

    def is_undecided_on(self, day: date) -> bool:
        is_open = self.ended is None or day < self.ended
        return not self.is_draft and is_open and day > self.august

    @property
    def august(self) -> date:
        return date(self.last_cycle + 1, 8, 31)


@dataclass(frozen=True)
class Class:
    """The grade that a school entered for a school year."""

    person: int
    school: int
    first_year: int
    grade: int


@dataclass(frozen=True)
class Age:
    """The age that a school without classes entered, in full years on a day."""

    person: int
    school: int
    age: int
    on: date


@dataclass(frozen=True)
class World:
    """Everything that was entered."""

    kinds: tuple[Kind, ...]  # of persons 0, 1, 2 …
    entries: tuple[Entry, ...]
    pairs: tuple[MadePair, ...]
    classes: tuple[Class, ...] = ()
    ages: tuple[Age, ...] = ()
    changes: tuple[tuple[int, date, Kind], ...] = ()  # who was what up to a day


def days_of(year: int, on: date) -> list[date]:
    """Return the days of the year up to the day asked for."""
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    return [day for day in days if day.year == year and day <= on]


def is_within(day: date, begin: date, end: date | None) -> bool:
    return begin <= day and (end is None or day <= end)


def lines_on(world: World, person: int, school: int, part: Part, day: date) -> list[Entry]:
    """Return the person's lines in the school's register on the day."""
    return [
        line
        for line in world.entries
        if (line.person, line.school, line.part) == (person, school, part)
        and not line.is_mistake
        and is_within(day, line.joined, line.left)
    ]


def stands(world: World, pair: MadePair, member: Membership, day: date) -> bool:
    """Tell whether a member stands in the pair on the day, whatever the pair itself does."""
    in_it = is_within(day, max(member.joined, pair.started), member.left)
    return in_it and bool(lines_on(world, member.person, pair.school, member.part, day))


def is_faced(world: World, pair: MadePair, member: Membership, day: date) -> bool:
    """Tell whether somebody stands on the other side that day."""
    others = (partner for partner in pair.members if partner.part is not member.part)
    return any(stands(world, pair, partner, day) for partner in others)


# --- as what --------------------------------------------------------------------------------------


def kind_on(world: World, person: int, day: date) -> Kind:
    earlier = [(until, kind) for who, until, kind in world.changes if who == person]
    return next((kind for until, kind in sorted(earlier) if day <= until), world.kinds[person])


def school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def grade_in(world: World, person: int, school: int, year: int) -> int | None:
    own = [school_class for school_class in world.classes if school_class.person == person]
    nearest = min(
        own,
        key=lambda school_class: (
            school_class.school != school,
            abs(school_class.first_year - year),
            school_class.first_year,
        ),
        default=None,
    )
    return nearest and nearest.grade + year - nearest.first_year


def age_in(world: World, person: int, school: int, year: int) -> int | None:
    """Return the full years that somebody surely has on 1 September of a school year."""
    own = [age for age in world.ages if age.person == person]
    known = max(own, key=lambda age: (age.school == school, age.on), default=None)
    if known is None:
        return None
    # the youngest whom the age fits had their birthday on the very day of it
    years = year - known.on.year - ((known.on.month, known.on.day) > (9, 1))
    return known.age + years


def verdict_on(world: World, person: int, part: Part, school: int, day: date) -> Verdict:
    kind = kind_on(world, person, day)
    if kind is not Kind.PUPIL:
        is_young = part is Part.MENTEE and kind is Kind.TEACHER
        return Verdict.YOUNG_TEACHER if is_young else Verdict.OTHER_ADULT
    if part is Part.MENTEE:
        return Verdict.COUNTED
    grade = grade_in(world, person, school, school_year(day))
    age = age_in(world, person, school, school_year(day))
    if grade is None and age is None:
        return Verdict.NO_CLASS
    if grade is None:
        return Verdict.COUNTED if age and age >= AGE else Verdict.UNDER_AGE
    if grade in GRADES:
        return Verdict.COUNTED
    return Verdict.TOO_YOUNG if grade < min(GRADES) else Verdict.TOO_OLD


# --- where ----------------------------------------------------------------------------------------

Place = tuple[date, int, int]  # since, order of entering, school


def in_pairs_on(world: World, person: int, part: Part, day: date) -> Iterator[Place]:
    """Yield where the person was in a pair with both sides on the day."""
    order = 0
    for pair in world.pairs:
        for member in pair.members:
            order += 1
            if (member.person, member.part) != (person, part) or not pair.counts_on(day):
                continue
            if stands(world, pair, member, day) and is_faced(world, pair, member, day):
                for line in lines_on(world, person, pair.school, part, day):
                    yield max(member.joined, pair.started, line.joined), order, pair.school


def in_registers_on(world: World, person: int, part: Part, day: date) -> Iterator[Place]:
    """Yield in which registers the person stood on the day."""
    for order, line in enumerate(world.entries):
        is_own = (line.person, line.part) == (person, part) and not line.is_mistake
        if is_own and is_within(day, line.joined, line.left):
            yield line.joined, order, line.school


def met_on(world: World, person: int, part: Part, day: date) -> bool:
    """Tell whether the person was at a meeting of a pair they stood in, and counted, on that day."""
    return any(
        meeting.day == day and not meeting.is_deleted and at in meeting.there
        for pair in world.pairs
        if pair.counts_on(day)
        for at, member in enumerate(pair.members)
        if (member.person, member.part) == (person, part)
        and stands(world, pair, member, day)
        and is_faced(world, pair, member, day)
        and verdict_on(world, person, part, pair.school, day) is Verdict.COUNTED
        for meeting in pair.meetings
    )


Counts = dict[tuple[int, Part, Verdict], int]


def slow_count(
    world: World, year: int, on: date, *, register: bool = False, met: bool = False
) -> Counts:
    """Return people by (school, part, verdict); with `met` those who met on a day of the year."""
    found: Counts = {}
    for person in range(len(world.kinds)):
        for part in Part:
            if met and not any(met_on(world, person, part, day) for day in days_of(year, on)):
                continue
            if place := _last_place(world, person, part, year, on, register=register):
                school, verdict = place
                key = (school, part, verdict)
                found[key] = found.get(key, 0) + 1
    return found


def _last_place(
    world: World, person: int, part: Part, year: int, on: date, *, register: bool
) -> tuple[int, Verdict] | None:
    """Return the school and the verdict of the last day that counts, else of the last day at all."""
    places_on = in_registers_on if register else in_pairs_on
    latest = None
    for day in reversed(days_of(year, on)):
        judged = [
            (verdict_on(world, person, part, place[2], day), place)
            for place in places_on(world, person, part, day)
        ]
        counted = [place for verdict, place in judged if verdict is Verdict.COUNTED]
        if counted:
            return max(counted)[2], Verdict.COUNTED
        if judged and latest is None:
            verdict, (*_, school) = max(judged, key=lambda row: row[1])
            latest = school, verdict
    return latest


def slow_beside(world: World, year: int, on: date) -> Counts:
    """Return the children not counted who on the last day are alone in a pair, or in an undecided one."""
    days = days_of(year, on)
    found: Counts = {}
    for person in range(len(world.kinds)):
        for part in Part:
            place = _last_place(world, person, part, year, on, register=False)
            if not days or (place and place[1] is Verdict.COUNTED):
                continue
            states = [
                (verdict, pair.school)
                for pair in world.pairs
                for member in pair.members
                if (member.person, member.part) == (person, part)
                and stands(world, pair, member, days[-1])
                and verdict_on(world, person, part, pair.school, days[-1]) is Verdict.COUNTED
                and (verdict := _loose_on(world, pair, member, days[-1]))
            ]
            if states:
                key = (min(school for _, school in states), part, max(states)[0])
                found[key] = found.get(key, 0) + 1
    return found


def _loose_on(world: World, pair: MadePair, member: Membership, day: date) -> Verdict | None:
    if pair.is_undecided_on(day):
        return Verdict.UNDECIDED
    is_alone = pair.counts_on(day) and not is_faced(world, pair, member, day)
    return Verdict.ALONE if is_alone else None
