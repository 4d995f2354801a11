"""An invented district: its desks, and its schools' years written into a book."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import db
from nastav.demo import feedback, gatherings, meetings, plans, stages, years
from nastav.demo.book import Book
from nastav.demo.calendar import workday
from nastav.demo.desk import Desk
from nastav.demo.life import Life
from nastav.demo.meetings import Diary
from nastav.demo.names import Codes, Names
from nastav.demo.people import Registers
from nastav.demo.size import Size
from nastav.demo.staff import Staff
from nastav.district.kinds.models import PairKind
from nastav.district.models import Cycle, District, School
from nastav.feedback.models import Questionnaire
from nastav.meetings.models import MeetingKind
from nastav.plan.models import PlanTarget
from nastav.stages.models import Stage

AUTUMN = (9, 10)  # month and day on which schools begin, in years after the first
AWAY = {7: 3, 9: 6, 10: 9, 12: 2}  # days since a curator was there last, by the school's ordinal
OTHERS = ("педагог-психолог", "руководитель методического объединения")


@dataclass
class Scene:
    """A district while it is being invented; everybody works at the desk of their login."""

    district: District
    book: Book
    names: Names
    size: Size
    staff: Staff
    begun: date  # the day on which the site began to be used here
    last: date  # the last day on which anything was done
    desks: dict[str, Desk] = field(default_factory=dict)
    lives: list[Life] = field(default_factory=list)

    @property
    def coordinator(self) -> Desk:
        return next(iter(self.desks.values()))

    def seat(self, login: str, actor: Actor, behind: int = 0) -> Desk:
        """Give somebody a desk; they have not come to it for so many days."""
        random, last = Random(f"desk {login}"), self.last - timedelta(days=behind)
        self.desks[login] = Desk(self.book, actor, login, random, last)
        return self.desks[login]


def moment(day: date, hour: int = 9) -> datetime:
    """Return the moment of an hour of a day in the district's zone."""
    return datetime.combine(day, time(hour), dates.zone()).astimezone(UTC)


def school_years(
    scene: Scene,
    school: School,
    login: str,
    actor: Actor,
    zeal: float,
    pupils: Names | Codes | None = None,
) -> Life:
    """Let a school live through every school year its district has opened.

    Args:
        scene: the district.
        school: the school.
        login: of its curator.
        actor: the curator.
        zeal: how much of its plan the school reaches.
        pupils: where the names of pupils come from, if not from the district's.
    """
    desk = scene.seat(login, actor, AWAY.get(school.ordinal, 0))
    kinds = select(PairKind).filter_by(district_id=scene.district.id)
    ids = {pair_kind.name: pair_kind.id for pair_kind in db.session.scalars(kinds)}
    life = Life(Registers(desk, school), scene.names, pupils or scene.names, ids, zeal, scene.size)
    life.undecided_year = _undecided(school)
    planned = db.session.scalars(select(PlanTarget).filter_by(school_id=school.id))
    targets = {
        plan_target.year: (plan_target.mentees or 0, plan_target.mentors or 0)
        for plan_target in planned
    }
    scene.staff.team(desk.at(workday(scene.begun + timedelta(days=1))), actor, OTHERS)
    for cycle in _cycles(scene):
        target = targets.get(cycle.first_year, (0, 0))
        years.live(life, cycle.first_year, _begun(scene, cycle), *target)
    scene.lives.append(life)
    return life


def work(scene: Scene, life: Life) -> None:
    """Write what a school does with its people: meetings, plans, answers, gatherings, stages."""
    registers = life.registers
    kinds = select(MeetingKind).filter_by(district_id=scene.district.id)
    ids = {meeting_kind.name: meeting_kind.id for meeting_kind in db.session.scalars(kinds)}
    if not life.size.is_bare:
        plans.fill(life.desk, life.bonds)
        meetings.fill(Diary(life.desk, registers.school.id, ids), life.bonds, life.size)
    rows = select(Questionnaire).filter_by(district_id=scene.district.id)
    rows = rows.options(selectinload(Questionnaire.questions)).order_by(Questionnaire.id)
    asked = list(db.session.scalars(rows))
    for cycle in _cycles(scene):
        year = cycle.first_year
        if not life.size.is_bare:
            gatherings.fill(registers, year, life.people)
            feedback.fill(life.desk, registers.school.id, year, asked, life.bonds, life.size)
        for stage in _stages(cycle):
            stages.fill(_work(scene, life, stage), _begun(scene, cycle))


def _work(scene: Scene, life: Life, stage: Stage) -> stages.Work:
    name = ru.initials_first(life.desk.actor.name.split(" (", maxsplit=1)[0])
    school_id, more = life.registers.school.id, life.size.documents
    desks = (life.desk, scene.coordinator)
    return stages.Work(*desks, school_id, life.ordinal, stage, name, more)


def _undecided(school: School) -> int | None:
    """Some schools left a pair of the last finished year without the order's decision."""
    today = dates.today()
    if school.ordinal % 5 != 2:
        return None
    return dates.cycle_of(today) - (today.month not in (6, 7, 8))


def _begun(scene: Scene, cycle: Cycle) -> date:
    return workday(max(date(cycle.first_year, *AUTUMN), scene.begun + timedelta(days=4)))


def _cycles(scene: Scene) -> list[Cycle]:
    rows = select(Cycle).filter_by(district_id=scene.district.id).order_by(Cycle.first_year)
    return list(db.session.scalars(rows))


def _stages(cycle: Cycle) -> list[Stage]:
    rows = select(Stage).filter_by(cycle_id=cycle.id).options(selectinload(Stage.activities))
    return list(db.session.scalars(rows.order_by(Stage.ordinal)))
