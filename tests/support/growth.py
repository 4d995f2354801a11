"""Making a district larger than it was: more schools, and more rows of every sort in one of them."""

from datetime import date
from itertools import islice

from sqlalchemy import select

from nastav.access import Role
from nastav.accounts.models import User
from nastav.consents.models import Consent, Signer
from nastav.db import db
from nastav.district.models import School, TeamMember
from nastav.feedback.models import Questionnaire, Response
from nastav.gatherings.occasions.models import Occasion, OccasionPart, Sphere
from nastav.pairs.models import Pair, PairMember
from nastav.people.models import Part, Person
from nastav.plans.models import LineKind, PlanLine
from nastav.stages.models import Evidence, SchoolActivity
from tests.support.people import add_meeting, add_pair, add_person

MENTEES, MENTORS = 60, 12
DAY = date(2020, 12, 1)


def grow(school_id: int, schools: int = 27) -> None:
    """Add schools to the district and rows to everything one school has; the caller commits."""
    district = db.session.get_one(School, school_id).district_id
    _schools(district, schools)
    mentors = [add_person(school_id, part=Part.MENTOR, grade=10) for _ in range(MENTORS)]
    mentees = [add_person(school_id) for _ in range(MENTEES)]
    rest = iter(mentees[10:])  # ten stay without a pair
    for mentor in mentors:
        _meet(add_pair(school_id, mentor, list(islice(rest, 4))))
    _papers(school_id, mentees)
    _occasions(school_id, mentees)
    _answers(school_id)
    _documents(school_id)


def _schools(district: int, count: int) -> None:
    for number in range(count):
        school = School(district_id=district, ordinal=100 + number, name=f"Школа {number}")
        db.session.add(school)
        db.session.flush()
        db.session.add(
            User(
                login=f"more{number}",
                name=f"Куратор {number}",
                role=Role.CURATOR,
                district_id=district,
                school_id=school.id,
                password_hash="!",
            )
        )


def _meet(pair: Pair) -> None:
    members = db.session.scalars(select(PairMember).filter_by(pair_id=pair.id)).all()
    for kind in LineKind:
        db.session.add(PlanLine(pair_id=pair.id, kind=kind, what="Проект"))
    for day in (DAY, date(2020, 12, 8)):
        add_meeting(pair, day, members)


def _papers(school_id: int, people: list[Person]) -> None:
    for number, person in enumerate(people[:40]):
        db.session.add(
            Consent(
                person_id=person.id,
                school_id=school_id,
                signer=Signer.GUARDIAN,
                signed_on=DAY,
                number=f"{number}-д",
            )
        )
    district = db.session.get_one(School, school_id).district_id
    db.session.add_all(
        TeamMember(district_id=district, school_id=school_id, name=f"Член {n}", post="учитель")
        for n in range(20)
    )


def _occasions(school_id: int, people: list[Person]) -> None:
    for number in range(20):
        row = Occasion(
            school_id=school_id, held_on=DAY, sphere=Sphere.CULTURAL, name=f"Концерт {number}"
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(
            OccasionPart(occasion_id=row.id, person_id=person.id) for person in people[:30]
        )


def _answers(school_id: int) -> None:
    district_id = db.session.get_one(School, school_id).district_id
    for questionnaire in db.session.scalars(
        select(Questionnaire).filter_by(district_id=district_id)
    ):
        for _ in range(20):
            db.session.add(
                Response(
                    school_id=school_id,
                    first_year=2020,
                    questionnaire_id=questionnaire.id,
                    answered_on=DAY,
                )
            )


def _documents(school_id: int) -> None:
    for row in db.session.scalars(select(SchoolActivity).filter_by(school_id=school_id)).all():
        for number in range(10):
            db.session.add(
                Evidence(
                    school_id=school_id,
                    activity_id=row.activity_id,
                    kind="справка",
                    number=str(number),
                    dated=DAY,
                )
            )
