"""Which pairs a school forms: groups as large as mentors are few, some carried on from last year."""

import math
from collections import deque
from datetime import date, timedelta

from nastav.dates import cycle_of
from nastav.demo import pairs
from nastav.demo.calendar import workday, workday_before
from nastav.demo.life import Life
from nastav.demo.people import Someone
from nastav.pairs.models import Meets, PairState
from nastav.pairs.operations import PairFacts
from nastav.people.models import Kind, Part

GOALS = (
    "подготовить проект к школьной конференции",
    "подтянуть математику до уверенной четвёрки",
    "освоиться в новом классе",
    "выбрать профиль обучения",
    "подготовиться к олимпиаде по биологии",
    "научиться выступать перед классом",
)
BY_KIND = {
    Kind.PUPIL: "ученик – ученик",
    Kind.TEACHER: "учитель – ученик",
    Kind.STUDENT: "студент – ученик",
    Kind.EMPLOYER: "работодатель – ученик",
    Kind.GRADUATE: "учитель – ученик",
    Kind.PARENT: "работодатель – ученик",
}
AMONG_TEACHERS = "учитель – учитель"
DAY = timedelta(days=1)


def carry_on(life: Life, year: int) -> None:
    """Draft the pairs that go on, and begin them; the last of a young year waits for its order."""
    drafted, begun = workday(date(year, 9, 2)), workday(date(year, 9, 6))
    before = [
        bond
        for bond in life.bonds
        if pairs.is_continued(bond)
        and bond.row["ended"].year == year
        and bond.row["ended"].month < 9
    ]
    for bond in before:
        mentees = [mentee for mentee in bond.mentees if mentee.is_here(date(year, 9, 1))]
        facts = _facts(life, year, date(year, 9, 1), bond.row["kind_id"], goal=bond.row["goal"])
        made = pairs.form(
            life.desk,
            drafted,
            life.registers.school.id,
            facts,
            [bond.mentor, *mentees],
            state=PairState.DRAFT,
            continues=bond,
        )
        life.bonds.append(made)
        waits = bond is before[-1] and life.ordinal % 4 == 0
        if not waits or life.desk.may(date(year, 12, 20)):
            pairs.step(life.desk, begun, made, PairState.ACTIVE)


def form_pairs(life: Life, year: int, begun: date) -> None:
    """Give mentees a mentor, in groups as large as the mentors are few; the last wait till January."""
    free, leaders = _free(life, begun), life.here(Part.MENTOR, begun + 5 * DAY)
    if not free or not leaders:
        return
    size = max(1, math.ceil(len(free) / (len(leaders) * 1.6)))
    groups = [free[place : place + size] for place in range(0, len(free), size)]
    life.desk.random.shuffle(groups)
    turn = deque(leaders)
    for place, group in enumerate(groups):
        day = _day_of(life, year, begun, place, len(groups))
        _form(life, year, day, _leader(turn, group), group)


def _leader(turn: deque[Someone], group: list[Someone]) -> Someone:
    """Return whose turn it is: an adult, or a pupil older than all of the group."""
    oldest = max(someone.grade for someone in group)
    for _ in range(len(turn)):
        turn.rotate(-1)
        if not turn[-1].is_pupil or turn[-1].grade > oldest:
            break
    return turn[-1]


def _free(life: Life, begun: date) -> list[Someone]:
    taken = life.in_bonds(begun)
    free = [
        someone for someone in life.here(Part.MENTEE, life.desk.last) if someone.id not in taken
    ]
    adults = [someone for someone in free if not someone.is_pupil]
    pupils = [someone for someone in free if someone.is_pupil]
    pupils.sort(key=lambda someone: (someone.grade, life.desk.random.random()))
    for adult in adults:
        _form_among_teachers(life, begun, adult)
    return pupils


def _form_among_teachers(life: Life, begun: date, young: Someone) -> None:
    leader = next(
        (someone for someone in life.here(Part.MENTOR, begun + 5 * DAY) if not someone.is_pupil),
        None,
    )
    day = workday(begun + 30 * DAY)
    if leader and life.desk.may(workday(day + DAY)):
        kind_id = life.kinds[AMONG_TEACHERS]
        _make(life, day, _facts(life, cycle_of(day), day, kind_id), [leader, young])


def _day_of(life: Life, year: int, begun: date, place: int, count: int) -> date:
    """Return when a group begins: from two weeks after the first list to the end of November."""
    if place >= 4 and place >= count * 0.92:
        return workday(date(year + 1, 1, 14))
    span = date(year, 11, 24) - (begun + 26 * DAY)
    return workday(begun + 26 * DAY + span * ((place + life.desk.random.random()) / (count + 1)))


def _form(life: Life, year: int, day: date, leader: Someone, group: list[Someone]) -> None:
    mentees = [someone for someone in group if someone.is_here(day) and someone.id != leader.id]
    if mentees and leader.is_here(day) and life.desk.may(workday(day + DAY)):
        kind_id = life.kinds[BY_KIND[leader.person["kind"]]]
        _make(life, day, _facts(life, year, day, kind_id), [leader, *mentees])


def _make(life: Life, day: date, facts: PairFacts, people: list[Someone]) -> None:
    school_id = life.registers.school.id
    entered = workday(day + DAY)
    life.bonds.append(pairs.form(life.desk, entered, school_id, facts, people))


def _facts(life: Life, year: int, day: date, kind_id: int, goal: str = "") -> PairFacts:
    random = life.desk.random
    return PairFacts(
        kind_id=kind_id,
        started=day,
        planned_end=date(year + 1, 5, 20),
        meets=random.choice((Meets.IN_PERSON, Meets.IN_PERSON, Meets.MIXED, Meets.ONLINE)),
        goal=goal or (random.choice(GOALS) if random.random() < 0.92 else ""),
        order_number=f"{100 + random.randint(1, 80)}-о",
        order_date=workday_before(day),
    )
