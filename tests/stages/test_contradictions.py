"""The self-check names what the registers say against a stage; it never stops the sending."""

from datetime import date

import pytest
from flask import Flask

from nastav import dates
from nastav.db import db, writing
from nastav.pairs.models import PairState
from nastav.people.models import Part
from nastav.stages.models import Activity, ActivityStatus, Evidence, SchoolActivity, Stage
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.people import add_member, add_pair, add_person
from tests.support.registers import registers


def declare(app: Flask, cast: Cast, ordinal: int) -> str:
    """Declare a stage's activities done, each with a document; return its address."""
    with app.app_context(), writing():
        stage = db.session.query(Stage).filter_by(cycle_id=1, ordinal=ordinal).one()
        for activity in db.session.query(Activity).filter_by(stage_id=stage.id):
            place = {"school_id": cast.boris_school, "activity_id": activity.id}
            done = {"status": ActivityStatus.DONE, "done_on": date(2020, 12, 1)}
            db.session.add(SchoolActivity(**place, **done, responsible="Завуч"))
            db.session.add(Evidence(**place, kind="Приказ", number="1", dated=date(2020, 12, 1)))
    return f"/schools/{cast.boris_school}/2020/stages/{ordinal}"


def people(app: Flask, cast: Cast) -> None:
    """Two pairs' worth: a mentor leads one mentee, two are without a pair, one pair is a draft."""
    with registers(app, cast) as own:
        mentor = own.mentor("Белкин Юрий", grade=10)
        paired, drafted = own.mentee("Птицына Ольга"), own.mentee("Новак Олег")
        own.mentee("Ёлкин Лев")
        own.pair(mentor, paired)
        own.pair(mentor, drafted, state=PairState.DRAFT)


def check(app: Flask, cast: Cast, boris: PageClient, ordinal: int) -> str:
    url = declare(app, cast, ordinal)
    return text_of(boris.get(f"{url}/submit"))


def test_pairs_are_declared_but_mentees_have_none(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    people(app, cast)
    page = check(app, cast, boris, 5)
    assert "Этап V отмечен выполненным, но 2 наставляемых без пары." in page
    assert "но черновиков пар: 1, они нигде не считаются." in page


def test_a_remark_does_not_stop_the_sending(app: Flask, cast: Cast, boris: PageClient) -> None:
    people(app, cast)
    url = declare(app, cast, 5)
    boris.fill(f"{url}/activities/1/edit", comment="проверено")  # the first save begins the stage
    answer = boris.fill(f"{url}/submit")
    assert (answer.status_code, answer.location) == (303, f"{url}/sent")


def test_consents_profiles_and_training_are_looked_at(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    people(app, cast)
    assert "но нет согласия у 3 наставляемых." in check(app, cast, boris, 2)
    assert "но анкета не заполнена у 1 наставника." in check(app, cast, boris, 3)
    assert "но из тех, кто ведёт пары, не обучены: 1." in check(app, cast, boris, 4)


def test_meetings_and_open_pairs_are_looked_at(app: Flask, cast: Cast, boris: PageClient) -> None:
    people(app, cast)
    assert "но пар и групп, которые давно не встречались: 1." in check(app, cast, boris, 6)
    assert "но пар и групп, которые ещё не завершены: 1." in check(app, cast, boris, 7)


def test_a_stage_at_work_is_told_without_blame(app: Flask, cast: Cast, boris: PageClient) -> None:
    people(app, cast)
    page = text_of(boris.get(f"/schools/{cast.boris_school}/2020/stages/5/submit"))
    assert "2 наставляемых без пары." in page
    assert "отмечен выполненным" not in page


def test_nothing_is_said_where_all_agrees(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert "отмечен выполненным, но" not in check(app, cast, boris, 5)


def test_pairs_of_the_next_year_are_not_held_against_this_one(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        mentor, mentee = own.mentor("Белкин Юрий", grade=10), own.mentee("Птицына Ольга")
        own.pair(mentor, mentee, state=PairState.DRAFT, started=date(2021, 9, 6))
    page = check(app, cast, boris, 5)
    assert "1 наставляемый без пары" in page
    assert "черновиков" not in page


def test_who_has_left_is_not_held_against_the_stage(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    gone = {"left": date(2020, 11, 1)}
    with app.app_context(), writing():
        add_person(cast.boris_school, part=Part.MENTOR, grade=10, **gone)
        former = add_person(cast.boris_school, part=Part.MENTOR, grade=10)
        pair = add_pair(cast.boris_school, None, [], state=PairState.PAUSED)
        add_member(pair, former, Part.MENTOR, pair.started, **gone)
    assert "анкета не заполнена у 1 наставника." in check(app, cast, boris, 3)
    assert "не обучены" not in check(app, cast, boris, 4)
    assert "которые ещё не завершены: 1." in check(app, cast, boris, 7)  # a paused one goes on


def test_another_school_year_is_not_judged_by_today(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(app, cast)
    declare(app, cast, 5)
    monkeypatch.setattr(dates, "today", lambda: date(2021, 9, 1))
    page = text_of(boris.get(f"/schools/{cast.boris_school}/2020/stages/5/submit"))
    assert "без пары" not in page
    assert "черновиков" not in page
