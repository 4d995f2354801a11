"""What is said of the figures: a sentence each, and where what stands behind it is shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from nastav import ru

Figures = Mapping[str, int]


class Weight(StrEnum):
    """What the self-check makes of a fact (rules.md#self-check)."""

    REMARK = "remark"  # confirmed at the sending, and read by the reviewer
    NOTE = "note"  # only said


class Room(NamedTuple):
    """A page of the school: its endpoint, and what its address takes beside the school and its year."""

    endpoint: str
    values: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Fact:
    """A figure of the site's own, its sentence, and where what stands behind it is shown."""

    count: int
    sentence: str
    room: Room  # for the school
    district_room: Room | None = None  # for those who may not read names
    target: int | None = None  # the plan, where one is compared
    plan_is_missing: bool = False
    weight: Weight | None = None


def weigh(count: int, every: int | None = None) -> Weight | None:
    """Return a remark for none, a note for fewer than all of them (or than the plan)."""
    if not count:
        return Weight.REMARK
    return Weight.NOTE if every is not None and count < every else None


# --- what proves: key of an activity's `counts` → the figures its sentence needs --------------------

PROVING = {
    "mentees": ("mentees", "mentee_pupils"),
    "mentors": ("mentors", "mentor_pupils"),
    "trained_mentors": ("trained_mentors", "mentors"),
    "pairs": ("pairs",),
    "pairs_with_goal": ("pairs_with_goal", "pairs"),
    "pairs_with_plan": ("pairs_with_plan", "pairs"),
    "responses": ("responses",),  # of the start and of the middle: those of the end are stage VII's
    "final_responses": ("final_responses",),
}
# compared with the plan of the deadline's calendar year (rules.md#plan-of-the-deadline)
PLANNED = frozenset({"mentees", "mentors"})
# the key, or its first word → room
_ROOMS = {
    "pairs": "pair_list.board",
    "pairs_with_plan": "plans.board",
    "trained": "training.board",
}


def planned(key: str, figures: Figures, target: int | None, year: int) -> Fact:
    """Return a fact that is compared with the plan of a calendar year; `target`: None without one."""
    every, pupils = (figures[name] for name in PROVING[key])
    words = {
        "mentees": ("наставляемый", "наставляемых", "наставляемых"),
        "mentors": ("наставник", "наставника", "наставников"),
    }[key]
    sentence = f"В базе за учебный год {ru.counted(every, *words)}"
    if pupils != every:
        sentence += f", из них учеников: {pupils}"
    if target is None:
        sentence += f". План на {year} год не введён"
    else:
        sentence += f", план {year} года — {ru.number(target)}"
    remark = Weight.REMARK if not every else None
    return Fact(
        count=every,
        sentence=sentence,
        weight=remark or (Weight.NOTE if target is not None and pupils < target else None),
        room=Room("register.register", {"book": key}),
        district_room=Room("coverage.school", {"year": year}),
        target=target,
        plan_is_missing=target is None,
    )


def plain(key: str, figures: Figures, first_year: int) -> Fact:
    """Return a fact that is compared with nothing."""
    count = figures[key]
    year = ru.school_year(first_year)
    pairs = ru.out_of(figures.get("pairs", 0), "пары или группы", "пар и групп")
    mentors = ru.out_of(
        figures.get("mentors", 0), "наставника учебного года", "наставников учебного года"
    )
    answers = ru.counted(count, "анкета", "анкеты", "анкет")
    sentences = {
        "trained_mentors": f"Обучено {count} из {mentors}",
        "pairs": f"Пар и групп в {year} учебном году: {count}" + _met(figures),
        "pairs_with_goal": f"Цель указана у {count} из {pairs}",
        "pairs_with_plan": f"Индивидуальный план есть у {count} из {pairs}",
        "responses": f"В начале и в ходе работы за {year} учебный год внесено: {answers}",
        "final_responses": f"За {year} учебный год внесено итоговых анкет: {count}",
    }
    room = _ROOMS.get(key) or _ROOMS.get(key.split("_", maxsplit=1)[0], "feedback.school")
    every = figures[PROVING[key][1]] if len(PROVING[key]) > 1 else None
    return Fact(count, sentences[key], Room(room), weight=weigh(count, every))


def _met(figures: Figures) -> str:
    if "meetings" not in figures:
        return ""
    return (
        f"; встречались {figures['pairs_met']}, записано встреч: {ru.number(figures['meetings'])}"
    )
