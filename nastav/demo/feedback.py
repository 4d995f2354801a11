"""Answers: of people in pairs, each once; typed in stacks, some sheets without a register number."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from nastav.demo.calendar import school_day, workday
from nastav.demo.desk import Desk
from nastav.demo.pairs import Bond
from nastav.demo.size import Size
from nastav.feedback.labels import asked
from nastav.feedback.models import (
    LISTED,
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
    marks,
)
from nastav.feedback.rows import Sheet
from nastav.people.models import Part

# the first day of asking: years after the first one, month, day
DAYS = {Moment.START: (0, 11, 9), Moment.INTERIM: (1, 2, 10), Moment.FINAL: (1, 4, 26)}
LONG = 11  # days on which sheets are filled in
STACK = 25  # sheets typed at once
NAMED = 0.65  # sheets that carry a register number
MOODS = {Moment.START: 7.2, Moment.INTERIM: 7.6, Moment.FINAL: 8.1}
OPEN = (
    "Хотелось бы встречаться чаще.",
    "Понравилось готовить проект вместе.",
    "Стало проще спрашивать, когда что-то не получается.",
    "",
    "",
)
Who = tuple[int, int] | None  # person's and pair's id


def fill(
    desk: Desk,
    school_id: int,
    year: int,
    questionnaires: Sequence[Questionnaire],
    bonds: list[Bond],
    size: Size,
) -> None:
    """Enter the answers of a school year, as far as its days have come."""
    for questionnaire in questionnaires:
        after, month, day = DAYS[questionnaire.moment]
        random = Random(f"answers {school_id} {year} {questionnaire.id}")
        first = school_day(date(year + after, month, day) + timedelta(days=random.randint(0, 4)))
        typed = workday(first + timedelta(days=LONG + 2))
        if desk.may(typed):
            who = list(_who(random, questionnaire.part, bonds, first, size.answered))
            sheets = sorted(
                (_sheet(random, questionnaire, first, row) for row in who),
                key=lambda sheet: sheet.answered_on,
            )
            enter(desk, typed, school_id, year, questionnaire, sheets)


def enter(
    desk: Desk,
    day: date,
    school_id: int,
    year: int,
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
) -> None:
    """Enter sheets in stacks (`feedback.operations.save_stack`), a day of work each."""
    what = asked(questionnaire.part, questionnaire.moment)
    for first in range(0, len(sheets), STACK):
        stack, day = sheets[first : first + STACK], workday(day)
        if not desk.may(day):
            return
        at = desk.at(day)
        for sheet in stack:
            row = desk.book.add(
                Response,
                at,
                school_id=school_id,
                first_year=year,
                questionnaire_id=questionnaire.id,
                answered_on=sheet.answered_on,
                person_id=sheet.person_id,
                pair_id=sheet.pair_id,
            )
            for question, value in sheet.answers.items():
                is_text = isinstance(value, str)
                said = {"text": value} if is_text else {"value": value}
                desk.book.add(Answer, at, response_id=row["id"], question_id=question, **said)
        desk.note(at, "responses:added", f"{what}: {len(stack)}")
        day += timedelta(days=1)


def _who(
    random: Random, respondent: Respondent, bonds: list[Bond], day: date, share: float
) -> Iterator[Who]:
    """Yield who answers: the curator for the school, else most of those in pairs on a day, once each.

    A parent answers for each mentee, without a number.
    """
    if respondent is Respondent.CURATOR:
        yield from (None,) * (random.random() < share)
        return
    is_parent = respondent is Respondent.PARENT
    part = Part.MENTEE if is_parent else Part(respondent.value)
    there = {
        member.who.id: bond.id
        for bond in bonds
        if bond.is_open or bond.row["ended"]
        for member in bond.there(day)
        if member.part is part and _is_on(bond, day)
    }
    for person_id, pair_id in there.items():
        if random.random() < share:
            yield (person_id, pair_id) if random.random() < NAMED and not is_parent else None


def _is_on(bond: Bond, day: date) -> bool:
    return bond.started <= day and (bond.row["ended"] is None or bond.row["ended"] >= day)


def _sheet(random: Random, questionnaire: Questionnaire, first: date, who: Who) -> Sheet:
    day = school_day(first + timedelta(days=random.randint(0, LONG - 3)))
    person_id, pair_id = who or (None, None)
    return Sheet(day, answers(random, questionnaire), pair_id, person_id)


def answers(random: Random, questionnaire: Questionnaire) -> dict[int, int | str]:
    """Return what somebody in one mood answers, by question's id; a text may be left out."""
    mood = random.gauss(MOODS[questionnaire.moment], 1.5)
    return {
        question.id: value
        for question in questionnaire.questions
        if (value := _answer(random, question, mood)) != ""
    }


def _answer(random: Random, question: Question, mood: float) -> int | str:
    if question.kind is QuestionKind.SCALE:
        return min(10, max(1, round(random.gauss(mood, 1.0))))
    if question.kind is QuestionKind.POINTS:
        return random.choice((0, 1, 1, 2, 2, 2))
    if question.kind is QuestionKind.YES_NO:
        return int(random.random() < mood / 10)
    if question.kind in LISTED:
        several = question.kind is QuestionKind.SEVERAL
        return sum(
            random.sample(marks(len(question.options)), random.randint(1, 2 if several else 1))
        )
    return random.choice(OPEN)
