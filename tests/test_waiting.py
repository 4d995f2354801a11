"""A request waits for a locked database once, not once a transaction: about 8 s in all."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from nastav import access, backup, db, sqlite, unit
from nastav.audit.operations import record
from tests.support.pages import PageClient

PATIENCE = 400  # ms
SYSTEM = access.Actor.system()


@contextmanager
def granted() -> Iterator[list[int]]:
    """Collect what each transaction was allowed to wait, in ms."""
    found: list[int] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("PRAGMA busy_timeout="):
            found.append(int(statement.rpartition("=")[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", PATIENCE)
    monkeypatch.setattr(unit, "LAST_TRY_MS", 10)


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Return an application whose one route asks for four transactions, locked after the first."""

    def view() -> dict[str, bool]:
        db.afterwards(lambda: record(SYSTEM, "probe:first"))
        db.afterwards(lambda: record(SYSTEM, "probe:second"))
        db.pause()
        own_app.extensions["lock"]()
        record(SYSTEM, "probe:done")
        return {"saved": True}

    view.permission = access.PUBLIC  # type: ignore[attr-defined]
    own_app.add_url_rule("/probe", "probe", view, methods=["POST"])
    return own_app


def test_a_locked_database_is_waited_for_once(
    app: Flask, instance: Path, anna: PageClient, short: None
) -> None:
    token = anna.token()
    with closing(sqlite.connect(instance / backup.DATABASE, isolation_level=None)) as other:
        app.extensions["lock"] = lambda: other.execute("BEGIN EXCLUSIVE")
        with granted() as waits:
            assert anna.post("/probe", data={"csrf_token": token}).status_code == 503
        other.execute("ROLLBACK")
    late = waits[waits.index(10) :]
    assert len(late) >= 3, "the side writes and the page of the error try, too"
    assert set(late) == {10}
    app.extensions["lock"] = lambda: None
    assert anna.post("/probe", data={"csrf_token": token}).status_code == 200, "no restart needed"


def test_waiting_for_a_turn_counts(
    app: Flask, anna: PageClient, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, asked = anna.token(), []

    class Taken:
        """The turn of a writer that does not come to an end."""

        def acquire(self, timeout: float) -> bool:
            asked.append(round(timeout * 1000))
            unit.current().waited_ms += timeout * 1000
            return False

    app.extensions["lock"] = lambda: monkeypatch.setattr(db, "turn", Taken())
    assert anna.post("/probe", data={"csrf_token": token}).status_code == 503
    assert asked[0] > PATIENCE / 2
    assert asked[1:] == [10, 10]


def test_each_request_has_its_own_patience(app: Flask, anna: PageClient, short: None) -> None:
    with granted() as waits:
        anna.get("/account")
    assert waits[0] == PATIENCE
    unit.current().waited_ms += PATIENCE
    assert unit.patience_ms(PATIENCE) == PATIENCE, "outside of a request nothing is remembered"
