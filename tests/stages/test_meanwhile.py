"""A save reads before it takes the lock of writers: what others saved in between counts."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nastav import db as database
from nastav.db import db, writing
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.evidence.operations import remove_document
from nastav.stages.models import ActivityStatus, SchoolActivity, StageState
from nastav.stages.sending.operations import submit_stage
from tests.stages.stand import DONE, ORDER, Stand
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

ROW = "/activities/1/edit"
Do = Callable[[], None]
Meanwhile = Callable[[Do], None]


@pytest.fixture
def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Return how to have somebody else do something between a save's reading and its lock."""
    begin = database.begin_writing

    def arrange(do: Do) -> None:
        def other() -> None:
            with app.app_context(), writing():
                do()

        def wait_for_the_other(*args: Any) -> None:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
            begin(*args)

        monkeypatch.setattr(database, "begin_writing", wait_for_the_other)

    return arrange


@pytest.fixture
def proved(stand: Stand, boris: PageClient) -> str:
    """Return the address of a row that is in progress and has its document."""
    address = stand.url(1, ROW)
    boris.fill(address, ROW, **{**DONE, "status": "in_progress", "done_on": ""})
    return address


def test_a_proof_removed_meanwhile_proves_nothing(
    cast: Cast, stand: Stand, boris: PageClient, meanwhile: Meanwhile, proved: str
) -> None:
    def remove() -> None:
        sheet = stand._sheet(1)
        row = sheet.activities[0]
        remove_document(cast.actor("boris"), sheet, row, row.documents[0], version=1)

    bare = {"doc_kind": "", "doc_number": "", "doc_dated": ""}
    page = boris.get(proved)
    meanwhile(remove)
    answer = boris.fill(page, ROW, **{**DONE, **bare})
    assert answer.status_code == 422
    assert "нужно подтверждение" in text_of(answer)
    assert stand.sheet(1).activities[0].status is ActivityStatus.IN_PROGRESS


def test_a_stage_sent_meanwhile_is_not_changed(
    cast: Cast, stand: Stand, boris: PageClient, meanwhile: Meanwhile
) -> None:
    stand.put(1, StageState.IN_PROGRESS)
    page = boris.get(stand.url(1, ROW))

    def submit() -> None:
        sheet = stand._sheet(1)
        submit_stage(cast.actor("boris"), sheet, version=sheet.version)

    meanwhile(submit)
    answer = boris.fill(page, ROW, comment="Пока этап отправляли")
    assert answer.status_code == 409
    assert "Пока этап отправляли" in str(soup(answer))
    assert stand.sheet(1).activities[0].comment == ""


def test_another_row_saved_meanwhile_is_on_the_page(
    app: Flask, cast: Cast, stand: Stand, boris: PageClient, meanwhile: Meanwhile, proved: str
) -> None:
    def declare() -> None:
        sheet = stand._sheet(1)
        values = Values(ActivityStatus.DONE, done_on=date(2020, 10, 12), responsible="Белов Б. Б.")
        actor, row = cast.actor("boris"), sheet.activities[1]
        save_activity(actor, sheet, row, values, version=0, documents=[ORDER])

    page = boris.get(proved)
    meanwhile(declare)
    answer = boris.fill(page, ROW, comment="Первое")
    assert answer.status_code == 303
    assert "Выполнено 1 из 5 мероприятий" in text_of(boris.get(answer.location))
    with app.app_context():
        rows = select(SchoolActivity.version).filter_by(school_id=cast.boris_school)
        assert list(db.session.scalars(rows.order_by(SchoolActivity.activity_id))) == [2, 1]
