"""Joining, leaving, merging two cards, closing, taking cards apart: a child is counted once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nastav.access import Actor
from nastav.coverage.figures import Verdict
from nastav.coverage.queries import coverage_by_school
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.district.models import School
from nastav.identity.merging import operations as merging
from nastav.identity.merging.models import PersonMerge
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Participation, Person, PersonClass
from nastav.refusals import NotAllowed
from tests.coverage.slow_count import Class, Entry, MadePair, Membership, World, slow_count
from tests.coverage.test_slow_count import DAYS, PARTS
from tests.support import databases
from tests.support.people import add_member, add_pair, add_person, enter

PEOPLE, SCHOOLS = 3, 2
LINE = ("joined", "left", "is_mistake")  # what a merge changes of the lines it joins
Step = tuple[str, int, int, int, Part, date]


def step(*names: str) -> st.SearchStrategy[Step]:
    """What is done, to whom, with whom, in which school, in which part, on which day."""
    person = st.integers(0, PEOPLE - 1)
    school = st.sampled_from([0, 0, 0, 1])
    return st.tuples(st.sampled_from(names), person, person, school, PARTS, DAYS)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Some people in registers and pairs, then a merge, then what may come after it."""
    before = draw(st.lists(step("join", "pair", "pair"), min_size=2, max_size=5))
    between = draw(st.lists(step("leave", "close"), max_size=3))
    merge = draw(step("merge"))
    after = draw(st.lists(step("join", "pair", "close", "merge", "undo"), max_size=4))
    return [*before, *between, merge, *after]


@dataclass
class Story:
    """What was done, in the tables and, beside them, in the slow count's plain facts."""

    schools: list[School]
    people: list[Person]
    entries: list[tuple[Entry, Participation]] = field(default_factory=list)
    pairs: list[tuple[MadePair, Pair]] = field(default_factory=list)
    adults: list[Person] = field(default_factory=list)
    merges: list[tuple[int, int, PersonMerge]] = field(default_factory=list)  # kept, dropped

    def now(self, person: int) -> int:
        """Return whose card a person's is by now."""
        for kept, dropped, _ in self.merges:
            person = kept if person == dropped else person
        return person

    def world(self, *, joined: bool = False) -> World:
        """Return what was told; `joined`: with the lines of registers as merges have joined them."""
        entries = tuple(
            replace(
                entry,
                person=self.now(entry.person),
                **({name: getattr(row, name) for name in LINE} if joined else {}),
            )
            for entry, row in self.entries
        )
        pairs = tuple(
            replace(
                made, members=tuple(replace(m, person=self.now(m.person)) for m in made.members)
            )
            for made, _ in self.pairs
        )
        kinds = (Kind.PUPIL,) * PEOPLE + (Kind.TEACHER,) * len(self.adults)
        return World(kinds, entries, pairs, self.classes())

    def classes(self) -> tuple[Class, ...]:
        """Return the classes as the tables have them: a merge moves them from card to card."""
        people = {row.id: at for at, row in enumerate(self.people)}
        schools = {row.id: at for at, row in enumerate(self.schools)}
        return tuple(
            Class(people[row.person_id], schools[row.school_id], row.first_year, row.grade)
            for row in db.session.query(PersonClass)
            if row.person_id in people
        )

    def faced(self, pair: Pair, school: int, part: Part) -> Membership:
        """Put a teacher on the other side of a pair, for as long as it lasts."""
        facing = Part.MENTEE if part is Part.MENTOR else Part.MENTOR
        teacher = add_person(
            self.schools[school].id, part=facing, kind=Kind.TEACHER, joined=date(2019, 1, 1)
        )
        self.adults.append(teacher)
        number = PEOPLE + len(self.adults) - 1
        line = db.session.query(Participation).filter_by(person_id=teacher.id).one()
        entry = Entry(number, school, facing, line.joined, None, False)
        self.entries.append((entry, line))
        add_member(pair, teacher, facing, pair.started)
        return Membership(number, facing, pair.started, None)

    def join(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        person = self.now(person)
        row = enter(self.people[person], self.schools[school].id, part=part, joined=day)
        self.entries.append((Entry(person, school, part, day, None, False), row))

    def pair(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        person = self.now(person)
        self.join(person, _, school, part, day)
        pair = add_pair(self.schools[school].id, None, [], day)
        add_member(pair, self.people[person], part, day)
        members = (Membership(person, part, day, None), self.faced(pair, school, part))
        made = MadePair(school, False, day, None, members, goes_on=True)
        self.pairs.append((made, pair))

    def leave(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        merged = {person for kept, dropped, _ in self.merges for person in (kept, dropped)}
        for at, (entry, row) in enumerate(self.entries):
            at_place = (entry.person, entry.school, entry.part) == (person, school, part)
            if at_place and person not in merged and entry.left is None and entry.joined <= day:
                row.left = day
                self.entries[at] = (replace(entry, left=day), row)

    def close(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        for at, (made, pair) in enumerate(self.pairs):
            if made.members[0].person == person and made.started <= day and made.ended is None:
                pair.ended, pair.state = day, PairState.CLOSED
                self.pairs[at] = (replace(made, ended=day), pair)

    def merge(self, kept: int, dropped: int, school: int, part: Part, day: date) -> None:
        kept, dropped = self.now(kept), self.now(dropped)
        both = (self.people[kept], self.people[dropped])
        versions = [card.version for card in both]
        try:
            row = merging.merge(Actor.system(), self.schools[school], *both, versions=versions)
        except NotAllowed:
            return
        self.merges.append((kept, dropped, row))

    def undo(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        if self.merges:
            merging.undo(Actor.system(), self.merges.pop()[2])


def tell(story: Story, steps: list[Step]) -> None:
    for name, *rest in steps:
        getattr(story, name)(*rest)
        db.session.flush()


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:SCHOOLS]


@settings(
    max_examples=databases.examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=stories(), on=DAYS)
@example(  # two lines of a school became one, which begins on the earlier day
    steps=[
        ("join", 0, 0, 0, Part.MENTEE, date(2020, 1, 1)),
        ("pair", 0, 0, 0, Part.MENTEE, date(2019, 12, 31)),
        ("merge", 0, 1, 0, Part.MENTEE, date(2019, 12, 31)),
        ("pair", 0, 0, 1, Part.MENTEE, date(2019, 12, 31)),
    ],
    on=date(2020, 1, 1),
)
def test_whatever_was_merged_distinct_children_are_counted(
    schools: list[int], steps: list[Step], on: date
) -> None:
    try:
        people = [add_person(schools[0], is_mistake=True, grade=9) for _ in range(PEOPLE)]
        story = Story([db.session.get_one(School, school_id) for school_id in schools], people)
        tell(story, steps)
        rows = {row.school_id: row for row in coverage_by_school(1, 2020, on).schools}
        told, joined = story.world(), story.world(joined=True)
        paired = slow_count(told, 2020, on)
        entered = slow_count(told, 2020, on, register=True)
        # in which of two schools is chosen by the first day, and joined lines begin on the earlier one
        chosen = slow_count(joined, 2020, on)
        for part in Part:
            found = [rows[school].of(part) for school in schools]
            keys = [(at, part, Verdict.COUNTED) for at in range(SCHOOLS)]
            assert [figure.in_pair or 0 for figure in found] == [chosen.get(key, 0) for key in keys]
            assert sum(figure.in_pair or 0 for figure in found) == sum(
                paired.get(key, 0) for key in keys
            )
            assert sum(figure.in_register or 0 for figure in found) == sum(
                entered.get(key, 0) for key in keys
            )
    finally:
        db.session.rollback()
