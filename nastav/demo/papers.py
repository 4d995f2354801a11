"""Papers of one school: its requisites, two signed orders of stage I, an order on pairs that waits."""

from datetime import date, timedelta

from sqlalchemy import select

from nastav import dates, terms
from nastav.db import db
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.demo.staff import HEADED, INVENTED
from nastav.district import queries as districts
from nastav.pairs.models import Pair, PairState
from nastav.papers.catalogue import KINDS
from nastav.paperwork import operations
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers import operations as numbers
from nastav.paperwork.numbers.operations import Entry
from nastav.requisites import cases
from nastav.requisites import operations as requisites
from nastav.requisites import queries as known
from nastav.requisites.texts import operations as texts
from nastav.stages.models import Activity, Evidence, Stage

# order → activity whose documents have its number
SIGNED = {"start": "regulations", "team": "school_team"}
REQUISITES = {
    "full_name": "Муниципальное бюджетное общеобразовательное учреждение средняя "
    f"общеобразовательная школа № 5 ({INVENTED})",
    "short_name": "МБОУ СОШ № 5",
    "town": "ст-ца Калининская",
    "address": f"ст-ца Калининская, ул. Примерная, 5 ({INVENTED})",
    "head_post": "директор",
}
# of its own, among texts it has not written
OWN = dict.fromkeys(terms.SCHOOL_TEXTS, "") | {
    "programme_tasks": "Помочь пятиклассникам в новом здании."
}


def tell(scene: Scene) -> None:
    """Let the school with a head type its requisites and make its papers."""
    lives = (life for life in scene.lives if life.registers.school.name == HEADED)
    life = next(lives, None)
    cycle = districts.cycle(scene.district.id, dates.cycle_of(scene.last))
    if life is None or cycle is None or scene.staff.head is None:
        return
    typed = workday(scene.begun + timedelta(days=2))
    with life.desk.stopped(min(typed, scene.last)):
        _requisites(scene, life)
        texts.save(
            life.desk.actor, life.registers.school, dates.cycle_of(scene.begun), OWN, version=0
        )
    place = Place(scene.district, life.registers.school, cycle)
    _stage_one(life, place, typed)
    made = workday_before(scene.last)
    _wait_for_order(place, made)
    with life.desk.stopped(made):
        operations.make(life.desk.actor, place, [KINDS["pairs"]], made)


def _requisites(scene: Scene, life: Life) -> None:
    school, district, actor = life.registers.school, scene.district, life.desk.actor
    assert scene.staff.head  # noqa: S101  # `tell` looked
    issuer = {"issuer": district.order_issuer, "issuer_whom": known.suggested_issuer(district)}
    values = REQUISITES | issuer | {"head_name": scene.staff.head.name}
    requisites.save(actor, school, values, version=0)
    if member := known.curator(school):
        whom = cases.name_whom(member.name), cases.post_whom(member.post)
        requisites.confirm_case(actor, member, *whom)


def _stage_one(life: Life, place: Place, earliest: date) -> None:
    """Sign the orders of stage I with the numbers of the documents that the stage has of them."""
    found = {key: _document(place, activity) for key, activity in SIGNED.items()}
    for key, document in found.items():
        if document is None or document.dated is None:
            continue
        made = max(workday(document.dated), earliest)
        if not life.desk.may(made):
            continue
        with life.desk.stopped(made):
            papers = operations.make(life.desk.actor, place, [KINDS[key]], made)
            _sign(life, place, papers.papers[0], document)


def _wait_for_order(place: Place, on: date) -> None:
    """Let the pair that began last have no order yet."""
    begun = select(Pair).filter_by(school_id=place.school.id, state=PairState.ACTIVE)
    begun = begun.where(Pair.started <= on).order_by(Pair.started.desc(), Pair.id.desc())
    if pair := db.session.scalars(begun).first():
        pair.order_number, pair.order_date = "", None
        db.session.flush()


def _sign(life: Life, place: Place, paper: Paper, document: Evidence) -> None:
    if document.dated:
        given = (paper, document.number, document.dated, paper.version)
        entry = Entry(*given, is_done=False)  # it is: it has the document
        numbers.enter(life.desk.actor, place, [entry])


def _document(place: Place, activity: str) -> Evidence | None:
    rows = (
        select(Evidence)
        .join(Activity, Activity.id == Evidence.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(
            Stage.cycle_id == place.cycle.id,
            Activity.key == activity,
            Evidence.school_id == place.school.id,
            Evidence.removed_at.is_(None),
        )
    )
    return db.session.scalars(rows.order_by(Evidence.id)).first()
