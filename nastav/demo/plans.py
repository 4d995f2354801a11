"""Invented plans of pairs: most have one, some of what is planned is done."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.pairs.models import Pair
from nastav.plans.models import LineKind, PairPlan, PlanLine
from nastav.plans.words import PSYCHOLOGIST, WORDS

STRENGTHS = (
    "любит читать, хорошо рассказывает",
    "быстро считает, доводит начатое до конца",
    "охотно выступает, легко знакомится",
    "хорошо рисует, внимателен к мелочам",
)
WEAKNESSES = (
    "планировать время, готовиться заранее",
    "уверенно отвечать у доски",
    "оформлять письменные работы",
    "работать в команде, договариваться",
)
RESULTS = ("тема выбрана", "работа сдана", "выступление состоялось", "")
# months after the beginning, by the kind of line
STEPS = {LineKind.TASK: (1, 3, 5), LineKind.ACTIVITY: (0, 2, 4), LineKind.SUPPORT: (1, 4)}


def fill(school: School) -> None:
    """Add the plans of a school's pairs; nothing is done later than today."""
    random = Random(f"plans {school.id}")  # of its own, so that nothing else of the demo moves
    pairs = select(Pair).filter_by(school_id=school.id).order_by(Pair.id)
    for pair in db.session.scalars(pairs):
        if random.random() < 0.8:
            texts = {"strengths": random.choice(STRENGTHS), "weaknesses": random.choice(WEAKNESSES)}
            db.session.add(PairPlan(pair_id=pair.id, **texts))
            db.session.add_all(_lines(random, pair))


def _lines(random: Random, pair: Pair) -> Iterator[PlanLine]:
    for kind, months in STEPS.items():
        said = WORDS[kind]
        phrases = sorted(random.sample(said.phrases, len(months)), key=said.phrases.index)
        for months_on, what in zip(months, phrases, strict=True):
            due = pair.started + timedelta(days=30 * months_on + random.randint(5, 20))
            is_done = due < dates.today() and random.random() < 0.8
            yield PlanLine(
                pair_id=pair.id,
                kind=kind,
                period=_period(kind, due),
                what=what,
                who={LineKind.ACTIVITY: "наставник", LineKind.SUPPORT: PSYCHOLOGIST}.get(kind, ""),
                result=random.choice(RESULTS) if kind is LineKind.TASK and is_done else "",
                done_on=due if is_done else None,
            )


def _period(kind: LineKind, due: date) -> str:
    return f"до {due:%d.%m.%Y}" if kind is LineKind.TASK else f"{due:%d.%m.%Y}"
