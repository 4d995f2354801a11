"""Schools that papers are made of: an empty one, one of each, one of two hundred people."""

from datetime import date

from sqlalchemy import select

from nastav.db import db
from nastav.district.models import School, TeamMember
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.mentors.profiles.models import SelectionCriteria
from nastav.people.models import Kind, Part, Participation
from tests.support.people import add_pair, add_person

LONG = "Константинопольский-Преображенский Александр-Максимилиан Святославович"


def fill_school(school_id: int, mentees: int) -> None:
    """Add so many mentees, a mentor for every fourth, an adult one, a team, training and criteria."""
    people = [add_person(school_id, LONG if n == 0 else "") for n in range(mentees)]
    mentors = [add_person(school_id, part=Part.MENTOR) for _ in people[::4]]
    adult = add_person(school_id, "Бондарь Лев Андреевич", part=Part.MENTOR, kind=Kind.TEACHER)
    adult.post = "учитель математики"
    for place, mentor in enumerate(mentors):
        add_pair(school_id, mentor, people[place * 4 : place * 4 + 4])
    rows = select(Participation).filter_by(school_id=school_id, part=Part.MENTEE)
    for place, row in enumerate(db.session.scalars(rows)):
        row.need = ("трудно даётся математика", "хочет выступать", "")[place % 3]
        row.expected_result = "решает задачи по теме сам"
    district_id = db.session.get_one(School, school_id).district_id
    for name, post in (
        ("Гончаренко Павел Игоревич", "директор"),
        ("Мельник Ирина Сергеевна", "завуч"),
    ):
        is_curator = post == "завуч"
        own = {"district_id": district_id, "school_id": school_id, "is_curator": is_curator}
        db.session.add(TeamMember(name=name, post=post, **own))
    training = Training(school_id=school_id, held_on=date(2020, 11, 12), hours=2)
    training.programme, training.leader = "Как слушать и задавать вопросы", "Ткаченко О. В."
    db.session.add(training)
    db.session.flush()
    for mentor in (*mentors, adult):
        db.session.add(TrainingAttendance(training_id=training.id, person_id=mentor.id))
    db.session.add(SelectionCriteria(school_id=school_id, text="Умеет слушать.\nУспевает сам."))
    db.session.flush()
