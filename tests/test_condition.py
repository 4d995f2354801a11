"""A running site that finds its database damaged goes on reading, refuses every save, and says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from nastav import backup, condition, copies, sqlite, unit
from nastav.db import db
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, text_of
from tests.support.routes import doors

SENTENCE = "База данных повреждена"


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Return an application of this test alone: a damage is never forgotten."""
    return own_app


def spoil(path: Path, table: str) -> None:
    """Overwrite the first page of a table with nonsense."""
    connection = sqlite.connect(path)
    ask = f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"
    root = connection.execute(ask).fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


@pytest.fixture
def database(app: Flask, instance: Path) -> Path:
    with app.app_context():
        db.engine.dispose()
    return instance / backup.DATABASE


def test_a_whole_database_is_said_to_be_so(app: Flask, database: Path, nobody: PageClient) -> None:
    known = app.extensions["condition"]
    known.expect_check()
    assert nobody.get("/healthz").get_json() == {"status": "проверяется"}
    assert known.check(database) == ""
    answer = nobody.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_a_damage_found_at_the_start_is_told(
    app: Flask, database: Path, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    spoil(database, "meeting")
    assert app.extensions["condition"].check(database)
    health = anna.get("/healthz")
    assert (health.status_code, health.get_json()) == (503, {"status": "повреждена"})
    page = anna.get(f"/districts/{cast.district}/2020/stages")
    assert page.status_code == 200
    assert SENTENCE in text_of(page)
    other = boris.get(f"/schools/{cast.boris_school}")
    assert other.status_code == 200
    assert SENTENCE not in text_of(other)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_every_save_is_refused_with_a_sentence(
    app: Flask, cast: Cast, anna: PageClient, headers: dict[str, str]
) -> None:
    token = anna.token()
    app.extensions["condition"].note("database disk image is malformed")
    tried = 0
    for path, method, endpoint, _ in doors(app):
        is_save = method == "POST" and not unit.only_reads(app.view_functions[endpoint])
        if is_save and path.count("<") <= 1:
            place = path.replace("<int:district_id>", str(cast.district)).replace(
                "<int:school_id>", str(cast.boris_school)
            )
            answer = anna.post(place, data={"csrf_token": token}, headers=headers)
            assert answer.status_code == 503, endpoint
            assert SENTENCE in text_of(answer), endpoint
            tried += 1
    assert tried > 20


def test_a_damage_met_by_a_page_stops_the_saves(
    app: Flask, database: Path, cast: Cast, anna: PageClient
) -> None:
    token = anna.token()
    with app.app_context():
        db.engine.dispose()
    spoil(database, "audit_entry")
    journal = anna.get(f"/districts/{cast.district}/journal")
    assert journal.status_code == 503
    assert SENTENCE in text_of(journal)
    assert app.extensions["condition"].damage
    assert anna.get("/account").status_code == 200, "what can be read is shown"
    refused = anna.post("/account", data={"csrf_token": token, "name": "Анна"})
    assert refused.status_code == 503
    assert SENTENCE in text_of(refused)


def test_two_sites_know_nothing_of_each_other(app: Flask) -> None:
    app.extensions["condition"].note("malformed")
    with app.app_context():
        assert condition.of_site().damage
    assert condition.of_site().damage is None


def test_a_failed_copy_and_the_age_of_the_last_good_one_are_told(
    app: Flask, cast: Cast, anna: PageClient, gleb: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    found = copies.Copies(now - timedelta(days=3), "Копия не записана: нет места на диске.", now)
    monkeypatch.setattr(copies, "state", lambda folder: found)
    page = f"/districts/{cast.district}/2020/stages"
    text = text_of(anna.get(page))
    assert "Резервная копия не сделана" in text
    assert "нет места на диске" in text
    assert "Последняя исправная резервная копия" in text
    assert "3 дня назад" in text
    assert "Резервная копия" not in text_of(gleb.get(page)), "the observer mends nothing"
    found = copies.Copies(now, None)
    assert "копия" not in text_of(anna.get(page)).lower()
