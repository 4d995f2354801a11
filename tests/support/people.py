"""People and pairs put straight into the tables, for tests of what reads them.

Everybody here is invented, by the test or by the demo. The caller commits (`with writing(): …`).
"""

from collections.abc import Sequence
from datetime import date
from random import Random

from sqlalchemy import func, select

from nastav import dates, ru
from nastav.db import db
from nastav.demo.names import Names
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import (
    Kind,
    Part,
    Participation,
    Person,
    PersonClass,
    RegisterNumber,
)

# surnames of the source that tests give to people of their own
KNOWN = ("Ёжиков", "Ёлкин", "Зонтиков", "Кленов", "Ландышев", "Стрижов", "Щеглов")
AUTUMN = date(2020, 10, 1)  # when the people of tests enter the register, if nothing else is said
_source = Names(Random("tests"))
_names: list[str] = []  # as far as the source was drawn from


def invented() -> str:
    """Return a full name that nobody in the database has, the same ones in every run of a test."""
    at = db.session.scalar(select(func.max(Person.id))) or 0
    while len(_names) <= at:
        name = _source.next()
        if not name.surname.startswith(KNOWN):
            _names.append(name.full)
    return _names[at]


def add_person(
    school_id: int,
    name: str = "",
    *,
    part: Part = Part.MENTEE,
    kind: Kind = Kind.PUPIL,
    grade: int | None = None,
    letter: str = "А",
    joined: date = AUTUMN,
    left: date | None = None,
    is_mistake: bool = False,
) -> Person:
    """Add a person to a school's register («Ландышева Мария» or an invented name); returns the row.

    Pupils are in grade 7 as mentees and in grade 10 as mentors, or in the one given; 0 is none known.
    """
    if grade is None:
        grade = 10 if part is Part.MENTOR else 7
    surname, given, patronymic = ru.split_full_name(name or invented())
    whole = " ".join(filter(None, (surname, given, patronymic)))
    person = Person(
        district_id=db.session.get_one(School, school_id).district_id,
        kind=kind,
        surname=surname,
        given_name=given,
        patronymic=patronymic or "",
        search_key=ru.search_key(whole),
        sort_key=ru.sort_key(whole),
    )
    db.session.add(person)
    db.session.flush()
    if kind is Kind.PUPIL and grade:
        year = joined.year if joined.month >= 9 else joined.year - 1
        db.session.add(
            PersonClass(
                person_id=person.id,
                school_id=school_id,
                first_year=year,
                grade=grade,
                letter=letter,
            )
        )
    enter(person, school_id, part=part, joined=joined, left=left, is_mistake=is_mistake)
    return person


def enter(
    person: Person,
    school_id: int,
    *,
    part: Part = Part.MENTEE,
    joined: date = AUTUMN,
    left: date | None = None,
    is_mistake: bool = False,
) -> Participation:
    """Put a person into the register of a (further) school or part, with a register number there."""
    row = Participation(
        person_id=person.id,
        school_id=school_id,
        part=part,
        joined=joined,
        left=left,
        is_mistake=is_mistake,
    )
    db.session.add(row)
    numbered = select(RegisterNumber).filter_by(school_id=school_id, person_id=person.id)
    if db.session.scalar(numbered) is None:
        last = select(func.max(RegisterNumber.number)).filter_by(school_id=school_id)
        number = (db.session.scalar(last) or 0) + 1
        db.session.add(RegisterNumber(school_id=school_id, person_id=person.id, number=number))
    db.session.flush()
    return row


def add_pair(
    school_id: int,
    mentor: Person | None,
    mentees: Sequence[Person],
    started: date = AUTUMN,
    *,
    ended: date | None = None,
    planned_end: date | None = None,
    state: PairState | None = None,
) -> Pair:
    """Add a pair or group; its members join and leave with it. Closed where it has ended.

    Without a mentor and mentees it is empty: `add_member` puts people in with days of their own.
    """
    district = db.session.get_one(School, school_id).district_id
    kind = select(PairKind).filter_by(district_id=district).order_by(PairKind.ordinal)
    pair = Pair(
        school_id=school_id,
        kind_id=db.session.scalars(kind).first().id,
        state=state or (PairState.CLOSED if ended else PairState.ACTIVE),
        started=started,
        ended=ended,
        planned_end=planned_end,
    )
    db.session.add(pair)
    db.session.flush()
    if mentor is not None:
        add_member(pair, mentor, Part.MENTOR, started)
    for mentee in mentees:
        add_member(pair, mentee, Part.MENTEE, started)
    return pair


def add_member(
    pair: Pair, person: Person, part: Part, joined: date, left: date | None = None
) -> PairMember:
    """Add somebody to a pair from a day to a day; returns the row, so that a test can end it."""
    row = PairMember(pair_id=pair.id, person_id=person.id, part=part, joined=joined, left=left)
    db.session.add(row)
    db.session.flush()
    return row


def add_meeting(
    pair: Pair, day: date, there: Sequence[PairMember], *, is_deleted: bool = False
) -> Meeting:
    """Add a meeting of a pair with these of its members."""
    row = Meeting(
        school_id=pair.school_id,
        pair_id=pair.id,
        held_on=day,
        minutes=45,
        topic="Проект",
        deleted_at=dates.now() if is_deleted else None,
        presences=[Presence(member_id=member.id) for member in there],
    )
    db.session.add(row)
    db.session.flush()
    return row


def member(pair: Pair, person: Person) -> PairMember:
    """Return a person's row in a pair."""
    rows = select(PairMember).filter_by(pair_id=pair.id, person_id=person.id)
    return db.session.scalars(rows).one()


def add_group(
    school_id: int, size: int, started: date = AUTUMN, joined: date | None = None
) -> list[Person]:
    """Add a group of so many mentees led by one more pupil; returns mentor and mentees."""
    day = min(joined or started, started)
    mentor = add_person(school_id, part=Part.MENTOR, grade=10, joined=day)
    mentees = [add_person(school_id, joined=day) for _ in range(size)]
    add_pair(school_id, mentor, mentees, started)
    return [mentor, *mentees]
