"""The query gives what a slow count in plain Python gives, whatever was entered."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Person
from tests.coverage.slow_count import Entry, MadePair, Membership, Met, World, slow_count
from tests.support import databases
from tests.support.people import add_meeting, add_member, add_pair, add_person, enter

# the year counted is 2020: few days, so that ends meet begins and both meet the year's own ends
DAYS = st.sampled_from(
    [
        date(2019, 12, 31),
        date(2020, 1, 1),
        date(2020, 1, 2),
        date(2020, 6, 15),
        date(2020, 6, 16),
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
)
KINDS = st.sampled_from([Kind.PUPIL, Kind.PUPIL, Kind.TEACHER])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Pairs, and for nearly each membership a line or two in the register of that school."""
    pairs = tuple(draw(st.lists(PAIRS, min_size=1, max_size=4)))
    entries = [
        Entry(one.person, pair.school, one.part, draw(DAYS), draw(LEFT), draw(RARELY))
        for pair in pairs
        for one in pair.members
        if not draw(RARELY)
    ]
    kinds = tuple(draw(KINDS) for _ in range(PEOPLE))
    return World(kinds, tuple(entries), pairs)


@st.composite
def moves(draw: st.DrawFn) -> World:
    """One child in several pairs of two schools, one after another or at the same time."""
    before = date(2019, 12, 31)
    pairs = []
    for school in draw(st.permutations([0, 0, 1, 1])):
        begin, end = sorted([draw(DAYS), draw(DAYS)])
        child = Membership(0, Part.MENTEE, begin, end)
        meetings = tuple(Met(day, (0,)) for day in draw(st.lists(DAYS, max_size=1)))
        pairs.append(MadePair(school, False, before, None, (child,), meetings))
    entries = tuple(Entry(0, school, Part.MENTEE, before, None, False) for school in range(SCHOOLS))
    return World((Kind.PUPIL,), entries, tuple(pairs[: draw(st.integers(2, 4))]))


def enter_world(world: World, schools: list[int]) -> None:
    people: list[Person] = [
        add_person(schools[0], kind=kind, is_mistake=True) for kind in world.kinds
    ]
    for line in world.entries:
        enter(
            people[line.person], schools[line.school],
            part=line.part, joined=line.joined, left=line.left, is_mistake=line.is_mistake,
        )  # fmt: skip
    for made in world.pairs:
        pair = empty_pair(schools[made.school], made)
        rows = [
            add_member(pair, people[one.person], one.part, one.joined, one.left)
            for one in made.members
        ]
        for meeting in made.meetings:
            there = [rows[at] for at in set(meeting.there) if at < len(rows)]
            add_meeting(pair, meeting.day, there, is_deleted=meeting.is_deleted)


def empty_pair(school_id: int, made: MadePair) -> Pair:
    pair = add_pair(school_id, None, [], made.started, ended=made.ended)
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
        paired = slow_count(world, 2020, on)
        met = slow_count(world, 2020, on, met=True)
        entered = slow_count(world, 2020, on, register=True)
        for at, school in enumerate(schools):
            for part in Part:
                figure = rows[school].of(part)
                assert (figure.in_pair or 0) == paired.get((at, part, True), 0)
                assert (figure.met or 0) == met.get((at, part, True), 0)
                assert (figure.in_register or 0) == entered.get((at, part, True), 0)
                assert figure.adults == paired.get((at, part, False), 0)
            assert school_coverage(school, 2020, on) == rows[school]
    finally:
        db.session.rollback()
