"""The card of a pair: one step stands out, the rare ones unfold, each member is told of in one line."""

from datetime import date

from flask import Flask

from nastav.db import db, writing
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.pairs.models import Pair, PairState
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.school import School

FILLED = "main .btn:not(.btn-quiet, .btn-secondary, .btn-link)"


def set_state(app: Flask, school: School, state: PairState) -> None:
    with app.app_context(), writing():
        db.session.get_one(Pair, school.pair).state = state


def test_the_meeting_is_the_one_button_that_stands_out(boris: PageClient, school: School) -> None:
    page = soup(boris.get(school.card))
    assert [found.get_text() for found in page.select(FILLED)] == ["Записать встречу"]
    rare = page.select_one("main .drop .panel").get_text()
    assert all(step in rare for step in ("Приостановить", "Вернуть в черновики", "Завершить пару"))


def test_a_draft_is_begun_and_a_paused_pair_resumed_in_sight(
    app: Flask, boris: PageClient, school: School
) -> None:
    set_state(app, school, PairState.DRAFT)
    page = soup(boris.get(school.card))
    assert [found.get_text() for found in page.select(FILLED)] == ["Начать: пара действует"]
    set_state(app, school, PairState.PAUSED)
    page = soup(boris.get(school.card))
    assert "Возобновить" in page.select_one(".page-head").get_text()
    assert "Возобновить" not in page.select_one("main .panel").get_text()


def test_the_head_of_the_school_reads_and_changes_nothing(
    client_of: ClientOf, school: School
) -> None:
    page = soup(client_of("galina").get(school.card))
    assert page.select("main form") == []
    assert [link.get_text() for link in page.select("main .panel a")] == [
        "Распечатать план на листе"
    ]


def test_a_member_is_told_of_in_one_line(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        leader = own.mentor("Зорина Вера Павловна", grade=11)
        own.pair(leader, own.mentee("Лапкин Пётр", grade=7, need="математика"))
    with app.app_context(), writing():
        held = {"held_on": date(2020, 11, 5), "hours": 8, "programme": "Школа наставника"}
        day = Training(school_id=cast.boris_school, **held)
        db.session.add(day)
        db.session.flush()
        db.session.add(TrainingAttendance(training_id=day.id, person_id=leader.person_id))
    said = text_of(boris.get(f"{school.pairs}/2")).replace("\xa0", " ")
    assert "наставник, 11 «А», с 05.10.2020, обучена 05.11.2020" in said
    assert "7 «А», с 05.10.2020, математика, нет согласия" in said


def test_a_pair_past_its_august_is_led_to_its_decision(
    app: Flask, boris: PageClient, school: School
) -> None:
    assert "перестала считаться" not in text_of(boris.get(school.card))
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, school.pair)
        pair.started, pair.last_cycle = date(2019, 10, 1), 2019
    page = soup(boris.get(school.card))
    assert page.select_one(".notice a")["href"] == f"{school.card}/close"


def test_a_group_of_many_costs_as_many_queries_as_a_pair(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, *(own.mentee(f"Лапкин Пётр{at}") for at in range(40)))

    def cost(card: str) -> int:
        with statements() as sent:
            assert boris.get(card).status_code == 200
        return len(sent)

    boris.get(school.card)
    assert cost(school.card) == cost(f"{school.pairs}/2")
