"""Other districts beside the demo's own, a school each, whose pupils have codes in the place of names."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from nastav import dates
from nastav.access import Actor
from nastav.db import db
from nastav.demo.book import Book
from nastav.demo.calendar import workday_before
from nastav.demo.district import Scene, moment, school_years, work
from nastav.demo.names import Codes, Names
from nastav.demo.size import Size
from nastav.demo.staff import INVENTED, Staff
from nastav.district import operations as districts
from nastav.district import queries
from nastav.district.kinds import operations as kinds
from nastav.district.kinds.models import PairKind
from nastav.district.models import District
from nastav.meetings.models import MeetingKind
from nastav.orders import loader as orders
from nastav.orders.loader import Order
from nastav.plan import operations as plan
from nastav.questionnaires.wording import operations as wording
from nastav.stages import operations as stages

PLACES = ("Заречный", "Приозёрный", "Лесной", "Полевой", "Степной", "Горный", "Береговой")


def settle(actor: Actor, book: Book, order: Order, size: Size, password_hash: str) -> None:
    """Add as many other districts as the size asks for, each with a school year behind it or in it."""
    year = dates.cycle_of(dates.today() - timedelta(days=1))
    small = replace(size, mentees=24, mentors=2)
    for number in range(1, size.districts + 1):
        begun = workday_before(dates.cycle_bounds(year)[0])
        with dates.stopped_at(moment(begun)):
            district = _load(actor, invented(order, number), order, year)
        names = Names(Random(f"district {number}"))
        staff = Staff(book, names, Random(number), district.id, password_hash)
        last = dates.today() - timedelta(days=1)
        _live(Scene(district, book, names, small, staff, begun, last), actor, number)


def _live(scene: Scene, actor: Actor, number: int) -> None:
    suffix = f"-{number + 1}"
    at = moment(scene.begun, 10)
    for login, made in scene.staff.of_district(at, actor, suffix).items():
        scene.seat(login, made)
    school = queries.schools(scene.district.id)[0]
    login, curator = scene.staff.of_school(at, scene.coordinator.actor, school, f"codes{suffix}")
    life = school_years(scene, school, login, curator, zeal=0.9, pupils=Codes(scene.names))
    work(scene, life)


def invented(order: Order, number: int) -> Order:
    """An order of an invented district: the same tasks, two schools, nobody's real name."""
    place = PLACES[(number - 1) % len(PLACES)]
    name = f"{place} район" + (f" ({number})" if number > len(PLACES) else "")
    head = f"Ясенева Вера Ильинична ({INVENTED})"
    return replace(
        order,
        number=str(100 + number),
        issuer=f"Управление образования администрации муниципального образования {name}",
        district=orders.District(name, order.district.region, head, "координатор"),
        signed_by="Начальник управления",
        working_group=(),
        totals_note="",
        plan_years=tuple(
            replace(year, printed_mentees=None, printed_mentors=None) for year in order.plan_years
        ),
        plan=tuple(
            replace(row, school=f"{place} лицей №{n}") for n, row in enumerate(order.plan[4:6], 1)
        ),
    )


def _load(actor: Actor, invented: Order, order: Order, year: int) -> District:
    district = districts.load_order(actor, invented)
    plan.load_plan(actor, district, queries.schools(district.id), invented)
    kinds.load_kinds(PairKind, district)
    kinds.load_kinds(MeetingKind, district)
    wording.load_ours(district)
    cycle = districts.open_cycle(actor, district, year, before_site=False)
    stages.load_stages(cycle, order)
    district.uses_codes = True
    db.session.flush()
    return district
