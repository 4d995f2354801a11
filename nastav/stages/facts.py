"""What the site itself counts for an activity; it suggests, a person declares.

Simple grouped counts for one school and one school year. The pairs' plans are not kept yet, so the
activity that asks for them is proved by documents.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import Cycle
from nastav.feedback.models import PARTICIPANTS, Moment, Questionnaire, Response
from nastav.pairs.meetings.models import Meeting
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Participation, Person
from nastav.people.training.models import Training, TrainingAttendance
from nastav.plan.models import PlanTarget
from nastav.stages.records import StageSheet

_PLANNED = {
    "mentees",
    "mentors",
}  # compared with the plan of the deadline's calendar year (decision 7)
# key of an activity's `counts` → the figures its sentence needs
_NEEDS = {
    "mentees": ("mentees", "mentee_pupils"),
    "mentors": ("mentors", "mentor_pupils"),
    "trained_mentors": ("trained_mentors", "mentors"),
    "pairs": ("pairs",),
    "pairs_with_goal": ("pairs_with_goal", "pairs"),
    "responses": ("responses",),
    "final_responses": ("final_responses",),
}


@dataclass(frozen=True)
class Fact:
    """A figure of the site's own, its sentence, and where what stands behind it is shown."""

    count: int
    sentence: str
    href: str  # for the school
    district_href: str = ""  # for those who may not read names; "" = none
    target: int | None = None  # the plan, where one is compared
    plan_is_missing: bool = False


def facts(sheet: StageSheet, cycle: Cycle) -> dict[str, Fact]:
    """Return the site's own figures for a stage, by the activities' `counts`; two queries at most."""
    keys = [row.counts for row in sheet.activities if row.counts in _NEEDS]
    names = {name for key in keys for name in _NEEDS[key or ""]}
    if {
        "pairs",
        "pairs_with_goal",
    } <= names:  # the stage about what pairs do, not how they are formed
        names |= {"meetings", "pairs_met"}
    if not names:
        return {}
    figures = _figures(sheet.school_id, cycle.first_year, sorted(names))
    year = sheet.head.due.year
    plan = _plan(sheet.school_id, year) if _PLANNED & set(keys) else {}
    return {
        key: _planned(key, figures, plan.get(key), year, sheet.school_id)
        if key in _PLANNED
        else _plain(key, figures, sheet.school_id, cycle.first_year)
        for key in keys
        if key
    }


def pairs_ending_later(sheet: StageSheet, cycle: Cycle) -> int:
    """Return how many open pairs have agreed to work beyond the stage's deadline (decision 13)."""
    rows = (
        select(func.count())
        .where(*_pairs_of_year(sheet.school_id, cycle.first_year))
        .where(Pair.state != PairState.CLOSED, Pair.planned_end > sheet.head.due)
    )
    return db.session.scalar(rows) or 0


def _figures(school_id: int, first_year: int, names: list[str]) -> dict[str, int]:
    counting = {
        "mentees": _register(school_id, first_year, Part.MENTEE),
        "mentee_pupils": _register(school_id, first_year, Part.MENTEE, Person.kind == Kind.PUPIL),
        "mentors": _register(school_id, first_year, Part.MENTOR),
        "mentor_pupils": _register(school_id, first_year, Part.MENTOR, Person.kind == Kind.PUPIL),
        "trained_mentors": _register(
            school_id,
            first_year,
            Part.MENTOR,
            Participation.person_id.in_(_trained(school_id, first_year)),
        ),
        "pairs": select(func.count()).where(*_pairs_of_year(school_id, first_year)),
        "pairs_with_goal": select(func.count()).where(
            *_pairs_of_year(school_id, first_year), Pair.goal != ""
        ),
        "meetings": _meetings(school_id, first_year, func.count()),
        "pairs_met": _meetings(school_id, first_year, func.count(Pair.id.distinct())),
        "responses": _responses(school_id, first_year),
        "final_responses": _responses(school_id, first_year, Questionnaire.moment == Moment.FINAL),
    }
    row = db.session.execute(select(*(counting[name].scalar_subquery() for name in names))).one()
    return dict(zip(names, row, strict=True))


def _register(school_id: int, first_year: int, part: Part, *more: Any) -> Any:
    """Distinct people in a register on at least one day of the school year, mistakes left out."""
    first, last = dates.cycle_bounds(first_year)
    return (
        select(func.count(Participation.person_id.distinct()))
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.part == part,
            Participation.is_mistake.is_(False),
            Participation.joined <= last,
            or_(Participation.left.is_(None), Participation.left >= first),
            *more,
        )
    )


def _pairs_of_year(school_id: int, first_year: int) -> tuple[Any, ...]:
    """Pairs that the school year's dates touch, drafts left out (decision 18)."""
    first, last = dates.cycle_bounds(first_year)
    return (
        Pair.school_id == school_id,
        Pair.state != PairState.DRAFT,
        and_(Pair.started <= last, or_(Pair.ended.is_(None), Pair.ended >= first)),
    )


def _trained(school_id: int, first_year: int) -> Any:
    """Whom the school has trained by the end of the school year, in whatever year."""
    last = dates.cycle_bounds(first_year)[1]
    return (
        select(TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .where(Training.school_id == school_id, Training.held_on <= last)
    )


def _meetings(school_id: int, first_year: int, figure: Any) -> Any:
    """A figure of the meetings held in a school year, deleted ones and drafts left out."""
    first, last = dates.cycle_bounds(first_year)
    return (
        select(figure)
        .select_from(Meeting)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Meeting.school_id == school_id,
            Meeting.deleted_at.is_(None),
            Meeting.held_on >= first,
            Meeting.held_on <= last,
            Pair.state != PairState.DRAFT,
        )
    )


def _responses(school_id: int, first_year: int, *more: Any) -> Any:
    return (
        select(func.count())
        .select_from(Response)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(
            Response.school_id == school_id,
            Response.first_year == first_year,
            Response.deleted_at.is_(None),
            Questionnaire.part.in_(PARTICIPANTS),
            *more,
        )
    )


def _plan(school_id: int, year: int) -> dict[str, int | None]:
    rows = select(PlanTarget.mentees, PlanTarget.mentors).filter_by(school_id=school_id, year=year)
    found = db.session.execute(rows).first()
    return {"mentees": found.mentees, "mentors": found.mentors} if found else {}


def _planned(
    key: str, figures: dict[str, int], target: int | None, year: int, school_id: int
) -> Fact:
    every, pupils = (figures[name] for name in _NEEDS[key])
    words = {
        "mentees": ("наставляемый", "наставляемых", "наставляемых"),
        "mentors": ("наставник", "наставника", "наставников"),
    }[key]
    sentence = f"В базе {ru.counted(every, *words)}"
    if pupils != every:
        sentence += f", из них учеников: {pupils}"
    if target is None:
        sentence += f". План на {year} год не введён"
    else:
        sentence += f", план {year} года — {ru.number(target)}"
    return Fact(
        count=every,
        sentence=sentence,
        href=f"/schools/{school_id}/{key}",
        district_href=f"/schools/{school_id}/coverage/{year}",
        target=target,
        plan_is_missing=target is None,
    )


def _met(figures: dict[str, int]) -> str:
    if "meetings" not in figures:
        return ""
    return (
        f"; встречались {figures['pairs_met']}, записано встреч: {ru.number(figures['meetings'])}"
    )


def _plain(key: str, figures: dict[str, int], school_id: int, first_year: int) -> Fact:
    count = figures[key]
    year = ru.school_year(first_year)
    answers = ru.counted(count, "анкета", "анкеты", "анкет")
    sentences = {
        "trained_mentors": f"Обучено {count} из {figures.get('mentors', 0)} наставников реестра",
        "pairs": f"Пар и групп в {year} учебном году: {count}" + _met(figures),
        "pairs_with_goal": f"Цель указана у {count} из {figures.get('pairs', 0)} пар и групп",
        "responses": f"За {year} учебный год внесено: {answers}",
        "final_responses": f"За {year} учебный год внесено итоговых анкет: {count}",
    }
    rooms = {"pairs": "pairs", "trained": "training"}
    room = rooms.get(key.split("_", maxsplit=1)[0], "feedback")
    return Fact(count, sentences[key], f"/schools/{school_id}/{first_year}/{room}")
