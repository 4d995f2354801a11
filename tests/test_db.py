"""The unit of work: what commits, what rolls back, and what a person is told when it cannot."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select, text

from nastav import access, backup, cli, db, sqlite, submitted, unit
from nastav.audit.models import AuditEntry
from nastav.audit.operations import record
from nastav.district.models import School
from nastav.submitted import SubmittedForm
from tests.support.cast import Cast
from tests.support.held import held
from tests.support.pages import PageClient, text_of

SYSTEM = access.Actor.system()


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Return an application to which routes may be added."""
    return own_app


def add_route(app: Flask, path: str, view: object, method: str = "POST") -> None:
    """Add a route of this test; the application has not served anything yet."""
    view.permission = access.PUBLIC  # type: ignore[attr-defined]
    app.add_url_rule(path, path, view, methods=[method])  # type: ignore[arg-type]


def entries(app: Flask, event: str) -> int:
    with app.app_context():
        return db.db.session.scalar(select(func.count()).where(AuditEntry.event == event)) or 0


def test_connections_keep_the_rules(app: Flask) -> None:
    with app.app_context():
        ask = db.db.session.connection().exec_driver_sql
        assert ask("PRAGMA foreign_keys").scalar() == 1
        assert ask("PRAGMA busy_timeout").scalar() >= 5000
        assert ask("PRAGMA journal_mode").scalar() == sqlite.JOURNAL.lower()
        level = {"FULL": 2, "EXTRA": 3}[sqlite.SYNCHRONOUS]
        assert ask("PRAGMA synchronous").scalar() == level
        assert ask("PRAGMA secure_delete").scalar() == 1


def test_a_get_that_writes_fails_every_time(app: Flask, anna: PageClient) -> None:
    def view() -> dict[str, bool]:
        record(SYSTEM, "probe:done")
        return {"written": True}

    add_route(app, "/probe", view, "GET")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert [anna.get("/probe").status_code for _ in range(2)] == [500, 500]
    assert entries(app, "probe:done") == 0


def test_what_reads_first_may_not_write_before_it_says_so(app: Flask, anna: PageClient) -> None:
    @unit.reads_first
    def early() -> dict[str, bool]:
        record(SYSTEM, "probe:early")
        db.begin_writing()
        return {"written": True}

    @unit.reads_first
    def silent() -> dict[str, bool]:
        record(SYSTEM, "probe:silent")
        return {"written": True}

    add_route(app, "/early", early)
    add_route(app, "/silent", silent)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert [anna.send(path).status_code for path in ("/early", "/silent")] == [500, 500]
    assert (entries(app, "probe:early"), entries(app, "probe:silent")) == (0, 0)


def test_an_error_rolls_everything_back(app: Flask, anna: PageClient) -> None:
    def view() -> dict[str, bool]:
        record(SYSTEM, "probe:done")
        db.db.session.flush()
        raise ZeroDivisionError

    add_route(app, "/probe", view)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = anna.send("/probe")
    assert answer.status_code == 500
    assert "Ничего не сохранено" in text_of(answer)
    assert "ZeroDivisionError" not in text_of(answer)
    assert entries(app, "probe:done") == 0


def test_what_is_written_afterwards_outlives_a_refusal(app: Flask, anna: PageClient) -> None:
    def view() -> dict[str, bool]:
        record(SYSTEM, "probe:done")
        db.afterwards(lambda: record(SYSTEM, "probe:refused"))
        raise db.Conflict

    add_route(app, "/probe", view)
    answer = anna.send("/probe")
    assert answer.status_code == 409
    assert "Данные уже изменены" in text_of(answer)
    assert (entries(app, "probe:done"), entries(app, "probe:refused")) == (0, 1)


def test_a_row_changed_by_somebody_else_is_a_conflict(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    def view() -> dict[str, bool]:
        school = db.db.session.get_one(School, cast.boris_school)
        school.name = "СОШ №5 новая"
        connection = db.db.session.connection()
        connection.exec_driver_sql("UPDATE school SET version = version + 1")
        return {"saved": True}

    add_route(app, "/probe", view)
    assert anna.send("/probe").status_code == 409


def test_a_locked_database_is_told_and_nothing_is_saved(
    app: Flask, instance: Path, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_route(app, "/probe", lambda: record(SYSTEM, "probe:done") or {"saved": True})
    token = anna.token()
    with app.app_context():
        db.db.engine.dispose()
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    with held(instance / backup.DATABASE):
        answer = anna.post("/probe", data={"csrf_token": token})
    assert answer.status_code == 503
    assert entries(app, "probe:done") == 0
    assert anna.post("/probe", data={"csrf_token": token}).status_code == 200, "no restart needed"


def sent_at_once(app: Flask, client: PageClient, people: int, times: int = 1) -> list[int]:
    """Post `/probe` so many times by so many people at once, in one session; return the statuses."""
    token, cookie = client.token(), client.get_cookie("nastav_session")
    assert cookie
    statuses: list[int] = []

    def send() -> None:
        client = app.test_client()
        client.set_cookie("nastav_session", cookie.value)
        for _ in range(times):
            statuses.append(client.post("/probe", data={"csrf_token": token}).status_code)

    threads = [threading.Thread(target=send) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def test_writers_of_one_process_take_turns(
    app: Flask, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits inside SQLite, where luck decides: with no patience there nobody is refused."""
    add_route(app, "/probe", lambda: record(SYSTEM, "probe:done") or {"saved": True})
    impatient = lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=0")  # noqa: E731
    monkeypatch.setattr(db, "_limit_waiting", impatient)
    assert sent_at_once(app, anna, people=8, times=5) == [200] * 40
    assert entries(app, "probe:done") == 40


def test_twenty_copies_of_one_form_have_one_effect(app: Flask, anna: PageClient) -> None:
    def view() -> dict[str, bool]:
        if submitted.first_time("the-same-token"):
            record(SYSTEM, "probe:done")
        return {"saved": True}

    add_route(app, "/probe", view)
    assert sent_at_once(app, anna, people=20) == [200] * 20
    assert entries(app, "probe:done") == 1
    with app.app_context():
        assert db.db.session.query(SubmittedForm).count() == 1


def test_a_token_over_thirty_days_old_is_forgotten_by_the_keeper(app: Flask) -> None:
    now = datetime.now(UTC)
    ages = {"old": -31, "a month": -29, "ahead a little": 1, "ahead by years": 900}
    with app.app_context(), db.writing():
        for token, days in ages.items():
            db.db.session.add(SubmittedForm(token=token, at=now + timedelta(days=days)))
    cli._forget(app)
    with app.app_context():
        kept = db.db.session.scalars(select(SubmittedForm.token).order_by(SubmittedForm.token))
        assert list(kept) == ["a month", "ahead a little"]


def test_rows_read_before_a_refusal_stay_readable(app: Flask) -> None:
    with app.app_context():
        school = db.db.session.scalars(select(School)).first()
        assert school
        db.discard()
        assert school not in db.db.session
        assert school.name.startswith("СОШ")


def test_writing_outside_a_write_transaction_is_refused(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="only reads"):
            record(SYSTEM, "probe:done")
        db.db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE school SET name = ''",
        "  delete from school",
        "WITH one AS (SELECT 1) INSERT INTO submitted_form SELECT 'x', '2020-01-01' FROM one",
        "DROP TABLE school",
    ],
)
def test_a_change_in_plain_text_is_refused_too(app: Flask, statement: str) -> None:
    with app.app_context():
        for given in (statement, text(statement)):
            connection = db.db.session.connection()
            run = connection.exec_driver_sql if isinstance(given, str) else connection.execute
            with pytest.raises(RuntimeError, match="only reads"):
                run(given)  # type: ignore[arg-type]
            db.db.session.rollback()
        whole = db.db.session.connection().execute(text("WITH o AS (SELECT 1) SELECT * FROM o"))
        assert whole.scalar() == 1


def test_a_page_after_a_save_finds_its_statements_prepared(app: Flask, anna: PageClient) -> None:
    """No rule of a connection is set and taken back between the two: that expires all of them."""
    run: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        run.append(statement)

    anna.get("/account")
    event.listen(Engine, "before_cursor_execute", note)
    try:
        anna.send("/account", {"phone": "8 (86163) 0-00-11"})
        anna.get("/account")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    pragmas = {each.split("=")[0] for each in run if each.startswith("PRAGMA")}
    assert pragmas == {"PRAGMA busy_timeout", "PRAGMA user_version"}
