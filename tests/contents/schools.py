"""Schools that have what papers of stages V–VII are made of: one of each, two hundred pairs, anything."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.feedback.models import (
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
)
from nastav.feedback.swot.models import Swot
from nastav.mentors.awards.models import Award, AwardKind, RewardSystem
from nastav.pairs.models import Decision, Pair
from nastav.people.models import Kind, Part, Person
from nastav.plans.models import LineKind, PairPlan, PlanLine
from tests.support.people import add_meeting, add_member, add_pair, add_person, member

ORDERED = date(2020, 10, 10)
DAY = date(2020, 12, 9)  # the tests' today
HAND_OVER = date(2020, 12, 8)


def one_of_each(school_id: int) -> None:
    """Fill a school so that every paper has something; «Бондарь» leads the group that changed."""
    teacher = _teacher(school_id, "Бондарь Лев Андреевич", "учитель математики")
    pupil = add_person(school_id, "Савчук Артём Игоревич", part=Part.MENTOR)
    children = [add_person(school_id) for _ in range(7)]
    group = _ordered(add_pair(school_id, teacher, children[:3], date(2020, 10, 5)))
    group.goal = "подготовить проект"
    member(group, children[2]).left = date(2020, 12, 2)
    new = add_member(group, children[3], Part.MENTEE, date(2020, 12, 1))
    add_meeting(group, date(2020, 11, 3), [member(group, children[0]), new])
    _plan(group)
    add_pair(school_id, pupil, [children[4]], date(2020, 12, 7))
    for child, decision in zip(children[5:], Decision, strict=True):
        over = _ordered(add_pair(school_id, pupil, [child], date(2020, 10, 5)))
        close(over, date(2020, 12, 4), decision)
    for who, kind in zip((teacher, pupil, pupil), AwardKind, strict=False):
        award(school_id, who, kind)
    db.session.add(RewardSystem(school_id=school_id, what_for="За встречи", how="Грамота"))
    kind_id = db.session.scalar(select(PairKind.id).order_by(PairKind.ordinal))
    swot = Swot(school_id=school_id, first_year=2020, kind_id=kind_id, weaknesses="Мало времени")
    db.session.add(swot)
    answered(school_id, 6)
    db.session.flush()


def many(school_id: int, pairs: int, *, closed: bool = False) -> None:
    """Give a school so many groups of two, each with a plan, an award and a decision where closed."""
    for number in range(pairs):
        mentor = add_person(school_id, part=Part.MENTOR)
        pair = _ordered(add_pair(school_id, mentor, [add_person(school_id) for _ in range(2)]))
        _plan(pair)
        award(school_id, mentor, (AwardKind.DIPLOMA, AwardKind.GRATITUDE)[number % 2])
        if closed:
            close(pair, date(2020, 12, 4), Decision.FINISH)
    db.session.flush()


def anything(school_id: int, random: Random) -> None:
    """Give a school pairs in every state, with people who came late, left, or were a mistake."""
    mentors = [_somebody(school_id, random, Part.MENTOR) for _ in range(6)]
    mentees = [_somebody(school_id, random, Part.MENTEE) for _ in range(18)]
    for _ in range(14):
        started = date(2020, 9, 1) + timedelta(random.randrange(95))
        pair = add_pair(school_id, None, [], started)
        pair.planned_end = random.choice([None, date(2021, 5, 25)])
        for who in [random.choice(mentors), *random.sample(mentees, random.randint(1, 4))]:
            part = Part.MENTOR if who in mentors else Part.MENTEE
            joined = started + timedelta(random.choice([0, 0, 0, 20]))
            left = random.choice([None, None, None, joined + timedelta(random.randrange(40))])
            add_member(pair, who, part, joined, left)
        if random.random() < 0.6:
            pair.order_number = str(random.randint(10, 99))
            pair.order_date = started + timedelta(random.randrange(10))
        if random.random() < 0.4:
            close(pair, started + timedelta(40 + random.randrange(60)), random.choice([*Decision]))
    for who in random.choices(mentors, k=8):
        kind = random.choice([*AwardKind])
        given = award(school_id, who, kind, HAND_OVER + timedelta(random.choice([0, 0, 5])))
        given.document = random.choice(["", "", "Приказ № 7 от 01.12.2020"])
    db.session.flush()


def close(pair: Pair, ended: date, decision: Decision) -> None:
    """Close a pair on a day with a decision of п. 2.3."""
    pair.state, pair.ended, pair.decision = type(pair.state).CLOSED, ended, decision


def award(school_id: int, who: Person, kind: AwardKind, day: date = HAND_OVER) -> Award:
    """Give a mentor an award that stands in no order yet."""
    row = Award(
        school_id=school_id, person_id=who.id, given_on=day, kind=kind, reason="За терпение"
    )
    db.session.add(row)
    return row


def answered(school_id: int, responses: int, part: Respondent = Respondent.MENTEE) -> None:
    """Let so many answer the questionnaire of the start; marks are 10, 9, 10, …"""
    asked = select(Questionnaire).filter_by(part=part, moment=Moment.START, kind_id=None)
    questionnaire = db.session.scalars(asked.order_by(Questionnaire.id)).first()
    assert questionnaire
    questions = _questions(questionnaire.id)
    for number in range(responses):
        answers = [
            Answer(question_id=key, value=10 - number % 2 if kind is QuestionKind.SCALE else 1)
            for key, kind in questions
            if kind in (QuestionKind.SCALE, QuestionKind.YES_NO)
        ]
        response = Response(
            school_id=school_id,
            first_year=2020,
            questionnaire_id=questionnaire.id,
            answered_on=date(2020, 12, 1),
            answers=answers,
        )
        db.session.add(response)


def _questions(questionnaire_id: int) -> list[tuple[int, QuestionKind]]:
    rows = select(Question.id, Question.kind).filter_by(questionnaire_id=questionnaire_id)
    return [(row.id, row.kind) for row in db.session.execute(rows)]


def _teacher(school_id: int, name: str, post: str) -> Person:
    person = add_person(school_id, name, part=Part.MENTOR, kind=Kind.TEACHER)
    person.post = post
    return person


def _somebody(school_id: int, random: Random, part: Part) -> Person:
    joined = date(2020, 9, 1)
    return add_person(school_id, part=part, joined=joined, is_mistake=random.random() < 0.15)


def _ordered(pair: Pair) -> Pair:
    pair.order_number, pair.order_date = "12", ORDERED
    return pair


def _plan(pair: Pair) -> None:
    db.session.add(PairPlan(pair_id=pair.id, strengths="внимательность"))
    db.session.add_all(
        PlanLine(
            pair_id=pair.id, kind=kind, period="ноябрь", what=f"Дело {kind.value}", who="куратор"
        )
        for kind in LineKind
    )
