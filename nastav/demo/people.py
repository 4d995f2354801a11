"""Invented registers and pairs: each school year some go on, some leave, some come."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from nastav import dates, ru
from nastav.consents.models import Consent, Signer
from nastav.db import db
from nastav.demo import mentors
from nastav.demo.names import Names
from nastav.district.models import School
from nastav.pairs.models import Decision, Meets, Pair, PairMember, PairState
from nastav.people.forms import SOURCES
from nastav.people.models import (
    Kind,
    Part,
    Participation,
    Person,
    PersonClass,
    RegisterNumber,
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
GOALS = (
    "подготовить проект к школьной конференции",
    "подтянуть математику до уверенной четвёрки",
    "освоиться в новом классе",
    "выбрать профиль обучения",
    "подготовиться к олимпиаде по биологии",
    "научиться выступать перед классом",
)
CONSENTED = 0.94  # the others are to be asked still
CONTINUED = 0.4  # of the pairs whose people stay at school
LAST_GRADE = 11


@dataclass
class Register:
    """What the demo remembers of a school from one school year to the next."""

    school: School
    names: Names
    random: Random
    kinds: dict[str, int]  # form of mentoring → id
    zeal: float  # how much of its plan the school reaches
    mentees: dict[int, int] = field(default_factory=dict)  # participation → grade
    people: dict[int, int] = field(default_factory=dict)  # participation → person
    pupils: list[tuple[int, int]] = field(default_factory=list)  # mentors: participation, grade
    teachers: list[int] = field(default_factory=list)
    described: set[int] = field(default_factory=set)  # mentors whose profile was thought of
    continuing: list[Pair] = field(default_factory=list)  # of last year, to be carried on
    number: int = 0


def school_year(register: Register, year: int, mentees: int, mentors: int) -> None:
    """Add one school year: who goes on, who comes, pairs and groups; nothing later than today."""
    today = dates.today()
    start = min(date(year, 10, 12), today)
    if today < date(year, 9, 10):
        return
    _grow_up(register, start)
    # the plan counts a calendar year: those of last spring and those who come this autumn
    covered = len(register.mentees)
    new = max(round(mentees * register.zeal) - covered, 2)
    going_on = register.random.sample(sorted(register.mentees), int(covered * 0.55))
    _leave(register, [one for one in register.mentees if one not in going_on], date(year, 5, 25))
    for _ in range(new):
        grade = register.random.randint(2, 9)
        one, person = _join(register, Part.MENTEE, Kind.PUPIL, start, grade)
        register.mentees[one], register.people[one] = grade, person
    while len(register.pupils) < max(mentors, 1):
        grade = register.random.choice((9, 10, 10, 11))
        one, person = _join(register, Part.MENTOR, Kind.PUPIL, start, grade)
        register.pupils.append((one, grade))
        register.people[one] = person
    while len(register.teachers) < max(2, len(register.mentees) // 14):
        one, person = _join(register, Part.MENTOR, Kind.TEACHER, start, None)
        register.teachers.append(one)
        register.people[one] = person
    _classes(register, year)
    _mentors(register, year)
    _pairs(register, year, start)


def _mentors(register: Register, year: int) -> None:
    """Fill the profiles of those who came this year; train all."""
    everybody = [register.people[one] for one, _ in register.pupils]
    everybody += [register.people[one] for one in register.teachers]
    fresh = [one for one in everybody if one not in register.described]
    register.described |= set(fresh)
    mentors.profiles(register.random, register.school.id, fresh)
    mentors.training(register.random, register.school.id, year, everybody, "педагог-психолог")


def _grow_up(register: Register, day: date) -> None:
    for one in list(register.mentees):
        register.mentees[one] += 1
    register.pupils = [(one, grade + 1) for one, grade in register.pupils]
    graduates = [one for one, grade in register.mentees.items() if grade > LAST_GRADE]
    graduates += [one for one, grade in register.pupils if grade > LAST_GRADE]
    _leave(register, graduates, date(day.year, 6, 25), "окончание школы")
    register.pupils = [each for each in register.pupils if each[1] <= LAST_GRADE]


def _leave(register: Register, ones: list[int], day: date, reason: str = "запрос решён") -> None:
    for one in ones:
        row = db.session.get_one(Participation, one)
        row.left, row.left_reason = max(day, row.joined), reason
        register.mentees.pop(one, None)


def _join(
    register: Register, part: Part, kind: Kind, day: date, grade: int | None
) -> tuple[int, int]:
    name = register.names.next()
    person = Person(
        district_id=register.school.district_id,
        kind=kind,
        surname=name.surname,
        given_name=name.given_name,
        patronymic=name.patronymic,
        post="" if grade else "учитель",
        search_key=ru.search_key(name.full),
        sort_key=ru.sort_key(name.full),
    )
    db.session.add(person)
    db.session.flush()
    register.number += 1
    participation = Participation(
        person_id=person.id,
        school_id=register.school.id,
        part=part,
        joined=day - timedelta(days=register.random.randint(0, 20)),
        need=register.random.choice(NEEDS) if part is Part.MENTEE else "",
        source=SOURCES[register.number % len(SOURCES)] if part is Part.MENTEE else "",
    )
    number = RegisterNumber(
        school_id=register.school.id, person_id=person.id, number=register.number
    )
    db.session.add_all([participation, number])
    if register.random.random() < CONSENTED:
        consent = Consent(
            person_id=person.id,
            school_id=register.school.id,
            signer=_signer(grade),
            signed_on=participation.joined,
            number=f"{register.number}-с",
        )
        db.session.add(consent)
    db.session.flush()
    return participation.id, person.id


def _signer(grade: int | None) -> Signer:
    if grade is None:
        return Signer.OWN
    return Signer.BOTH if grade >= 8 else Signer.GUARDIAN  # as a district begins


def _classes(register: Register, year: int) -> None:
    for one, grade in [*register.mentees.items(), *register.pupils]:
        person = register.people[one]
        letter = "АБВ"[person % 3]
        told = {"school_id": register.school.id, "first_year": year}
        db.session.add(PersonClass(person_id=person, grade=grade, letter=letter, **told))


def _pairs(register: Register, year: int, start: date) -> None:
    """Give every mentee a mentor, but for a few while the current year is young."""
    today, random = dates.today(), register.random
    leaders = [(register.people[one], "ученик – ученик") for one, _ in register.pupils]
    leaders += [(register.people[one], "учитель – ученик") for one in register.teachers]
    carried = _carry_on(register, year, {one for one, _ in leaders})
    mentees = [register.people[one] for one in register.mentees]
    mentees = [one for one in mentees if one not in carried]
    random.shuffle(mentees)
    if today < date(year + 1, 1, 1):
        mentees = mentees[: math.ceil(len(mentees) * 0.9)]
    size = max(1, math.ceil(len(mentees) / (len(leaders) * 1.6)))
    for index in range(0, len(mentees), size):
        mentor, kind = leaders[(index // size) % len(leaders)]
        day = min(start + timedelta(days=random.randint(0, 45)), today)
        _pair(register, year, day, register.kinds[kind], mentor, mentees[index : index + size])


def _carry_on(register: Register, year: int, leaders: set[int]) -> set[int]:
    """Continue last year's pairs with those who stay; the last of a young year is a draft still."""
    here = {register.people[one] for one in register.mentees}
    before, register.continuing = register.continuing, []
    carried: set[int] = set()
    made = None
    for pair in before:
        mentor, *mentees = (one.person_id for one in pair.members)
        staying = [one for one in mentees if one in here and one not in carried]
        if mentor not in leaders or not staying:
            pair.decision = Decision.FINISH
            continue
        made = _pair(register, year, date(year, 9, 1), pair.kind_id, mentor, staying)
        made.continues_id, made.goal = pair.id, pair.goal
        carried |= set(staying)
    if made and dates.today() < date(year + 1, 1, 1):
        made.state = PairState.DRAFT
    return carried


def _pair(
    register: Register, year: int, day: date, kind_id: int, mentor: int, mentees: list[int]
) -> Pair:
    end = date(year + 1, 5, 20)
    pair = Pair(
        school_id=register.school.id,
        kind_id=kind_id,
        state=PairState.ACTIVE,
        meets=register.random.choice((Meets.IN_PERSON, Meets.IN_PERSON, Meets.MIXED)),
        started=day,
        planned_end=end,
        goal=register.random.choice(GOALS),
        order_number=f"{100 + register.random.randint(1, 80)}-о",
        order_date=day,
    )
    pair.members = [PairMember(person_id=mentor, part=Part.MENTOR, joined=day)]
    pair.members += [PairMember(person_id=one, part=Part.MENTEE, joined=day) for one in mentees]
    db.session.add(pair)
    if end < dates.today():
        _close(register, pair, end)
    db.session.flush()
    return pair


def _close(register: Register, pair: Pair, end: date) -> None:
    """Close a pair at the end of its year: whose people graduate is over, of the others some go on."""
    mentor, *mentees = (one.person_id for one in pair.members)
    grades = [*register.mentees.items(), *register.pupils]
    last = {register.people[one] for one, grade in grades if grade >= LAST_GRADE}
    is_over = mentor in last or set(mentees) <= last
    pair.state, pair.ended, pair.outcome = PairState.CLOSED, end, "цель достигнута"
    pair.decision = Decision.FINISH
    pair.close_reason = "окончание школы" if is_over else "срок взаимодействия закончился"
    if not is_over and register.random.random() < CONTINUED:
        pair.decision, pair.outcome = Decision.CONTINUE, "работа идёт по плану"
        register.continuing.append(pair)
