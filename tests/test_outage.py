"""reliability.md#r7: a full disk, a read-only or a locked database is told in Russian, and passes
without a restart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Connection

from nastav import backup, db
from nastav.stages.models import Evidence
from tests.stages.stand import PDF, Stand
from tests.support.cast import Cast
from tests.support.held import held
from tests.support.pages import HTMX, PageClient, text_of

Outage = Callable[[Flask, Path], Iterator[None]]
SENTENCE = "Ничего не сохранено. Подождите минуту и повторите"


def at_every_begin(app: Flask, pragma: str, afterwards: str) -> Iterator[None]:
    """Set something on each connection as its transaction begins, while the block runs."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA {pragma}")

    with app.app_context():  # and no longer: requests inside would share its `g`
        engine = db.db.engine
    event.listen(engine, "begin", begin)
    try:
        yield
    finally:
        event.remove(engine, "begin", begin)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA {afterwards}")
        engine.dispose()


@contextmanager
def full(app: Flask, instance: Path) -> Iterator[None]:
    """Let the database's file grow no more: SQLite says so in the words of a full disk."""
    yield from at_every_begin(app, "max_page_count=1", "max_page_count=4294967294")


@contextmanager
def read_only(app: Flask, instance: Path) -> Iterator[None]:
    """Refuse writes in the words of a read-only file; a test run by root may write into any."""
    yield from at_every_begin(app, "query_only=1", "query_only=0")


@contextmanager
def locked(app: Flask, instance: Path) -> Iterator[None]:
    """Have another program hold the database for itself."""
    with held(instance / backup.DATABASE):
        yield


def new_document(stand: Stand, token: str) -> dict[str, object]:
    return {
        "path": stand.url(1, "/activities/1/documents/new"),
        "data": {
            "csrf_token": token,
            "kind": "Приказ",
            "number": "145",
            "file": (BytesIO(PDF + bytes(400_000)), "приказ.pdf"),
        },
    }


@pytest.mark.parametrize("outage", [full, read_only, locked])
def test_an_outage_is_told_and_passes(
    outage: Outage,
    app: Flask,
    cast: Cast,
    instance: Path,
    boris: PageClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    stand, token = Stand(app, cast), boris.token()
    with app.app_context():
        db.db.engine.dispose()
    with outage(app, instance):
        refused = boris.post(**new_document(stand, token))
        fragment = boris.post(**new_document(stand, token), headers=HTMX)
    for answer in (refused, fragment):
        assert answer.status_code == 503
        assert SENTENCE in text_of(answer)
    assert stand.count(Evidence) == 0
    assert boris.post(**new_document(stand, token)).status_code == 303, "no restart needed"
    assert stand.count(Evidence) == 1


@pytest.mark.parametrize("outage", [full, read_only])
def test_pages_still_open_when_nothing_can_be_saved(
    outage: Outage, app: Flask, cast: Cast, instance: Path, boris: PageClient
) -> None:
    with outage(app, instance):
        assert boris.get(f"/schools/{cast.boris_school}").status_code == 200


def test_a_page_of_a_locked_database_says_to_wait(
    app: Flask, cast: Cast, instance: Path, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    with app.app_context():
        db.db.engine.dispose()
    with locked(app, instance):
        answer = boris.get(f"/schools/{cast.boris_school}")
    assert answer.status_code == 503
    assert "База данных занята или недоступна" in text_of(answer)
    assert boris.get(f"/schools/{cast.boris_school}").status_code == 200
