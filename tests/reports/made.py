"""A district made up by chance, and what must be read of it, counted anew in the plainest way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from flask import Flask
from sqlalchemy import delete

from nastav import dates
from nastav.accounts.models import User
from nastav.db import db, writing
from nastav.district.models import School
from nastav.people.models import Kind, Part
from nastav.plan.models import PlanTarget
from tests.support.people import add_member, add_pair, add_person
from tests.support.stages import put

CASES = (
    "one school", "thirteen", "no plan", "plan zero", "no data", "first day", "closed school",
    "years", "past day",
)  # fmt: skip
STATES = ("accepted", "submitted", "returned", "1", "3")
NONE, NOT_ENTERED, NO_DATA = "—", "не введён", "нет данных"
Cells = tuple[str, str, str, str]  # plan, fact, per cent, deviation


@dataclass(frozen=True)
class Group:
    """So many children led by a pupil of grade 10, or by a teacher, from a day to a day."""

    school: int  # its place, 0 the first
    size: int
    started: date
    ended: date | None = None
    is_led_by_adult: bool = False

    def counts_in(self, year: int, on: date) -> bool:
        """Tell whether a day of the pair lies between 1 January and a day."""
        august = date(self.started.year + (self.started.month > 8), 8, 31)
        last = min(august, self.ended or august, on)
        return self.started <= last and last >= date(year, 1, 1)

    def is_entered_in(self, year: int) -> bool:
        """Tell whether its people stood in the register in a year."""
        return self.started.year <= year and (self.ended is None or self.ended.year >= year)


@dataclass
class Made:
    """A district: how many schools, their plans of every year, their groups and stages."""

    schools: int = 13
    today: date = date(2020, 12, 9)
    on: date = date(2020, 12, 9)
    groups: list[Group] = field(default_factory=list)
    plan: dict[tuple[int, int, Part], int | None] = field(default_factory=dict)  # written over
    stages: list[tuple[int, int, str]] = field(default_factory=list)  # place, stage, state


def by_chance(case: str, seed: int) -> Made:
    """Return a district of a kind; the same seed gives the same one."""
    chance = Random(f"{case} {seed}")
    made = Made(schools=1 if case == "one school" else 13)
    days = [date(2019, 10, 1), *(date(2020, 9, 1) + timedelta(n) for n in range(95))]
    if case == "years":
        made.today = made.on = date(2024, 11, 15)
        days = [date(year, 9, 1) + timedelta(chance.randrange(70)) for year in range(2020, 2025)]
    if case != "no data":
        made.groups = _groups(chance, made, days)
    if case == "closed school":  # everybody has left in the middle of the year
        ended = date(2020, 11, 20)
        made.groups = [group for group in made.groups if group.school != 2]
        made.groups.append(Group(2, 7, date(2020, 9, 15), ended))
    if case in {"past day", "first day"}:
        made.on = date(2020, 9, 23) if case == "first day" else chance.choice(days[20:])
    made.plan = _plan(chance, case, made)
    places = [(school, stage) for school in range(made.schools) for stage in range(1, 8)]
    chosen = chance.sample(places, min(len(places), 9)) if case != "no data" else []
    made.stages = [(*place, chance.choice(STATES)) for place in chosen]
    return made


def _groups(chance: Random, made: Made, days: Sequence[date]) -> list[Group]:
    """Most schools have a group or two; one in four has nobody."""
    found = []
    for school in range(made.schools):
        for _ in range(chance.choice([0, 1, 1, 2]) if made.schools > 1 else 2):
            size = chance.choice([1, 3, 8, 21])
            found.append(Group(school, size, chance.choice(days), None, chance.random() < 0.3))
    return found


def _plan(chance: Random, case: str, made: Made) -> dict[tuple[int, int, Part], int | None]:
    years = range(2020, 2025)
    if case == "no plan":
        return {(n, year, part): None for n in range(13) for year in years for part in Part}
    values: list[int | None] = [0] if case == "plan zero" else [None, 0, 3, 22, 1200]
    places = [(n, year, part) for n in range(made.schools) for year in years for part in Part]
    return {place: chance.choice(values) for place in chance.sample(places, len(places) // 3)}


# --- into the database ----------------------------------------------------------------------------


def enter(app: Flask, made: Made) -> None:
    """Write the district over the template's."""
    dates.configure(fixed=made.today)
    with app.app_context(), writing():
        schools = _schools(made.schools)
        for target in db.session.query(PlanTarget):
            for part, name in ((Part.MENTEE, "mentees"), (Part.MENTOR, "mentors")):
                key = (schools.index(target.school_id), target.year, part)
                if key in made.plan:
                    setattr(target, name, made.plan[key])
                    setattr(target, f"{name}_changed_on", date(2020, 9, 20))
        for group in made.groups:
            _enter_group(schools[group.school], group)
        names = {school.id: school.name for school in db.session.query(School)}
    put(app, *((names[schools[place]], stage, state) for place, stage, state in made.stages))


def _schools(count: int) -> list[int]:
    for school in db.session.query(School).filter(School.ordinal > count):
        for model in (PlanTarget, User):
            db.session.execute(delete(model).where(model.school_id == school.id))
        db.session.delete(school)
    db.session.flush()
    return [school.id for school in db.session.query(School).order_by(School.ordinal)]


def _enter_group(school_id: int, group: Group) -> None:
    span = {"joined": group.started, "left": group.ended}
    kind = Kind.TEACHER if group.is_led_by_adult else Kind.PUPIL
    pair = add_pair(school_id, None, [], group.started, ended=group.ended)
    mentor = add_person(school_id, part=Part.MENTOR, kind=kind, **span)
    add_member(pair, mentor, Part.MENTOR, **span)
    for _ in range(group.size):
        add_member(pair, add_person(school_id, **span), Part.MENTEE, **span)


# --- what must be read ----------------------------------------------------------------------------


def fact(made: Made, school: int, year: int, part: Part) -> int | None:
    """Return who counts in a year of a school up to the day asked for; None: nobody was entered."""
    own = [group for group in made.groups if group.school == school and group.is_entered_in(year)]
    if not own:
        return None
    counted = [group for group in own if group.counts_in(year, made.on)]
    if part is Part.MENTEE:
        return sum(group.size for group in counted)
    return sum(not group.is_led_by_adult for group in counted)


def cells(plan: int | None, actual: int | None) -> Cells:
    """Return plan, fact, per cent and deviation as they are written."""
    gap = None if plan is None or actual is None else actual - plan
    return (
        NOT_ENTERED if plan is None else number(plan),
        NO_DATA if actual is None else number(actual),
        percent(actual, plan),
        NONE if gap is None else signed(gap),
    )


def total(rows: Sequence[tuple[int | None, int | None]]) -> Cells:
    """Return the sums of the schools with a plan; one without data lacks the whole of it."""
    planned = [row for row in rows if row[0] is not None]
    if not planned:
        return NONE, NONE, NONE, NONE
    plan = sum(row[0] or 0 for row in planned)
    known = [row[1] for row in planned if row[1] is not None]
    actual = sum(known) if known else None
    shown = NONE if actual is None else number(actual)
    return number(plan), shown, percent(actual, plan), signed((actual or 0) - plan)


def number(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def signed(value: int) -> str:
    return f"{'+' if value > 0 else '−' if value else ''}{number(abs(value))}"


def percent(actual: int | None, plan: int | None) -> str:
    if actual is None or not plan:
        return NONE
    share = (Decimal(actual) * 100 / plan).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share:,} %".replace(",", " ").replace(".", ",")
