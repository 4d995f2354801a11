"""Deeds that the demo writes in bulk leave the rows that the site's own operations leave.

The same fortnight of a school is lived through twice, by the operations and by the demo's makers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import selectinload

from nastav import schema
from nastav.consents.models import Signer
from nastav.consents.operations import ConsentFacts, add_consents
from nastav.db import db, discard, write_mode
from nastav.demo import feedback, gatherings, meetings, pairs, plans, stages
from nastav.demo.book import Book
from nastav.demo.desk import Desk
from nastav.demo.people import Registers
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.feedback.models import Questionnaire
from nastav.feedback.operations import save_stack
from nastav.feedback.rows import Sheet
from nastav.gatherings import operations as holding
from nastav.gatherings.occasions.models import OccasionPart, Sphere
from nastav.gatherings.training.models import TrainingAttendance
from nastav.meetings.models import MeetingKind
from nastav.meetings.operations import MeetingFacts, add_meeting
from nastav.meetings.queries import outermost
from nastav.meetings.week.grid import Change, WeekEntries
from nastav.meetings.week.operations import save_week
from nastav.mentors.awards.models import AwardKind
from nastav.mentors.awards.operations import AwardData, give
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.operations import ProfileData, save_profile
from nastav.pairs import operations as pairing
from nastav.pairs import queries as known
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import Decision, Meets, PairState
from nastav.pairs.rules import Step
from nastav.people import queries as registers
from nastav.people.models import Kind, Part
from nastav.people.operations import Added, add_people, add_person
from nastav.people.rules import NewPerson
from nastav.plans.models import LineKind
from nastav.plans.operations import LineFacts, add_line, mark_done, save_texts
from nastav.review import operations as review
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.evidence.operations import Details, add_document
from nastav.stages.models import ActivityStatus, SchoolStage, Stage
from nastav.stages.queries import stage_sheet, stages_with_activities
from nastav.stages.records import StageSheet
from nastav.stages.sending.operations import submit_stage
from nastav.yearend.classes.operations import move_up
from tests.support.cast import Cast

PUPILS = [
    NewPerson(
        "Ландышев", "Олег", date(2020, 10, 5), grade=7, letter="А", need="учёба", class_year=2020
    ),
    NewPerson(
        "Ивушкина", "Анна", date(2020, 10, 5), grade=8, letter="Б", source="сам", class_year=2020
    ),
]
ELDER = NewPerson("Дубков", "Лев", date(2020, 10, 5), grade=10, letter="А", class_year=2020)
TEACHER = NewPerson("Кленова", "Вера", date(2020, 10, 5), kind=Kind.TEACHER, post="учитель")
PROFILE = ProfileData(
    competences="шахматы", interviewed_on=date(2020, 10, 7), decision=Selection.ACCEPTED
)
AWARD = AwardData(date(2020, 10, 20), AwardKind.GRATITUDE, "За терпение")
LINE = LineFacts("Выбрать тему", period="октябрь", result="выбрана", done_on=date(2020, 10, 14))
CLOSING = pairing.Closing(date(2020, 11, 20), "цель достигнута", "сдан", Decision.FINISH)
DONE = Values(ActivityStatus.DONE, date(2020, 11, 2), "Завуч")
ANSWERED = Values(ActivityStatus.DONE, date(2020, 11, 2), "Завуч", answer="Исправлено.")
ORDER = Details("Приказ", "12", date(2020, 11, 2), no_names=True)
TRAINING = {"held_on": date(2020, 10, 21), "hours": 2, "programme": "Школа наставника"}
OCCASION = {"held_on": date(2020, 10, 22), "sphere": Sphere.SPORT, "name": "Турнир"}


Kept = TypeVar("Kept")


def there(found: Kept | None) -> Kept:
    """Return what was found: it is there."""
    assert found is not None
    return found


def day(number: int, month: int = 10) -> date:
    return date(2020, month, number)


@dataclass
class Place:
    """A school with its desks: both tellings begin with the same ones."""

    desk: Desk
    office: Desk
    school: School
    kind: PairKind
    meeting_kind: MeetingKind
    questionnaire: Questionnaire
    stage: Stage  # the second one: two activities

    @property
    def sheets(self) -> list[Sheet]:
        """Return two filled questionnaires."""
        first = self.questionnaire.questions[0].id
        return [Sheet(day(26), {first: 7}), Sheet(day(27), {first: 9})]

    def facts(self) -> pairing.PairFacts:
        """Return what is said of the pair."""
        return pairing.PairFacts(self.kind.id, day(8), date(2021, 5, 20), Meets.IN_PERSON, "проект")


@pytest.fixture
def tell(app: Flask, cast: Cast) -> Callable[[Callable[[Place], None]], dict[str, list[Any]]]:
    """Return a function: what happens in a school → every row of every table after it, undone again."""

    def rows_after(happen: Callable[[Place], None]) -> dict[str, list[Any]]:
        with app.app_context(), write_mode():
            place = _place(cast)
            happen(place)
            place.desk.book.write()
            place.desk.book.write_journal()
            found = {table.name: _rows(table) for table in schema.METADATA.sorted_tables}
            discard()
        return found

    return rows_after


def _place(cast: Cast) -> Place:
    book, last = Book(), date(2021, 9, 30)
    boris, anna = cast.actor("boris"), cast.actor("anna")
    rows = sa.select(Questionnaire).options(selectinload(Questionnaire.questions))
    return Place(
        Desk(book, boris, "boris", Random(1), last),
        Desk(book, anna, "anna", Random(2), last),
        db.session.get_one(School, cast.boris_school),
        there(db.session.scalars(sa.select(PairKind)).first()),
        there(db.session.scalars(sa.select(MeetingKind)).first()),
        there(db.session.scalars(rows).first()),
        stages_with_activities(1)[1],
    )


def _rows(table: sa.Table) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in db.session.execute(sa.select(table)).mappings()), key=repr)


def test_both_ways_leave_the_same_rows(
    tell: Callable[[Callable[[Place], None]], dict[str, list[Any]]],
) -> None:
    by_site, by_demo = tell(live_by_operations), tell(live_by_demo)
    differing = {
        name: [differences(*both) for both in zip(rows, by_demo[name], strict=True)]
        for name, rows in by_site.items()
        if rows != by_demo[name]
    }
    assert differing == {}
    assert len(by_site["audit_entry"]) > 35


def differences(site: dict[str, Any], made: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the columns in which two rows differ."""
    return {name: (site[name], made[name]) for name in site if site[name] != made[name]}


# --- by the demo's makers -------------------------------------------------------------------------


def live_by_demo(place: Place) -> None:
    people = Registers(place.desk, place.school)
    mentees = people.enter(day(5), Part.MENTEE, PUPILS)
    elder, teacher = (people.enter(day(6), Part.MENTOR, [new])[0] for new in (ELDER, TEACHER))
    place.desk.random = Random(5)  # of the papers' days: none is before the lists
    people.sign(day(5), mentees)
    people.describe(day(7), elder, PROFILE)
    bond = pairs.form(
        place.desk, day(8), place.school.id, place.facts(), [elder, *mentees], state=PairState.DRAFT
    )
    for state in (PairState.ACTIVE, PairState.PAUSED, PairState.ACTIVE):
        pairs.step(place.desk, day(9), bond, state)
    plans.begin(place.desk, day(12), bond, "читает", "планирует")
    plans.add(place.desk, day(12), bond, LineKind.TASK, LINE, day(14))
    _meet(place, bond)
    feedback.enter(place.desk, day(28), place.school.id, 2020, place.questionnaire, place.sheets)
    present = [(elder.id, "")]
    gatherings.hold(people, day(21), TrainingAttendance, TRAINING, present)
    gatherings.hold(people, day(22), OccasionPart, OCCASION, [(mentees[0].id, "призёр")])
    gatherings.give(people, day(20), [elder, teacher], AWARD)
    _work(place)
    people.leave(day(10, 11), mentees[1], day(9, 11), "переезд")
    pairs.drop_out(bond, mentees[1], day(9, 11), "переезд")
    pairs.close(place.desk, day(20, 11), bond, CLOSING)
    for person in (elder, mentees[0]):
        person.grade += 1
    people.move_up(date(2021, 9, 6), 2021, [elder, mentees[0]])


def _meet(place: Place, bond: pairs.Bond) -> None:
    diary = meetings.Diary(
        place.desk, place.school.id, {place.meeting_kind.name: place.meeting_kind.id}
    )
    name = place.meeting_kind.name
    some = tuple(bond.members[:2])
    diary.enter(meetings.Met(bond, day(12), "проект", name, 45, some, False), day(12))
    whole = tuple(bond.members)
    diary.enter_week([meetings.Met(bond, day(15), "проект", name, 40, whole, True)], day(16))


def _work(place: Place) -> None:
    first, second = place.stage.activities
    work = stages.Work(place.desk, place.office, place.school.id, 1, place.stage, "Завуч")
    stages.save(work, day(2, 11), first, DONE, ORDER)
    stages.save(work, day(2, 11), second, DONE, ORDER)
    stages.add_document(work, day(3, 11), first, ORDER)
    stages.submit(work, day(5, 11))
    stages.send_back(work, day(6, 11), "Укажите дату.", day(12, 11))
    stages.answer(work, day(9, 11), first, "Исправлено.")
    stages.submit(work, day(9, 11))
    stages.accept(work, day(10, 11))


# --- by the site's operations ---------------------------------------------------------------------


def live_by_operations(place: Place) -> None:
    actor, school = place.desk.actor, place.school
    with place.desk.stopped(day(5)):
        mentees = add_people(actor, school, Part.MENTEE, PUPILS)
    with place.desk.stopped(day(6)):
        elder = add_person(actor, school, Part.MENTOR, ELDER)
    with place.desk.stopped(day(6)):
        teacher = add_person(actor, school, Part.MENTOR, TEACHER)
    _sign(place, mentees)
    with place.desk.stopped(day(7)):
        save_profile(actor, school.id, elder.person_id, PROFILE, version=0)
    pair_id = _pair(place, elder, mentees)
    _plan(place, pair_id)
    _meet_by_operations(place, pair_id, mentees)
    with place.desk.stopped(day(28)):
        save_stack(actor, school, 2020, place.questionnaire, place.sheets)
    with place.desk.stopped(day(21)):
        holding.add(actor, TrainingAttendance, school.id, TRAINING, {elder.person_id: ""})
    with place.desk.stopped(day(22)):
        holding.add(actor, OccasionPart, school.id, OCCASION, {mentees[0].person_id: "призёр"})
    with place.desk.stopped(day(20)):
        give(actor, school.id, [elder.person_id, teacher.person_id], AWARD)
    _work_by_operations(place)
    with place.desk.stopped(day(10, 11)):
        line_id = mentees[1].participation_id
        line = there(registers.participation(school.id, Part.MENTEE, line_id))
        leave_register(actor, line, day(9, 11), "переезд", version=line.version)
    with place.desk.stopped(day(20, 11)):
        pair = there(known.pair(school.id, pair_id))
        pairing.close_pair(actor, pair, CLOSING, met=outermost(pair_id), version=pair.version)
    with place.desk.stopped(date(2021, 9, 6)):
        classes = {elder.person_id: (11, "А"), mentees[0].person_id: (8, "А")}
        move_up(actor, school.id, 2021, classes)


def _sign(place: Place, mentees: list[Added]) -> None:
    """Give the papers the days and purposes that the demo drew."""
    random, papers = Random(5), {}
    place.desk.random = Random(5)
    with place.desk.stopped(day(5)):
        random.randint(40, 420)
        for mentee, new in zip(mentees, PUPILS, strict=True):
            signed = max(new.joined, day(5) - random.randint(0, 3) * (day(2) - day(1)))
            signer = Signer.BOTH if (new.grade or 0) >= 8 else Signer.GUARDIAN
            purposes = random.choice(("", "", "съёмка на школьных праздниках"))
            facts = ConsentFacts(signer, signed, f"{mentee.number}-с", purposes=purposes)
            papers[mentee.person_id] = facts
        place.desk.random.setstate(random.getstate())
        add_consents(place.desk.actor, place.school, papers)


def _pair(place: Place, elder: Added, mentees: list[Added]) -> int:
    actor = place.desk.actor
    new = pairing.NewPair(
        **vars(place.facts()),
        mentor_id=elder.person_id,
        mentee_ids=tuple(mentee.person_id for mentee in mentees),
        state=PairState.DRAFT,
    )
    with place.desk.stopped(day(8)):
        pair = pairing.create_pair(actor, place.school.id, new)
    for step in (Step.ACTIVATE, Step.PAUSE, Step.RESUME):
        with place.desk.stopped(day(9)):
            pairing.take_step(actor, pair, step, version=pair.version)
    return pair.id


def _plan(place: Place, pair_id: int) -> None:
    pair, actor = there(known.pair(place.school.id, pair_id)), place.desk.actor
    with place.desk.stopped(day(12)):
        save_texts(actor, pair, "читает", "планирует", version=0)
    with place.desk.stopped(day(12)):
        facts = LineFacts(LINE.what, LINE.period, LINE.who, LINE.result)
        line = add_line(actor, pair, LineKind.TASK, facts)
    with place.desk.stopped(day(14)):
        mark_done(actor, pair, line, day(14), version=line.version)


def _meet_by_operations(place: Place, pair_id: int, mentees: list[Added]) -> None:
    pair, kind_id = there(known.pair(place.school.id, pair_id)), place.meeting_kind.id
    present = [member.id for member in pair.members if member.person_id == mentees[0].person_id]
    facts = MeetingFacts(day(12), 45, "проект", kind_id, Meets.IN_PERSON, frozenset(present))
    with place.desk.stopped(day(12)):
        add_meeting(place.desk.actor, pair, facts)
    typed = WeekEntries({(pair_id, day(15)): Change(40, None)})
    typed.topics[pair_id], typed.kinds[pair_id] = "проект", kind_id
    with place.desk.stopped(day(16)):
        save_week(place.desk.actor, place.school.id, typed)


def _sheet(place: Place) -> StageSheet:
    db.session.expire_all()
    return there(stage_sheet(place.school.id, 1, place.stage.ordinal))


def _work_by_operations(place: Place) -> None:
    curator = place.desk.actor
    for place_of, values, number in ((0, DONE, 2), (1, DONE, 2)):
        with place.desk.stopped(day(number, 11)):
            sheet = _sheet(place)
            row = sheet.activities[place_of]
            save_activity(curator, sheet, row, values, version=0, documents=[ORDER])
    with place.desk.stopped(day(3, 11)):
        add_document(curator, _sheet(place), _sheet(place).activities[0], ORDER)
    _send(place, 5)
    _decide(place, 6, is_good=False)
    with place.desk.stopped(day(9, 11)):
        sheet = _sheet(place)
        row = sheet.activities[0]
        save_activity(curator, sheet, row, ANSWERED, version=row.version)
    _send(place, 9)
    _decide(place, 10, is_good=True)


def _send(place: Place, number: int) -> None:
    with place.desk.stopped(day(number, 11)):
        sheet = _sheet(place)
        submit_stage(place.desk.actor, sheet, version=sheet.version)


def _decide(place: Place, number: int, *, is_good: bool) -> None:
    row = db.session.scalars(sa.select(SchoolStage)).one()
    stage, anna = place.stage, place.office.actor
    with place.office.stopped(day(number, 11)):
        if is_good:
            review.accept_stage(anna, row, stage, version=row.version)
            return
        remarks = {stage.activities[0].id: "Укажите дату."}
        fix_by = day(12, 11)
        review.return_stage(anna, row, stage, version=row.version, remarks=remarks, fix_by=fix_by)
