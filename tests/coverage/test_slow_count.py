"""The query gives what a slow count in plain Python gives, whatever was entered."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav import dates
from nastav.coverage.figures import EXCEPTIONS, Verdict
from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Person, PersonClass, PersonGroup, PersonKind
from tests.coverage.slow_count import (
    Age,
    Class,
    Entry,
    MadePair,
    Membership,
    Met,
    World,
    slow_beside,
    slow_count,
)
from tests.support import databases
from tests.support.people import add_meeting, add_member, add_pair, add_person, enter

# the year counted is 2020: few days, so that ends meet begins, and both meet the ends of the year and of
# the school year
DAYS = st.sampled_from(
    [
        date(2019, 12, 31),
        date(2020, 1, 1),
        date(2020, 1, 2),
        date(2020, 6, 15),
        date(2020, 6, 16),
        date(2020, 8, 31),
        date(2020, 9, 1),
        date(2020, 12, 31),
        date(2021, 1, 1),
    ]
)
ENDS = st.one_of(st.none(), DAYS)
LEFT = st.one_of(st.none(), st.none(), st.none(), DAYS)
PEOPLE, SCHOOLS = 2, 2  # so few that they meet
PERSONS = st.integers(0, PEOPLE - 1)
PARTS = st.sampled_from([Part.MENTEE, Part.MENTEE, Part.MENTOR])
RARELY = st.sampled_from([False, False, False, True])
MEMBERS = st.builds(Membership, PERSONS, PARTS, DAYS, ENDS)
MEETINGS = st.builds(
    Met, DAYS, st.lists(st.integers(0, 2), min_size=1, max_size=3).map(tuple), st.booleans()
)
PAIRS = st.builds(
    MadePair,
    st.integers(0, SCHOOLS - 1),
    RARELY,
    DAYS,
    ENDS,
    st.lists(MEMBERS, min_size=1, max_size=3).map(tuple),
    st.lists(MEETINGS, max_size=3).map(tuple),
    st.booleans(),
)
CLASSES = st.builds(
    Class, PERSONS, st.integers(0, SCHOOLS - 1), st.integers(2018, 2021), st.integers(7, 12)
)
AGES = st.builds(Age, PERSONS, st.integers(0, SCHOOLS - 1), st.integers(13, 16), DAYS)
KINDS = st.sampled_from([Kind.PUPIL, Kind.PUPIL, Kind.TEACHER])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Pairs, and for nearly each membership a line or two in the register of that school."""
    pairs = tuple(draw(st.lists(PAIRS, min_size=1, max_size=4)))
    entries = [
        Entry(member.person, pair.school, member.part, draw(DAYS), draw(LEFT), draw(RARELY))
        for pair in pairs
        for member in pair.members
        if not draw(RARELY)
    ]
    kinds = tuple(draw(KINDS) for _ in range(PEOPLE))
    classes = draw(
        st.lists(
            CLASSES, max_size=4, unique_by=lambda row: (row.person, row.school, row.first_year)
        )
    )
    ages = draw(st.lists(AGES, max_size=2, unique_by=lambda age: (age.person, age.school)))
    changes = draw(
        st.lists(st.tuples(PERSONS, DAYS, KINDS), max_size=2, unique_by=lambda row: row[:2])
    )
    return World(kinds, tuple(entries), pairs, tuple(classes), tuple(ages), tuple(changes))


@st.composite
def moves(draw: st.DrawFn) -> World:
    """One child in several pairs of two schools, one after another or at the same time."""
    before = date(2019, 12, 31)
    pairs = []
    for school in draw(st.permutations([0, 0, 1, 1])):
        begin, end = sorted([draw(DAYS), draw(DAYS)])
        child = Membership(0, Part.MENTEE, begin, end)
        mentor = Membership(1 + school, Part.MENTOR, before, draw(ENDS))
        meetings = tuple(Met(day, (0,)) for day in draw(st.lists(DAYS, max_size=1)))
        pairs.append(MadePair(school, False, draw(DAYS), None, (child, mentor), meetings))
    entries = [Entry(0, school, Part.MENTEE, before, None, False) for school in range(SCHOOLS)]
    entries += [Entry(1 + at, at, Part.MENTOR, before, None, False) for at in range(SCHOOLS)]
    kinds = (Kind.PUPIL, Kind.TEACHER, Kind.TEACHER)
    return World(kinds, tuple(entries), tuple(pairs[: draw(st.integers(2, 4))]))


def enter_world(world: World, schools: list[int]) -> None:
    people: list[Person] = [
        add_person(schools[0], kind=kind, is_mistake=True, grade=0) for kind in world.kinds
    ]
    for line in world.entries:
        enter(
            people[line.person], schools[line.school],
            part=line.part, joined=line.joined, left=line.left, is_mistake=line.is_mistake,
        )  # fmt: skip
    for entered in world.classes:
        db.session.add(
            PersonClass(
                person_id=people[entered.person].id, school_id=schools[entered.school],
                first_year=entered.first_year, grade=entered.grade,
            )
        )  # fmt: skip
    for aged in world.ages:
        db.session.add(
            PersonGroup(
                person_id=people[aged.person].id, school_id=schools[aged.school],
                age=aged.age, aged_on=aged.on,
            )
        )  # fmt: skip
    for person, row in enumerate(people):
        enter_kinds(world, person, row, schools[0])
    for made in world.pairs:
        pair = empty_pair(schools[made.school], made)
        rows = [
            add_member(pair, people[member.person], member.part, member.joined, member.left)
            for member in made.members
        ]
        for meeting in made.meetings:
            there = [rows[at] for at in set(meeting.there) if at < len(rows)]
            add_meeting(pair, meeting.day, there, is_deleted=meeting.is_deleted)


def enter_kinds(world: World, person: int, row: Person, school_id: int) -> None:
    """Enter what somebody was from when to when, if they ever changed."""
    changes = sorted((until, kind) for who, until, kind in world.changes if who == person)
    since = dates.ALWAYS
    for until, kind in [*changes, (dates.NEVER, world.kinds[person])] if changes else ():
        span = {"since": since, "until": until}
        db.session.add(PersonKind(person_id=row.id, school_id=school_id, kind=kind, **span))
        since = until + timedelta(1) if until < dates.NEVER else until
    db.session.flush()


def empty_pair(school_id: int, made: MadePair) -> Pair:
    pair = add_pair(school_id, None, [], made.started, ended=made.ended)
    pair.last_cycle = made.last_cycle
    if made.is_draft:
        pair.state = PairState.DRAFT
    db.session.flush()
    return pair


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:SCHOOLS]


@settings(
    max_examples=databases.examples(400),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(world=st.one_of(worlds(), worlds(), moves()), on=DAYS)
def test_the_query_counts_as_a_slow_count_does(schools: list[int], world: World, on: date) -> None:
    try:
        enter_world(world, schools)
        rows = {row.school_id: row for row in coverage_by_school(1, 2020, on).schools}
        paired = slow_count(world, 2020, on) | slow_beside(world, 2020, on)
        met = slow_count(world, 2020, on, met=True)
        entered = slow_count(world, 2020, on, register=True)
        for at, school in enumerate(schools):
            for part in Part:
                figure = rows[school].of(part)
                child = (at, part, Verdict.COUNTED)
                assert (figure.in_pair or 0) == paired.get(child, 0)
                assert (figure.met or 0) == met.get(child, 0)
                assert (figure.in_register or 0) == entered.get(child, 0)
                exceptions = {verdict: paired.get((at, part, verdict), 0) for verdict in EXCEPTIONS}
                silent = figure.exceptions.get(Verdict.SILENT, 0)
                assert figure.exceptions == {
                    verdict: n for verdict, n in exceptions.items() if n
                } | ({Verdict.SILENT: silent} if silent else {})
            assert school_coverage(school, 2020, on) == rows[school]
    finally:
        db.session.rollback()
