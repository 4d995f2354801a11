"""Invented profiles and training of mentors: some are filled and trained, some are not yet."""

from datetime import date
from random import Random

from nastav import dates
from nastav.db import db
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.mentors.profiles.models import MentorProfile, Selection, SelectionCriteria

COMPETENCES = (
    "математика, физика",
    "русский язык, литература",
    "английский язык",
    "шахматы, спорт",
    "проекты, выступления",
    "информатика, профориентация",
)
TIMES = ("вторник после уроков", "четверг, 6-й урок", "суббота до обеда", "по договорённости")
CRITERIA = "желание помогать\nуспехи в учёбе или в деле\nумение слушать\nсогласие родителей"
FILLED, TRAINED = 0.7, 0.85


def criteria(school_id: int) -> None:
    """Give a school its criteria of selection."""
    db.session.add(SelectionCriteria(school_id=school_id, text=CRITERIA))


def profiles(random: Random, school_id: int, people: list[int]) -> None:
    """Fill the profiles of most mentors who have just come."""
    for person_id in people:
        if random.random() > FILLED:
            continue
        db.session.add(
            MentorProfile(
                school_id=school_id,
                person_id=person_id,
                competences=random.choice(COMPETENCES),
                free_time=random.choice(TIMES),
                grade_from=random.choice((None, 1, 5)),
                grade_to=random.choice((None, 9, 11)),
                decision=Selection.ACCEPTED,
            )
        )


def training(random: Random, school_id: int, year: int, people: list[int], leader: str) -> None:
    """Hold the year's training, if its day has come, with most of the mentors."""
    held_on = date(year, 11, random.randint(10, 28))
    if held_on > dates.today() or not people:
        return
    row = Training(
        school_id=school_id,
        held_on=held_on,
        hours=random.choice((2, 4, 6)),
        programme="Школа наставника",
        leader=leader,
        document=f"Приказ № {random.randint(100, 180)}",
    )
    db.session.add(row)
    db.session.flush()
    present = [one for one in people if random.random() < TRAINED]
    db.session.add_all(TrainingAttendance(training_id=row.id, person_id=one) for one in present)
