"""Plans of pairs: most have one, and some of what is planned is done."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from nastav.demo.calendar import workday
from nastav.demo.desk import Desk
from nastav.demo.pairs import Bond
from nastav.pairs.models import PairState
from nastav.plans.models import LineKind, PairPlan, PlanLine
from nastav.plans.operations import LineFacts
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
MARKED = "выполнено полностью"
PLANNED, DONE = 0.8, 0.8
# months after the beginning, by the kind of line
STEPS = {LineKind.TASK: (1, 3, 5), LineKind.ACTIVITY: (0, 2, 4), LineKind.SUPPORT: (1, 4)}


def fill(desk: Desk, bonds: list[Bond]) -> None:
    """Plan the work of a school's pairs; nothing is done later than it could be."""
    for bond in bonds:
        random = Random(f"plans {bond.id}")  # of its own, so that nothing else of the demo moves
        day = workday(bond.started + timedelta(days=random.randint(5, 16)))
        if bond.row["state"] is PairState.DRAFT or not desk.may(day) or random.random() > PLANNED:
            continue
        begin(desk, day, bond, random.choice(STRENGTHS), random.choice(WEAKNESSES))
        for kind, due, facts in _lines(random, desk, bond):
            add(desk, day, bond, kind, facts, due if facts.done_on else None)


def begin(desk: Desk, day: date, bond: Bond, strengths: str, weaknesses: str) -> None:
    """Save what a plan begins with (`plans.operations.save_texts`)."""
    at = desk.at(day)
    texts = {"strengths": strengths, "weaknesses": weaknesses}
    desk.book.add(PairPlan, at, pair_id=bond.id, **texts)
    desk.note(at, "pair_plan:saved", f"пара {bond.id}")


def add(
    desk: Desk, day: date, bond: Bond, kind: LineKind, facts: LineFacts, done: date | None = None
) -> None:
    """Add a line (`plans.operations.add_line`), and mark it as done on its day (`mark_done`)."""
    row = desk.book.add(PlanLine, desk.at(day), pair_id=bond.id, kind=kind, **vars(facts))
    _tell(desk, desk.clocks[day], "added", bond, kind)
    if done:
        row["version"] += 1
        _tell(desk, desk.at(workday(done)), "changed", bond, kind)


def _tell(desk: Desk, at: datetime, what: str, bond: Bond, kind: LineKind) -> None:
    desk.note(at, f"pair_plan:{what}", f"пара {bond.id}: {WORDS[kind].heading.lower()}")


def _lines(random: Random, desk: Desk, bond: Bond) -> Iterator[tuple[LineKind, date, LineFacts]]:
    last = min(bond.row["ended"] or desk.last, desk.last)
    for kind, months in STEPS.items():
        said = WORDS[kind]
        phrases = sorted(random.sample(said.phrases, len(months)), key=said.phrases.index)
        for months_on, what in zip(months, phrases, strict=True):
            due = workday(bond.started + timedelta(days=30 * months_on + random.randint(17, 25)))
            is_done = due <= last and random.random() < DONE
            yield kind, due, _facts(random, kind, what, due, is_done=is_done)


def _facts(random: Random, kind: LineKind, what: str, due: date, *, is_done: bool) -> LineFacts:
    is_task = kind is LineKind.TASK
    result = random.choice(RESULTS) if is_task and is_done else ""
    return LineFacts(
        what=what,
        period=f"до {due:%d.%m.%Y}" if is_task else f"{due:%d.%m.%Y}",
        who={LineKind.ACTIVITY: "наставник", LineKind.SUPPORT: PSYCHOLOGIST}.get(kind, ""),
        result=result,
        actual=result,
        mark=MARKED if result else "",
        done_on=due if is_done else None,
    )
