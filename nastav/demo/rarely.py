"""What is seldom and has rules of its own: no classes, another category from a day, an edited plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from nastav.dates import cycle_bounds, cycle_of
from nastav.demo.forming import BY_KIND
from nastav.demo.life import Life
from nastav.demo.people import adult, pupil
from nastav.demo.stories import Tale
from nastav.pairs import operations as pairs
from nastav.people import kinds
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.models import Kind, Part
from nastav.plan import operations as plans
from nastav.plan import queries as plan_queries

GROUP = "Робототехника, 1-й год"
# the ages of mentor and mentee in a group without classes: one mentor counts, the other is too young
AGES = ((16, 10), (14, 11))
FIRST_EDIT = date(2021, 2, 1)  # the plan of the first year stays as the order prints it
MORE = 3  # mentees that a school was given on top of its plan


def _circle(tale: Tale) -> None:
    """A club of the school keeps groups and ages, no classes."""
    life, day = tale.school(5), tale.ago(18)
    for mentor_age, mentee_age in AGES:
        mentor = _in_group(tale, life, day, Part.MENTOR, mentor_age)
        mentee = _in_group(tale, life, day, Part.MENTEE, mentee_age)
        _pair(life, tale.ago(14), Kind.PUPIL, mentor, mentee)


def _in_group(tale: Tale, life: Life, day: date, part: Part, age: int) -> int:
    of_class = pupil(
        tale.scene.names.next(),
        day,
        0,
        group_name=GROUP,
        age=age,
        aged_on=cycle_bounds(cycle_of(day))[0],
        need="проектная работа" if part is Part.MENTEE else "",
        source="родители" if part is Part.MENTEE else "",
    )
    new = replace(of_class, grade=None, class_year=None)
    with life.desk.stopped(day):
        return people.add_person(life.desk.actor, life.registers.school, part, new).person_id


def _pair(life: Life, day: date, kind: Kind, mentor_id: int, mentee_id: int) -> None:
    form = life.kinds[BY_KIND[kind]]
    new = pairs.NewPair(kind_id=form, started=day, mentor_id=mentor_id, mentee_ids=(mentee_id,))
    with life.desk.stopped(day):
        pairs.create_pair(life.desk.actor, life.registers.school.id, new)


def _became(tale: Tale) -> None:
    """A student who helps the school is its teacher from a day on."""
    life, school = tale.school(2), tale.school(2).registers.school
    new = adult(tale.scene.names.next(), tale.ago(19), Kind.STUDENT, "студент колледжа")
    with life.desk.stopped(tale.ago(19)):
        added = people.add_person(life.desk.actor, school, Part.MENTOR, new)
    line = registers.participation(school.id, Part.MENTOR, added.participation_id)
    if line is None:
        raise LookupError("who was entered just now")
    day = tale.ago(9)
    with life.desk.stopped(day):
        now = replace(new, kind=Kind.TEACHER, post="учитель начальных классов")
        versions = {"version": line.version, "person_version": line.person.version}
        people.change_person(life.desk.actor, line, now, **versions)
        kinds.become(line, Kind.STUDENT, day)
    mentee = pupil(
        tale.scene.names.next(), tale.ago(8), 3, letter="А", need="чтение", source="родители"
    )
    with life.desk.stopped(tale.ago(8)):
        led = people.add_person(life.desk.actor, school, Part.MENTEE, mentee)
    _pair(life, tale.ago(7), Kind.TEACHER, line.person_id, led.person_id)


def _edited_plan(tale: Tale) -> None:
    """The coordinator gave a school some more mentees than its cell of the order says."""
    district, desk = tale.scene.district, tale.scene.coordinator
    printed = [row.year for row in plan_queries.years(district.id) if row.printed_mentees]
    year = min(tale.scene.last.year, printed[-1])
    plan = plan_queries.plan_year(district.id, year)
    if plan is None or tale.scene.last < FIRST_EDIT:
        return
    row = next(row for row in plan_queries.targets(district.id, year) if row.mentees)
    wanted = plans.Cells((row.mentees or 0) + MORE, row.mentors)
    day = date(year, FIRST_EDIT.month, FIRST_EDIT.day)
    with desk.stopped(min(tale.ago(0), day)):
        reason = "в школе открыт ещё один класс"
        plans.change_targets(desk.actor, plan, {row.school_id: wanted}, reason)


STORIES: tuple[Callable[[Tale], None], ...] = (_circle, _became, _edited_plan)
