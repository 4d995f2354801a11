"""Filling the second database: years, plans, accounts, and everything the schools did."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import insert, select, update

from nastav import dates
from nastav.access import Actor, Role
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.demo import (
    acceptance,
    neighbours,
    papers,
    rarely,
    reviews,
    samples,
    sheets,
    signed,
    stories,
    texts,
)
from nastav.demo.book import Book
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene, moment, school_years, work
from nastav.demo.names import Names
from nastav.demo.size import Size
from nastav.demo.staff import CHANGED, Staff
from nastav.district import operations as districts
from nastav.district import queries
from nastav.district.models import Cycle, District, School
from nastav.orders.loader import Order
from nastav.plan.models import PlanTarget, PlanYear
from nastav.stages import operations as stage_operations

SEED = 428  # the same demo every time
PASSWORD = "подсолнух у школы 428"  # noqa: S105 - of the demo only; printed by the command
EMPTY = "СОШ №14"  # where nobody has done anything yet


@dataclass(frozen=True)
class Account:
    """An account of the demo, as the command prints it."""

    login: str
    role: Role
    place: str


def fill(actor: Actor, order: Order, password_hash: str, size: Size | None = None) -> None:
    """Fill a database that holds only the order.

    Nothing in it is later than yesterday. The caller's transaction holds it all.
    """
    scene = _scene(order, password_hash, size or Size())
    _date_beginning(scene.begun)
    _people_of_office(scene, actor)
    _open_years(scene, order)
    for index, (login, curator, school) in enumerate(_curators(scene)):
        if school.name == EMPTY and scene.size.mentees is None:
            continue
        zeal = 0.62 + 0.43 * ((index * 5) % 13) / 12
        work(scene, school_years(scene, school, login, curator, zeal))
    neighbours.settle(actor, scene.book, order, scene.size, password_hash)
    _readers_look_in(scene)
    began = {"rules_since": scene.begun, "rules_shown_on": scene.begun}
    db.session.execute(update(District).values(began))  # the rules came with the site
    scene.book.write()
    if not scene.size.is_bare:
        _tell(scene)
    scene.book.write_journal()


def _tell(scene: Scene) -> None:
    """What happened once, each by the operations of the site."""
    texts.write(scene)
    stories.tell(scene, *rarely.STORIES)
    reviews.tell(scene)
    acceptance.tell(scene)
    samples.tell(scene)
    sheets.bring(scene)
    papers.tell(scene)
    signed.tell(scene)


def accounts() -> list[Account]:
    """Return the accounts of the demo that can be signed in to."""
    rows = (
        select(User.login, User.role, School.name, District.name)
        .join(District, District.id == User.district_id)
        .join(School, School.id == User.school_id, isouter=True)
        .where(User.disabled_at.is_(None))
        .order_by(District.id, User.id)
    )
    return [
        Account(login, role, ", ".join(filter(None, (school, district))))
        for login, role, school, district in db.session.execute(rows)
    ]


def _scene(order: Order, password_hash: str, size: Size) -> Scene:
    district = db.session.scalars(select(District)).one()
    last = dates.today() - timedelta(days=1)
    begun = min(workday(order.date + timedelta(days=1)), workday_before(last))
    names, book = Names(Random(SEED)), Book()
    staff = Staff(book, names, Random(SEED), district.id, password_hash)
    return Scene(district, book, names, size, staff, begun, last)


def _date_beginning(begun: date) -> None:
    """What the site itself loaded was loaded on its first day there."""
    db.session.execute(update(AuditEntry).values(at=moment(begun, 8)))
    db.session.execute(update(Cycle).values(opened_at=moment(begun, 8), before_site=False))


def _people_of_office(scene: Scene, actor: Actor) -> None:
    made = scene.staff.of_district(moment(scene.begun), actor)
    for login, official in made.items():
        scene.seat(login, official)


def _curators(scene: Scene) -> list[tuple[str, Actor, School]]:
    """Add schools that the size asks for, and everybody's curator."""
    _more_schools(scene)
    found, at = [], moment(scene.begun, 10)
    coordinator = scene.coordinator.actor
    for school in queries.schools(scene.district.id):
        login = f"school{school.name.split('№')[-1]}"
        login, curator = scene.staff.of_school(at, coordinator, school, login)
        found.append((login, curator, school))
        if school.name == CHANGED:
            until = moment(min(scene.begun + timedelta(days=40), scene.last), 12)
            scene.staff.former(at, until, coordinator, school)
    return found


def _readers_look_in(scene: Scene) -> None:
    """Who only reads signs in now and then."""
    if scene.staff.head:
        scene.seat("head5", scene.staff.head)
    for login, ago in (("observer", 3), ("head5", 8)):
        day = workday_before(scene.last - timedelta(days=ago))
        if login in scene.desks and day > scene.begun:
            scene.desks[login].at(day)


def _more_schools(scene: Scene) -> None:
    """Invent schools behind those of the order, with a plan of the order's first year."""
    known = queries.schools(scene.district.id)
    wanted = range(len(known) + 1, (scene.size.schools or 0) + 1)
    rows = [
        {"district_id": scene.district.id, "ordinal": n, "name": f"Школа №{100 + n}", "version": 1}
        for n in wanted
    ]
    if not rows:
        return
    db.session.execute(insert(School), rows)
    years = db.session.scalars(select(PlanYear.year).filter_by(district_id=scene.district.id))
    fresh = [school.id for school in queries.schools(scene.district.id)[len(known) :]]
    plan = [
        {"school_id": row_id, "year": year, "mentees": 150, "mentors": 5, "version": 1}
        for year in years
        for row_id in fresh
    ]
    db.session.execute(insert(PlanTarget), plan)


# --- years ----------------------------------------------------------------------------------------


def _open_years(scene: Scene, order: Order) -> None:
    """Open each school year on the last day of August, and give calendar years their plan."""
    district, today = scene.district, dates.today()
    for year in range(order.school_year + 1, dates.cycle_of(today) + 1):
        with scene.coordinator.stopped(workday_before(date(year, 8, 31))):
            _open_cycle(scene, order, year)
    rows = {row.school: row for row in order.plan}
    for year in range(order.plan_years[-1].year + 1, today.year + 1):
        at = scene.coordinator.at(workday(date(year - 1, 12, 15)))
        scene.coordinator.note(at, "plan:opened", f"План {year} года")
        db.session.add(PlanYear(district_id=district.id, year=year))
        for school in queries.schools(district.id):
            row = rows[school.name]
            target = PlanTarget(school_id=school.id, year=year, mentees=row.mentees[-1])
            target.mentors, target.mentee_base = row.mentors[-1], row.derived_mentee_base
            db.session.add(target)
    db.session.flush()


def _open_cycle(scene: Scene, order: Order, year: int) -> None:
    """The present one was opened when the order was loaded: it keeps its stages and gets its day."""
    known = queries.cycle(scene.district.id, year)
    if known:
        known.opened_at = dates.now()
        subject = f"{year}/{(year + 1) % 100:02}"
        rows = update(AuditEntry).filter_by(event="cycle:opened", subject=subject)
        db.session.execute(rows.values(at=dates.now()))
        return
    actor = scene.coordinator.actor
    cycle = districts.open_cycle(actor, scene.district, year, before_site=False)
    stage_operations.load_stages(cycle, order)
