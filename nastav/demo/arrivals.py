"""Who comes to a school in autumn: mentees in several lists, mentors, somebody who is not accepted."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from nastav.dates import cycle_of
from nastav.demo.calendar import workday, workday_before
from nastav.demo.life import Life
from nastav.demo.names import LETTERS
from nastav.demo.people import Someone, adult, profile, pupil
from nastav.mentors.profiles.models import Selection
from nastav.people.forms import SOURCES, YOUNG
from nastav.people.models import Kind, Part
from nastav.people.rules import NewPerson

EXPECTED = (
    "",
    "не ниже «4» по математике",
    "выступить на конкурсе",
    "выбрать профиль",
    "свой проект",
)
NEEDS = (
    "учёба",
    "профориентация",
    "проектная работа",
    "творчество",
    "спорт",
    "адаптация",
    "общение",
)
# who leads pairs besides pupils and teachers, in the schools whose ordinal leaves this rest by four
GUESTS = (
    (Kind.STUDENT, "студент педагогического колледжа"),
    (Kind.EMPLOYER, "агроном хозяйства, где бывают экскурсии"),
    (Kind.GRADUATE, "выпускник школы, инженер"),
    (Kind.PARENT, "родитель, медицинский работник"),
)
CANDIDATES = {1: Selection.UNDECIDED, 4: Selection.DECLINED}  # by the school's ordinal
PUPIL_GRADES = (9, 10, 10, 11)  # the order's mentors among pupils are of grades 9 to 11
TOO_YOUNG = 8
SIGNED_AT_ONCE, SIGNED_LATER = 0.9, 0.7
DESCRIBED = 0.8
# days after the beginning of work on which lists of mentees come in, and the share of each
LISTS = ((0, 0.4), (5, 0.3), (12, 0.2), (21, 0.1))
DAY = timedelta(days=1)


def mentors(life: Life, begun: date, planned_mentees: int, planned: int) -> None:
    """Pupils come as the plan asks, adults as the mentees are many."""
    now, random = life.here(Part.MENTOR, begun), life.desk.random
    pupils = sum(someone.is_pupil for someone in now)
    known = life.in_spring.get(Part.MENTOR, 0)
    wanted = life.size.mentors or max(round(planned * life.zeal) - known, 1 - pupils, 0)
    day = workday(begun + 2 * DAY)
    grades = [random.choice(PUPIL_GRADES) for _ in range(wanted)]
    if life.ordinal % 5 == 0 and grades:
        grades[-1] = TOO_YOUNG
    _enter(life, day, Part.MENTOR, [_pupil(life, day, grade) for grade in grades])
    adults = max(2, round(planned_mentees * life.zeal) // 14) - (len(now) - pupils)
    _enter(life, workday(day + DAY), Part.MENTOR, list(_adults(life, day, adults)))


def _adults(life: Life, day: date, wanted: int) -> Iterator[NewPerson]:
    for place in range(wanted):
        kind, post = (Kind.TEACHER, "учитель") if place else GUESTS[life.ordinal % len(GUESTS)]
        is_guest = life.ordinal % 3 == 0
        kind, post = (kind, post) if is_guest else (Kind.TEACHER, "учитель")
        yield adult(life.names.next(), workday_before(day - DAY), kind, post)


def mentees(life: Life, begun: date, planned: int) -> None:
    """The plan counts a calendar year: those of last spring and those who come this autumn."""
    covered = life.in_spring.get(Part.MENTEE, 0)
    wanted = life.size.mentees or max(round(planned * life.zeal) - covered, 2)
    counts = [math.floor(wanted * share) for _, share in LISTS]
    counts[0] += wanted - sum(counts)
    for (after, _), count in zip(LISTS, counts, strict=True):
        day = workday(begun + after * DAY)
        _enter(life, day, Part.MENTEE, [_pupil(life, day, None) for _ in range(count)])
    if life.ordinal % 6 == 0:
        day = workday(begun + LISTS[1][0] * DAY)
        young = adult(life.names.next(), day, Kind.TEACHER, "учитель, первый год работы")
        _enter(life, day, Part.MENTEE, [replace(young, need="адаптация", source=YOUNG)])


def _pupil(life: Life, day: date, grade: int | None) -> NewPerson:
    random = life.desk.random
    joined = workday_before(max(day - random.randint(0, 3) * DAY, date(day.year, 9, 2)))
    texts = {"letter": random.choice(LETTERS)}
    if grade is None:
        texts |= {"need": random.choice(NEEDS), "source": random.choice(SOURCES)}
        texts["expected_result"] = EXPECTED[joined.day % len(EXPECTED)]
    return pupil(life.pupils.next(), joined, grade or random.randint(2, 10), **texts)


def _enter(life: Life, day: date, part: Part, new: list[NewPerson]) -> None:
    if not new or not life.desk.may(day):
        return
    entered = life.registers.enter(day, part, new)
    life.people += entered
    random = life.desk.random
    at_once = [someone for someone in entered if random.random() < SIGNED_AT_ONCE]
    later = [
        someone for someone in entered if someone not in at_once and random.random() < SIGNED_LATER
    ]
    _sign(life, workday(day + DAY), at_once)
    _sign(life, workday(day + 16 * DAY), later)


def _sign(life: Life, day: date, people: list[Someone]) -> None:
    if life.desk.may(day) and not life.size.is_bare:
        life.registers.sign(day, people)


def describe(life: Life, begun: date) -> None:
    """Mentors who came this autumn say what they can, one on each day of work."""
    fresh = [
        someone
        for someone in life.here(Part.MENTOR, life.desk.last)
        if someone.joined >= begun - 9 * DAY
    ]
    day = workday(begun + 6 * DAY)
    for someone in fresh:
        if life.desk.may(day) and life.desk.random.random() < DESCRIBED:
            life.registers.describe(day, someone, profile(life.desk.random, day))
        day = workday(day + DAY)


def select(life: Life, year: int, begun: date) -> None:
    """In two schools somebody offered to lead pairs this year: one is not decided on, one was declined."""
    decision = CANDIDATES.get(life.ordinal)
    day = workday(begun + 9 * DAY)
    if (
        decision is None
        or year != cycle_of(life.desk.last)
        or not life.desk.may(workday(day + 3 * DAY))
    ):
        return
    new = adult(life.names.next(), day, Kind.PARENT, "родитель")
    _enter(life, day, Part.MENTOR, [new])
    someone, said = life.people[-1], profile(life.desk.random, day)
    life.registers.describe(workday(day + DAY), someone, replace(said, decision=decision))
    if decision is Selection.DECLINED:
        life.registers.leave(workday(day + 3 * DAY), someone, workday(day + DAY), "не прошёл отбор")
