"""Invented answers: a stack of questionnaires for each school and moment that has come."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.feedback.models import (
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
)
from nastav.people.models import Participation

DAYS = {Moment.START: (0, 12, 1), Moment.INTERIM: (1, 2, 15), Moment.FINAL: (1, 5, 18)}
OPEN = (
    "Хотелось бы встречаться чаще.",
    "Понравилось готовить проект вместе.",
    "Стало проще спрашивать, когда что-то не получается.",
    "",
    "",
)


def fill(
    random: Random, school: School, year: int, questionnaires: list[Questionnaire], people: int
) -> None:
    """Add the answers of a school year; nothing later than today."""
    for one in questionnaires:
        after, month, day = DAYS[one.moment]
        asked = date(year + after, month, day)
        if asked + timedelta(days=10) > dates.today():
            continue
        known = _register(school, one.part)
        for place in range(_how_many(random, one, people)):
            row = _response(
                random, school, year, one, asked + timedelta(days=random.randint(0, 10))
            )
            # two sheets of three carry a register number
            row.person_id = known[place] if place < len(known) and place % 3 else None


def _register(school: School, part: Respondent) -> list[int]:
    rows = select(Participation.person_id).where(
        Participation.school_id == school.id, Participation.part == part.value
    )
    return sorted(set(db.session.scalars(rows)))


def _how_many(random: Random, questionnaire: Questionnaire, people: int) -> int:
    if questionnaire.part is Respondent.CURATOR:
        return int(random.random() < 0.7)
    share = 0.5 if questionnaire.part is Respondent.MENTEE else 0.12
    return min(round(people * share * random.uniform(0.5, 1)), 40)


def _response(
    random: Random, school: School, year: int, questionnaire: Questionnaire, day: date
) -> Response:
    mood = random.gauss(7.2 if questionnaire.moment is Moment.START else 8.0, 1.6)
    response = Response(
        school_id=school.id,
        first_year=year,
        questionnaire_id=questionnaire.id,
        answered_on=day,
    )
    response.answers = [_answer(random, question, mood) for question in questionnaire.questions]
    db.session.add(response)
    return response


def _answer(random: Random, question: Question, mood: float) -> Answer:
    if question.kind is QuestionKind.SCALE:
        return Answer(
            question_id=question.id, value=min(10, max(1, round(random.gauss(mood, 1.0))))
        )
    if question.kind is QuestionKind.POINTS:
        return Answer(question_id=question.id, value=random.choice((0, 1, 1, 2, 2, 2)))
    if question.kind is QuestionKind.YES_NO:
        return Answer(question_id=question.id, value=int(random.random() < mood / 10))
    return Answer(question_id=question.id, text=random.choice(OPEN))
