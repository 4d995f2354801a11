"""A closed pair carried into the next school year, and one opened again."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.people.models import Part
from nastav.yearend.closing.rules import next_start
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.people import add_meeting
from tests.support.registers import registers
from tests.support.school import School
from tests.yearend.closing.conftest import END

Saved = Callable[[int], Pair]


@pytest.mark.parametrize(
    ("ended", "started"),
    [
        (date(2021, 5, 25), date(2021, 9, 1)),
        (date(2021, 8, 31), date(2021, 9, 1)),
        (date(2021, 9, 10), date(2021, 9, 11)),
    ],
)
def test_the_next_pair_begins_in_september_or_the_day_after(ended: date, started: date) -> None:
    assert next_start(2020, ended) == started


@pytest.mark.usefixtures("next_year")
def test_continuing_makes_the_draft_of_the_next_school_year(
    boris: PageClient, school: School, saved: Saved
) -> None:
    form = boris.get(f"{school.card}/close")
    answers = [boris.fill(form, **END) for _ in range(2)]  # a second click
    assert {answer.location for answer in answers} == {school.card}
    page = text_of(boris.get(school.card))
    assert "пара с 01.09.2021 , черновик" in page
    draft = saved(school.pair + 1)
    assert (draft.state, draft.continues_id) == (PairState.DRAFT, school.pair)
    assert draft.started == date(2021, 9, 1)
    people = {member.person_id for member in draft.members}
    assert people == {school.teacher.person_id, school.paired.person_id}
    card = f"{school.url}/2021/pairs/{draft.id}"
    assert "Продолжает прежнюю пару" in text_of(boris.get(card))


def test_a_pair_is_continued_though_the_next_year_is_not_open(
    boris: PageClient, school: School, states: Callable[[], list[str]]
) -> None:
    boris.fill(f"{school.card}/close", **END)
    page = boris.get(school.card)
    assert "пара с 01.09.2021 , черновик" in text_of(page)
    draft = f"{school.pairs}/{school.pair + 1}"  # under the year that is open
    assert boris.get(draft).status_code == 200
    assert states() == ["closed", "draft"]


@pytest.mark.parametrize("place", ["{pairs}/closing", "{card}"])
def test_a_pair_that_waited_is_continued_once(
    app: Flask, boris: PageClient, school: School, states: Callable[[], list[str]], place: str
) -> None:
    """Earlier versions closed a pair without its draft while the next school year was not open."""
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, school.pair)
        pair.state, pair.ended = PairState.CLOSED, date(2020, 12, 8)
        pair.decision = Decision.CONTINUE
    form = boris.get(place.format(pairs=school.pairs, card=school.card))
    for _ in range(2):
        assert boris.fill(form, "/continue").status_code == 303
    assert states() == ["closed", "draft"]


@pytest.mark.usefixtures("next_year")
def test_who_graduates_or_left_is_not_carried_on(
    app: Flask, cast: Cast, boris: PageClient, school: School, saved: Saved
) -> None:
    with registers(app, cast) as own:
        eldest = own.mentee("Щеглова Нина", grade=11)
        group = own.pair(school.teacher, school.free, eldest).id
        alone = own.pair(school.pupil, eldest).id
    boris.fill(f"{school.pairs}/{group}/close", **END)
    draft = saved(alone + 1)
    mentees = [member.person_id for member in draft.members if member.part is Part.MENTEE]
    assert mentees == [school.free.person_id]
    answer = boris.fill(f"{school.pairs}/{alone}/close", **END)
    assert answer.status_code == 422
    assert "Все наставляемые выбыли" in text_of(answer)
    assert saved(alone).state is PairState.ACTIVE


def test_a_pair_closed_by_mistake_is_opened_again_with_a_reason(
    app: Flask, boris: PageClient, school: School, saved: Saved
) -> None:
    boris.fill(f"{school.card}/close", **END)
    page = boris.get(f"{school.card}/reopen")
    assert "Укажите причину" in text_of(boris.fill(page, reason=""))
    assert boris.fill(page, reason="завершена по ошибке").location == school.card
    assert boris.fill(page, reason="завершена по ошибке").status_code == 409
    pair = saved(school.pair)
    assert (pair.state, pair.ended, pair.decision) == (PairState.ACTIVE, None, None)
    sentence = "Была завершена 08.12.2020, открыта снова 09.12.2020: завершена по ошибке."
    assert sentence in text_of(boris.get(school.card))
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="pair:reopened").one()
        assert (entry.subject, entry.changes) == ("пара 1", {"state": ["closed", "active"]})


@pytest.mark.usefixtures("next_year")
def test_a_pair_opened_again_leaves_no_draft_of_its_continuation(
    app: Flask, boris: PageClient, school: School, states: Callable[[], list[str]]
) -> None:
    boris.fill(f"{school.card}/close", **END)
    assert states() == ["closed", "draft"]
    boris.fill(f"{school.card}/reopen", reason="ошибка")
    assert states() == ["active"]
    assert "Черновик её продолжения удалён" in text_of(boris.get(school.card))
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="pair:removed").count() == 1
    boris.fill(f"{school.card}/close", **END)
    assert states() == ["closed", "draft"]


@pytest.mark.usefixtures("next_year")
@pytest.mark.parametrize("work", ["edit", "plan"])
def test_a_draft_somebody_has_worked_on_stays_and_continues(
    boris: PageClient, school: School, states: Callable[[], list[str]], work: str
) -> None:
    boris.fill(f"{school.card}/close", **END)
    draft = f"{school.url}/2021/pairs/{school.pair + 1}"
    boris.fill(
        f"{draft}/{work}", **{"edit": {"goal": "Проект"}, "plan": {"task-what": "Проект"}}[work]
    )
    boris.fill(f"{school.card}/reopen", reason="ошибка")
    assert states() == ["active", "draft"]
    assert "Черновик её продолжения сохранён" in text_of(boris.get(school.card))
    boris.fill(f"{school.card}/close", **END)
    assert states() == ["closed", "draft"]


def test_a_pair_whose_continuation_acts_is_not_opened_again(
    app: Flask, boris: PageClient, school: School, saved: Saved
) -> None:
    boris.fill(f"{school.card}/close", **END)
    with app.app_context(), writing():  # as on 1 September
        db.session.get_one(Pair, school.pair + 1).state = PairState.ACTIVE
    answer = boris.fill(f"{school.card}/reopen", reason="ошибка")
    assert answer.status_code == 422
    assert "Продолжение этой пары уже начато" in text_of(answer)
    assert saved(school.pair).state is PairState.CLOSED


def test_meetings_after_the_last_day_go_with_what_continues_the_pair(
    app: Flask, boris: PageClient, school: School, saved: Saved
) -> None:
    """Nobody decided in summer: the pair met in September, and is continued in October."""
    dates.configure(fixed=date(2021, 10, 4))
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, school.pair)
        rows = db.session.query(PairMember).filter_by(pair_id=pair.id).all()
        add_meeting(pair, date(2021, 5, 20), rows)
        add_meeting(pair, date(2021, 9, 20), rows)
    form = boris.get(f"{school.card}/close")
    assert form_values(find_form(form))["ended"] == ["31.08.2021"]
    values = {"reason": "окончание года", "decision": "continue"}
    assert boris.fill(form, **values).status_code == 303
    with app.app_context():
        days = db.session.query(Meeting.pair_id, Meeting.held_on).order_by(Meeting.held_on).all()
        assert [tuple(row) for row in days] == [
            (school.pair, date(2021, 5, 20)),
            (school.pair + 1, date(2021, 9, 20)),
        ]
        there = db.session.query(Presence).filter_by(meeting_id=2).all()
        draft = {member.id for member in saved(school.pair + 1).members}
        assert {row.member_id for row in there} == draft
