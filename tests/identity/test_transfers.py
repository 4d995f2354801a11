"""A pupil moves to another school of the district: one person, one count, two registers kept apart."""

from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.coverage.queries import coverage_by_school
from nastav.db import db, writing
from nastav.pairs.models import PairMember
from nastav.people.models import Part, Participation, Person
from tests.support.cast import BORIS_SCHOOL, VERA_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers


@pytest.fixture
def card(app: Flask, cast: Cast) -> str:
    """Щеглова is № 1 of СОШ №5, in a pair with Громов; СОШ №2 has № 1 Белкин."""
    with registers(app, cast, "vera") as school:
        school.mentor("Белкин Лев", grade=11)
    with registers(app, cast) as school:
        child = school.mentee("Щеглова Инна", need="спорт", grade=8)
        school.pair(school.mentor("Громов Юрий", grade=11), child)
    return f"/schools/{cast.boris_school}/mentees/{child.participation_id}"


def offer(client: PageClient, cast: Cast, card: str) -> str:
    """Offer the pupil of a card to СОШ №2; returns the new school's page of the offer."""
    page = card + "/transfer"
    answer = client.fill(page, to_school_id=str(cast.vera_school), left="01.12.2020")
    assert answer.status_code == 303
    return f"/schools/{cast.vera_school}/transfers/1"


def accept(client: PageClient, offered: str, **fields: str) -> str:
    answer = client.fill(offered, "/accept", **{"school_class": "8Б", **fields})
    assert answer.status_code == 303
    return str(answer.location)


def counted(app: Flask, basis: str = "in_pair") -> list[int]:
    with app.app_context():
        coverage = coverage_by_school(1, 2020, date(2020, 12, 9))
    rows = {row.name: getattr(row.of(Part.MENTEE), basis) or 0 for row in coverage.schools}
    assert sum(rows.values()) <= 1  # one child
    return [rows[BORIS_SCHOOL], rows[VERA_SCHOOL]]


def test_the_pairs_of_the_old_school_end_on_the_day_of_leaving(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    offer(boris, cast, card)
    with app.app_context():
        line = db.session.query(Participation).filter_by(part=Part.MENTEE).one()
        member = db.session.query(PairMember).filter_by(part=Part.MENTEE).one()
        assert (line.left, line.left_reason) == (date(2020, 12, 1), "перевод в другую школу")
        assert member.left == date(2020, 12, 1)
    assert "СОШ №2 ещё не ответила" in text_of(boris.get(card))


def test_a_leaving_that_goes_with_a_transfer_is_not_put_right_by_itself(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    offer(boris, cast, card)
    assert "Исправить выбытие" not in text_of(boris.get(card))
    form = boris.get(card + "/leave")
    for refused in (boris.fill(form, "/leave/undo"), boris.fill(form, left="02.12.2020")):
        assert refused.status_code == 409
        assert "день выбытия стоит в переводе" in text_of(refused)
    with app.app_context(), writing():  # came back from there since, and left for another reason
        line = db.session.query(Participation).filter_by(part=Part.MENTEE).one()
        line.left, line.left_reason = date(2020, 12, 4), "переезд"
    assert "Исправить выбытие" in text_of(boris.get(card))
    assert boris.fill(boris.get(card + "/leave"), "/leave/undo").status_code == 303


def test_the_new_school_accepts_and_the_person_is_one(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    offered = offer(boris, cast, card)
    assert soup(vera.get(f"/schools/{cast.vera_school}")).select_one("main a[href$=transfers]")
    seen = text_of(vera.get(offered))
    assert "Щеглова Инна" in seen
    assert "8 «А»" in seen
    assert not [text for text in ("спорт", "Громов") if text in seen]
    theirs = text_of(vera.get(accept(vera, offered)))
    assert "№ 2" in theirs
    assert "8 «Б»" in theirs
    assert "Дата вхождения 02.12.2020" in theirs
    assert not [text for text in ("спорт", "Громов", "8 «А»", "01.12.2020") if text in theirs]
    with app.app_context():
        assert db.session.query(Person).filter_by(surname="Щеглова").count() == 1
        events = db.session.query(AuditEntry).filter(AuditEntry.event.startswith("transfer:"))
        entries = [(event.event, event.subject, event.school_id) for event in events]
    assert entries == [
        ("transfer:offered", "№ 1", cast.boris_school),
        ("transfer:accepted", "№ 2", cast.vera_school),
    ]


def test_the_old_school_keeps_its_past_and_reads_nothing_new(
    cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    new = accept(vera, offer(boris, cast, card))
    vera.fill(new + "/edit", need="творчество", school_class="9В")
    card_text = text_of(boris.get(card))
    for kept in ("№ 1", "8 «А»", "спорт", "Громов", "СОШ №2: ученик принят 09.12.2020"):
        assert kept in card_text
    assert not [
        text for text in ("творчество", "9 «В»", "8 «Б»", "02.12.2020") if text in card_text
    ]
    refused = boris.fill(card + "/edit", surname="Щеглова-Новая")
    assert refused.status_code == 422
    assert "теперь ведёт она" in text_of(refused)
    assert boris.fill(card + "/edit", need="учёба").status_code == 303  # its own record


def test_the_child_counts_in_the_school_of_the_last_day_in_a_pair(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    assert counted(app) == [1, 0]
    accept(vera, offer(boris, cast, card))
    assert counted(app) == [1, 0]  # in no pair of the new school yet
    assert counted(app, "in_register") == [0, 1]
    with registers(app, cast, "vera") as school:
        child = db.session.query(Participation).filter_by(school_id=cast.vera_school)
        child, mentor = (
            child.filter_by(part=Part.MENTEE).one(),
            child.filter_by(part=Part.MENTOR).one(),
        )
        school.pair(mentor, child, started=date(2020, 12, 3))
    assert counted(app) == [0, 1]


def test_the_new_school_may_refuse(
    cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    offered = offer(boris, cast, card)
    assert vera.fill(offered, "/refuse", reason="").status_code == 422
    assert vera.fill(offered, "/refuse", reason="в школу не пришла").status_code == 303
    assert "в школу не пришла" in text_of(boris.get(card))
    assert "Никого не переводят" in text_of(vera.get(f"/schools/{cast.vera_school}/transfers"))
    assert boris.get(card + "/transfer").status_code == 200  # to another school


def test_the_old_school_may_withdraw_until_it_is_answered(
    cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    offered = offer(boris, cast, card)
    answering, withdrawing = vera.get(offered), boris.get(card)
    assert boris.fill(withdrawing, "/withdraw").status_code == 303
    assert boris.fill(withdrawing, "/withdraw").status_code == 303  # a second click
    assert vera.fill(answering, "/accept").status_code == 409
    assert vera.get(offered).status_code == 409
    assert "отозван" in text_of(boris.get(card))


def test_a_second_click_has_one_effect(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    page = boris.get(card + "/transfer")
    for _ in range(2):
        fields = {"to_school_id": str(cast.vera_school), "left": "01.12.2020"}
        assert boris.fill(page, **fields).status_code == 303
    answering = vera.get(f"/schools/{cast.vera_school}/transfers/1")
    for _ in range(2):
        assert vera.fill(answering, "/accept").status_code == 303
    assert vera.fill(answering, "/refuse", reason="нет").status_code == 409
    with app.app_context():
        assert db.session.query(Participation).filter_by(part=Part.MENTEE).count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"joined": "30.11.2020"}, {"joined": "10.12.2020"}, {"school_class": ""}, {"joined": "вчера"}],
)
def test_what_cannot_be_is_refused_and_kept(
    cast: Cast, boris: PageClient, vera: PageClient, card: str, fields: dict[str, str]
) -> None:
    offered = offer(boris, cast, card)
    answer = vera.fill(offered, "/accept", **fields)
    assert answer.status_code == 422
    name, typed = next(iter(fields.items()))
    assert soup(answer).select_one(f"[name={name}]")["value"] == typed


def test_a_pupil_taken_back_meanwhile_is_not_accepted(
    cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    offered = offer(boris, cast, card)
    boris.fill(card, "/return", joined="05.12.2020")
    assert "Прежняя школа вернула ученика" in text_of(vera.fill(offered, "/accept"))


def test_nobody_else_sees_or_answers_an_offer(
    cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient, card: str
) -> None:
    offered = offer(boris, cast, card)
    own = f"/schools/{cast.boris_school}/transfers"
    assert "Щеглова" not in text_of(boris.get(own))
    for action in ("", "/accept", "/refuse"):
        address = f"{own}/1{action}"
        assert (boris.send(address) if action else boris.get(address)).status_code == 404
        assert (anna.send(offered + action) if action else anna.get(offered)).status_code == 403
    assert galina.get(card + "/transfer").status_code == 403
    wrong = boris.send(card + "/transfer", {"to_school_id": str(cast.boris_school)})
    assert wrong.status_code == 422


def test_a_refused_day_stands_in_its_field_and_nothing_is_said_to_be_marked(
    cast: Cast, boris: PageClient, card: str
) -> None:
    refused = boris.fill(card + "/transfer", to_school_id=str(cast.vera_school), left="02.09.2020")
    assert refused.status_code == 422
    page = text_of(refused)
    assert "сначала исправьте даты в паре" in page
    assert "Выбытие отмечено" not in page
    assert "закончится участие в парах" in page
    assert soup(refused).select_one("[name=left]")["value"] == "02.09.2020"
