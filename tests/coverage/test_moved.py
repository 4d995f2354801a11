"""Joining, leaving, moving to another school, confirming doubles, parting them: a child counts once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav.access import Actor
from nastav.coverage.figures import Verdict
from nastav.coverage.queries import coverage_by_school
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.district.models import School
from nastav.identity.matches import operations as matches
from nastav.identity.matches.models import PersonMatch
from nastav.identity.matches.queries import suspected
from nastav.people import operations
from nastav.people.models import Part
from nastav.refusals import NotAllowed
from tests.coverage.slow_count import Entry, slow_count
from tests.coverage.test_merged import PEOPLE, Step, Story, step, tell
from tests.coverage.test_slow_count import DAYS
from tests.support import databases
from tests.support.people import add_person

SYSTEM = Actor.system()
YEAR = date(2020, 1, 1), date(2020, 12, 31)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Namesakes of three schools in registers and pairs, then decisions and moves in any order."""
    before = draw(st.lists(step("join", "pair", "pair"), min_size=2, max_size=5))
    later = step("confirm", "confirm", "move", "leave", "pair", "part", "close")
    steps = [*before, *draw(st.lists(later, min_size=1, max_size=6))]
    return [(name, person, other, person, part, day) for name, person, other, _, part, day in steps]


@dataclass
class Moves(Story):
    """A story of the district: each person enters the school of their own number."""

    decisions: list[tuple[int, int, PersonMatch]] = field(default_factory=list)  # kept, dropped

    def now(self, person: int) -> int:
        for kept, dropped, _ in self.decisions:
            person = kept if person == dropped else person
        return person

    def confirm(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        found = suspected(1, *YEAR)
        if not found:
            return
        try:
            row = matches.decide(SYSTEM, 1, found[person % len(found)], is_one_child=True)
        except NotAllowed:
            return
        ids = [person.id for person in self.people]
        self.decisions.append((ids.index(row.kept_id), ids.index(row.dropped_id), row))

    def part(self, person: int, _: int, school: int, part: Part, day: date) -> None:
        """What the dropped card's schools wrote meanwhile is the dropped one's from now on."""
        if not self.decisions:
            return
        kept, dropped, row = self.decisions[-1]
        places = {at for at, school in enumerate(self.schools) if school.id in row.schools}

        def owner(holder: int, at: int) -> int:
            if self.now(holder) != kept:
                return holder
            return dropped if at in places else kept

        self.entries = [
            (replace(entry, person=owner(entry.person, entry.school)), line)
            for entry, line in self.entries
        ]
        for at, (made, pair) in enumerate(self.pairs):
            members = tuple(
                replace(member, person=owner(member.person, made.school)) for member in made.members
            )
            self.pairs[at] = (replace(made, members=members), pair)
        self.decisions.pop()
        matches.undo(SYSTEM, row, version=row.version)

    def move(self, person: int, to: int, school: int, part: Part, day: date) -> None:
        card = self.people[self.now(person)]
        try:
            line = operations.receive(SYSTEM, self.schools[to], part, card, day, (7, "А"))
        except NotAllowed:  # a day that lies ahead
            return
        if all(known is not line for _, known in self.entries):
            self.entries.append((Entry(self.now(person), to, part, day, None, False), line))


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:PEOPLE]


@settings(
    max_examples=databases.examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=stories(), on=DAYS)
def test_whoever_moved_or_was_confirmed_distinct_children_are_counted(
    schools: list[int], steps: list[Step], on: date
) -> None:
    try:
        people = [
            add_person(school_id, "Двойникова Анна", is_mistake=True, grade=9)
            for school_id in schools
        ]
        story = Moves([db.session.get_one(School, school_id) for school_id in schools], people)
        tell(story, steps)
        rows = {row.school_id: row for row in coverage_by_school(1, 2020, on).schools}
        paired = slow_count(story.world(), 2020, on)
        entered = slow_count(story.world(), 2020, on, register=True)
        for part in Part:
            for at, school in enumerate(schools):
                assert (rows[school].of(part).in_pair or 0) == paired.get(
                    (at, part, Verdict.COUNTED), 0
                )
                assert (rows[school].of(part).in_register or 0) == entered.get(
                    (at, part, Verdict.COUNTED), 0
                )
    finally:
        db.session.rollback()
