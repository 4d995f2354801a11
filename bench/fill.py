"""Fills a new instance with any number of schools: people, pairs, stages; everybody is invented."""

from datetime import date
from pathlib import Path

from sqlalchemy import insert, select, update

from nastav import ru, setup
from nastav.access import Actor, Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.app import create_app
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.district.models import Cycle, District, School
from nastav.pairs.models import Meets, Pair, PairMember, PairState
from nastav.people.models import Kind, Part, Participation, Person, PersonClass, RegisterNumber
from nastav.plan.models import PlanTarget
from nastav.stages.models import (
    Activity,
    ActivityStatus,
    SchoolActivity,
    SchoolStage,
    Stage,
    StageState,
)

MENTEES = 154  # a school: about 2,000 in 13, as the order plans for 2024
MENTORS = 12
TODAY = "2020-12-09"
JOINED = date(2020, 10, 1)
STATES = list(StageState)


def fill(
    instance: Path, schools: int, *, mentees: int = MENTEES, mentors: int = MENTORS
) -> tuple[str, str]:
    """Make the database; return the session tokens of the coordinator and of a curator."""
    app = create_app(instance, TODAY=TODAY)
    with app.app_context():
        setup.prepare(Actor.system("bench"))
        with writing():
            _more_schools(schools)
            people = _people(mentees, mentors)
            _pairs(people, mentors)
            _stages()
            tokens = _users()
        db.engine.dispose()
    return tokens


def _more_schools(count: int) -> None:
    district = db.session.scalars(select(District)).one()
    known = db.session.scalars(select(School.id)).all()
    rows = [
        {"district_id": district.id, "ordinal": n, "name": f"Школа {n}", "version": 1}
        for n in range(len(known) + 1, count + 1)
    ]
    if not rows:
        return
    db.session.execute(insert(School), rows)
    fresh = db.session.scalars(select(School.id).where(School.id.not_in(known)))
    targets = [{"school_id": one, "year": 2020, "mentees": 150, "mentors": 5} for one in fresh]
    db.session.execute(insert(PlanTarget), [{**one, "version": 1} for one in targets])


def _people(mentees: int, mentors: int) -> dict[int, list[int]]:
    """Enter mentors and mentees of every school; return school → persons, mentors first."""
    found: dict[int, list[int]] = {}
    persons, classes, parts, numbers = [], [], [], []
    person_id = 0
    for school_id in db.session.scalars(select(School.id)):
        found[school_id] = []
        for number in range(1, mentors + mentees + 1):
            person_id += 1
            part = Part.MENTOR if number <= mentors else Part.MENTEE
            found[school_id].append(person_id)
            persons.append(_person(person_id))
            classes.append(_class(person_id, school_id, part, number))
            parts.append(_participation(person_id, school_id, part))
            numbers.append({"school_id": school_id, "person_id": person_id, "number": number})
    for table, rows in (
        (Person, persons),
        (PersonClass, classes),
        (Participation, parts),
        (RegisterNumber, numbers),
    ):
        db.session.execute(insert(table), rows)
    return found


def _person(person_id: int) -> dict[str, object]:
    surname = f"Придуманнов{person_id}"
    return {
        "id": person_id,
        "district_id": 1,
        "kind": Kind.PUPIL,
        "surname": surname,
        "given_name": "Пётр",
        "patronymic": "",
        "post": "",
        "search_key": ru.search_key(f"{surname} Пётр"),
        "sort_key": ru.sort_key(f"{surname} Пётр"),
        "version": 1,
    }


def _class(person_id: int, school_id: int, part: Part, number: int) -> dict[str, object]:
    grade = 10 if part is Part.MENTOR else 1 + number % 9
    return {
        "person_id": person_id,
        "school_id": school_id,
        "first_year": 2020,
        "grade": grade,
        "letter": "А",
    }


def _participation(person_id: int, school_id: int, part: Part) -> dict[str, object]:
    return {
        "person_id": person_id,
        "school_id": school_id,
        "part": part,
        "joined": JOINED,
        "left_reason": "",
        "is_mistake": False,
        "need": "учёба",
        "version": 1,
    }


def _pairs(people: dict[int, list[int]], of_school: int) -> None:
    kind = db.session.scalars(select(PairKind.id).order_by(PairKind.ordinal)).first()
    pairs, members, pair_id = [], [], 0
    for school_id, persons in people.items():
        mentors, mentees = persons[:of_school], persons[of_school:]
        for index, mentor in enumerate(mentors):
            pair_id += 1
            pairs.append(_pair(pair_id, school_id, kind))
            members.append(_member(pair_id, mentor, Part.MENTOR))
            members += [_member(pair_id, one, Part.MENTEE) for one in mentees[index::of_school]]
    db.session.execute(insert(Pair), pairs)
    db.session.execute(insert(PairMember), members)


def _pair(pair_id: int, school_id: int, kind_id: int | None) -> dict[str, object]:
    return {
        "id": pair_id,
        "school_id": school_id,
        "kind_id": kind_id,
        "state": PairState.ACTIVE,
        "meets": Meets.IN_PERSON,
        "started": JOINED,
        "goal": "",
        "order_number": "",
        "close_reason": "",
        "outcome": "",
        "version": 1,
    }


def _member(pair_id: int, person_id: int, part: Part) -> dict[str, object]:
    return {
        "pair_id": pair_id,
        "person_id": person_id,
        "part": part,
        "joined": JOINED,
        "left_reason": "",
    }


def _stages() -> None:
    """Bring the stages of the order's school year into every state in turn."""
    cycle = select(Cycle.id).filter_by(first_year=2020).scalar_subquery()
    stages = list(db.session.scalars(select(Stage.id).where(Stage.cycle_id == cycle)))
    schools = list(db.session.scalars(select(School.id)))
    rows = [
        {
            "school_id": school_id,
            "stage_id": stage_id,
            "state": STATES[(school_id + place) % len(STATES)],
            "reopening_reason": "",
            "fix_by": date(2020, 12, 12),
            "version": 1,
        }
        for school_id in schools
        for place, stage_id in enumerate(stages)
    ]
    db.session.execute(insert(SchoolStage), rows)
    first = select(Activity.id).where(Activity.stage_id.in_(stages))
    done = [
        {"school_id": school_id, "activity_id": activity_id, **_DONE}
        for school_id in schools
        for activity_id in db.session.scalars(first)
    ]
    db.session.execute(insert(SchoolActivity), done)
    open_one = update(SchoolStage).where(
        SchoolStage.school_id == 1, SchoolStage.stage_id == stages[0]
    )
    db.session.execute(open_one.values(state=StageState.IN_PROGRESS))


_DONE = {
    "status": ActivityStatus.DONE,
    "done_on": date(2020, 11, 20),
    "responsible": "Завуч",
    "comment": "",
    "reason": "",
    "version": 1,
}


def _users() -> tuple[str, str]:
    """Add a coordinator and the first school's curator, signed in; return their tokens."""
    unusable = "!"  # nobody signs in with a password here
    users = [
        User(login="bench-m", name="Координатор", role=Role.COORDINATOR, district_id=1),
        User(login="bench-k", name="Куратор", role=Role.CURATOR, district_id=1, school_id=1),
    ]
    for user in users:
        user.password_hash, user.must_change = unusable, False
        db.session.add(user)
    db.session.flush()
    return accounts.open_sign_in(users[0]), accounts.open_sign_in(users[1])
