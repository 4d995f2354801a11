"""Tables of people that schools sent, one in each state, and one-time links to a questionnaire."""

import secrets
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates
from nastav.ballots import operations as ballots
from nastav.ballots.models import Link, LinkSet
from nastav.db import db
from nastav.demo import feedback
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.demo.names import Names
from nastav.feedback.models import Moment, Questionnaire, Respondent
from nastav.loads import operations as loads
from nastav.loads import rules
from nastav.loads.models import Load, LoadState
from nastav.loads.rows import Preview
from nastav.people.models import Part
from nastav.people.rules import Namesakes
from nastav.tables.table import pasted

HEADS = {
    Part.MENTEE: "Фамилия\tИмя\tОтчество\tКласс\tЗапрос",
    Part.MENTOR: "Фамилия\tИмя\tОтчество\tКласс\tДолжность",
}
# what became of a table, by school and register
TABLES = (
    (LoadState.LOADED, 1, Part.MENTEE),
    (LoadState.UNDONE, 2, Part.MENTOR),
    (LoadState.DROPPED, 3, Part.MENTEE),
    (LoadState.OPEN, 4, Part.MENTEE),
)
LINKS = 12  # in a set
DAY = timedelta(days=1)


def bring(scene: Scene) -> None:
    """Let four schools send a table, and two ask without names."""
    day = workday_before(scene.last - 2 * DAY)
    if len(scene.lives) <= TABLES[-1][1] or day < scene.begun + 30 * DAY:
        return
    for state, place, part in TABLES:
        _table(scene.lives[place], scene.names, day, state, part)
    for place, is_counted in ((0, True), (1, False)):
        if place < len(scene.lives):
            _ask(scene.lives[place], workday_before(day - 8 * DAY), day, is_counted=is_counted)


def _table(life: Life, names: Names, day: date, state: LoadState, part: Part) -> None:
    with life.desk.stopped(day):
        table = pasted(_rows(life, names, part), part)
        school, actor = life.registers.school, life.desk.actor
        load = loads.open_load(actor, school, part, table, joined=day, token=secrets.token_hex())
    if state is LoadState.OPEN:
        return
    with life.desk.stopped(day):
        if state is LoadState.DROPPED:
            loads.drop(actor, load)
        else:
            loads.carry_out(actor, school, load, _preview(load))
    if state is LoadState.UNDONE:
        with life.desk.stopped(workday(day + DAY)):
            loads.undo(actor, load)


def _rows(life: Life, names: Names, part: Part) -> str:
    rows = [HEADS[part]]
    for _ in range(4):
        name = names.next()
        last = life.desk.random.choice(("учёба", "проектная работа"))
        school_class = f"{life.desk.random.randint(9, 11)}А"
        rest = last if part is Part.MENTEE else ""
        rows.append(f"{name.surname}\t{name.given_name}\t{name.patronymic}\t{school_class}\t{rest}")
    return "\n".join(rows)


def _preview(load: Load) -> Preview:
    year = dates.cycle_of(load.joined)
    register = rules.Register(load.part, Namesakes([], year), load.joined, year)
    return rules.check([(number, cells) for number, cells in load.rows], register)


# --- without names --------------------------------------------------------------------------------


def _ask(life: Life, made_on: date, until: date, *, is_counted: bool) -> None:
    """Make links for mentors; some answer, and one of the boxes is opened."""
    year, school = dates.cycle_of(made_on), life.registers.school
    questionnaire = _questionnaire(life, made_on)
    with life.desk.stopped(made_on):
        link_set = ballots.make_set(
            life.desk.actor,
            school,
            year,
            questionnaire,
            size=LINKS,
            made_on=made_on,
            expires_on=until if is_counted else workday(until + 9 * DAY),
        )
    _answer(link_set, questionnaire, 7 if is_counted else 3)
    if is_counted:
        with life.desk.stopped(until):
            version = link_set.version
            ballots.open_box(life.desk.actor, school, link_set, questionnaire, version=version)


def _questionnaire(life: Life, day: date) -> Questionnaire:
    moment = Moment.INTERIM if day.month in (2, 3, 4) else Moment.FINAL
    moment = moment if day.month in range(2, 9) else Moment.START
    rows = select(Questionnaire).filter_by(
        district_id=life.registers.school.district_id,
        part=Respondent.MENTEE,
        moment=moment,
    )
    rows = rows.options(selectinload(Questionnaire.questions))
    return db.session.scalars(rows.order_by(Questionnaire.number.desc())).one()


def _answer(link_set: LinkSet, questionnaire: Questionnaire, count: int) -> None:
    random = Random(link_set.id)
    links = db.session.scalars(select(Link).filter_by(set_id=link_set.id).limit(count))
    for link in list(links):
        answers = feedback.answers(random, questionnaire)
        ballots.answer(link, link_set, questionnaire, answers)
