"""Filling the second database: years, plans, accounts, and everything the schools did."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates, ru
from nastav.access import Actor, Role
from nastav.accounts.models import User
from nastav.db import db
from nastav.demo import (
    closing,
    feedback,
    meetings,
    mentors,
    occasions,
    people,
    plans,
    practices,
    stages,
)
from nastav.demo.names import Names
from nastav.district import operations as districts
from nastav.district import queries
from nastav.district.kinds.models import PairKind
from nastav.district.models import Cycle, District, School, TeamMember
from nastav.feedback.models import Questionnaire
from nastav.orders.loader import Order
from nastav.plan.models import PlanTarget, PlanYear
from nastav.stages import operations as stage_operations
from nastav.stages.models import Stage

SEED = 428  # the same demo every time
INVENTED = "вымышл."  # stands in every invented official's name
PASSWORD = "подсолнух у школы 428"  # noqa: S105 - of the demo only; printed by the command


@dataclass(frozen=True)
class Account:
    """An account of the demo, as the command prints it."""

    login: str
    role: Role
    place: str


def fill(actor: Actor, order: Order, password_hash: str) -> None:
    """Fill a database that holds only the order.

    Nothing in it is later than today. The caller's transaction holds it all.
    """
    random = Random(SEED)
    district = db.session.scalars(select(District)).one()
    schools = queries.schools(district.id)
    years = range(order.school_year, dates.cycle_of(dates.today()) + 1)
    cycles = [_cycle(actor, district, order, year) for year in years]
    _plans(district, schools, order, dates.today().year)
    users = _users(district, schools, password_hash, random)
    kinds = {kind.name: kind.id for kind in db.session.scalars(select(PairKind))}
    questionnaires = list(
        db.session.scalars(select(Questionnaire).options(selectinload(Questionnaire.questions)))
    )
    for index, school in enumerate(schools):
        _school(random, school, cycles, users, zeal=0.62 + 0.43 * ((index * 5) % 13) / 12)
        closing.fill(school)
        meetings.fill(school)
        plans.fill(school)
        practices.fill(school, kinds, [cycle.first_year for cycle in cycles])
        for cycle in cycles:
            occasions.fill(school, cycle.first_year)
            feedback.fill(random, school, cycle.first_year, questionnaires, 30 + index * 4)


def accounts() -> list[Account]:
    """Return the accounts of the demo."""
    rows = select(User.login, User.role, School.name).join(School, isouter=True).order_by(User.id)
    return [Account(login, role, name or "район") for login, role, name in db.session.execute(rows)]


def _cycle(actor: Actor, district: District, order: Order, year: int) -> Cycle:
    cycle = queries.cycle(district.id, year)
    if cycle is None:
        cycle = districts.open_cycle(actor, district, year, before_site=False)
        stage_operations.load_stages(cycle, order)
    cycle.before_site = False  # the demo's schools worked here from the first year on
    return cycle


def _plans(district: District, schools: list[School], order: Order, last: int) -> None:
    """Give the years after the order a plan, as a coordinator would enter it."""
    rows = {row.school: row for row in order.plan}
    for year in range(order.plan_years[-1].year + 1, last + 1):
        db.session.add(PlanYear(district_id=district.id, year=year))
        for school in schools:
            row = rows[school.name]
            db.session.add(
                PlanTarget(
                    school_id=school.id,
                    year=year,
                    mentees=row.mentees[-1],
                    mentors=row.mentors[-1],
                    mentee_base=row.derived_mentee_base,
                )
            )


def _users(
    district: District, schools: list[School], password_hash: str, random: Random
) -> list[User]:
    names = Names(random)

    def user(login: str, role: Role, school: School | None, post: str) -> User:
        return User(
            login=login,
            role=role,
            name=f"{names.next().full} ({INVENTED})",
            post=post,
            phone=f"8 (86163) 0-00-{random.randint(10, 99)}" if school else "",
            email=f"{login}@example.invalid" if school else "",
            district_id=district.id,
            school_id=school.id if school else None,
            password_hash=password_hash,
        )

    made = [user("coordinator", Role.COORDINATOR, None, "координатор")]
    made.append(user("observer", Role.OBSERVER, None, "член рабочей группы"))
    for school in schools:
        number = school.name.split("№")[-1]
        made.append(user(f"school{number}", Role.CURATOR, school, "заместитель директора"))
    made.append(user("head5", Role.HEAD, schools[3], "директор"))
    db.session.add_all(made)
    db.session.flush()
    return made


def _school(
    random: Random, school: School, cycles: Iterable[Cycle], users: list[User], *, zeal: float
) -> None:
    curator = next(user for user in users if user.school_id == school.id)
    coordinator = users[0]
    kinds = {kind.name: kind.id for kind in db.session.scalars(select(PairKind))}
    register = people.Register(school, Names(random), random, kinds, zeal)
    targets = {
        row.year: row
        for row in db.session.scalars(select(PlanTarget).filter_by(school_id=school.id))
    }
    db.session.add(
        TeamMember(
            district_id=school.district_id,
            school_id=school.id,
            name=curator.name,
            post=curator.post,
            is_curator=True,
            phone=curator.phone,
            email=curator.email,
        )
    )
    mentors.criteria(school.id)
    for cycle in cycles:
        target = targets[cycle.first_year]
        people.school_year(register, cycle.first_year, target.mentees or 0, target.mentors or 0)
        for stage in _stages(cycle):
            work = stages.Work(
                school,
                stage,
                random,
                (curator.id, curator.name),
                (coordinator.id, coordinator.name),
                ru.initials_first(curator.name.split(" (")[0]),
                dates.today(),
            )
            stages.fill(work, cycle)


def _stages(cycle: Cycle) -> list[Stage]:
    rows = select(Stage).filter_by(cycle_id=cycle.id).options(selectinload(Stage.activities))
    return list(db.session.scalars(rows.order_by(Stage.ordinal)))
