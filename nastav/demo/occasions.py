"""Invented participation of mentees in social, cultural and school life, some in every school year."""

from datetime import date
from random import Random

from sqlalchemy import or_, select

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.gatherings.occasions.models import Occasion, OccasionPart, Sphere
from nastav.people.models import Part, Participation

# name, sphere, month and day in the first or the second calendar year of the school year
EVENTS = (
    ("Осенний субботник", Sphere.SOCIAL, (0, 10, 24)),
    ("Концерт ко Дню матери", Sphere.CULTURAL, (0, 11, 27)),
    ("Школьный этап олимпиады", Sphere.LEARNING, (0, 11, 18)),
    ("Турнир по настольному теннису", Sphere.SPORT, (0, 12, 5)),
    ("Встреча с людьми разных профессий", Sphere.CAREER, (1, 1, 28)),
    ("Школьная научная конференция", Sphere.LEARNING, (1, 2, 19)),
    ("Выставка рисунков", Sphere.CULTURAL, (1, 3, 5)),
    ("Акция «Чистый двор»", Sphere.SOCIAL, (1, 4, 17)),
)
ROLES = ("участник", "участник", "участник", "организатор", "призёр", "")


def fill(school: School, first_year: int) -> None:
    """Add the events of a school year; nothing later than today."""
    random = Random(f"occasions {school.id} {first_year}")  # nothing else of the demo moves
    for name, sphere, (later, month, day) in EVENTS:
        held_on = date(first_year + later, month, day)
        mentees = _mentees(school.id, held_on)
        if held_on > dates.today() or not mentees or random.random() < 0.2:
            continue
        row = Occasion(school_id=school.id, held_on=held_on, sphere=sphere, name=name)
        db.session.add(row)
        db.session.flush()
        came = random.sample(mentees, min(len(mentees), random.randint(3, 9)))
        db.session.add_all(
            OccasionPart(occasion_id=row.id, person_id=one, role=random.choice(ROLES))
            for one in came
        )


def _mentees(school_id: int, on: date) -> list[int]:
    rows = select(Participation.person_id).where(
        Participation.school_id == school_id,
        Participation.part == Part.MENTEE,
        Participation.joined <= on,
        or_(Participation.left.is_(None), Participation.left >= on),
    )
    return list(db.session.scalars(rows.distinct().order_by(Participation.person_id)))
