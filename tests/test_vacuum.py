"""The database's file rewritten: nothing of what was erased stays, nothing that was saved is lost."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from nastav import backup, compaction, db, sqlite, vacuum
from nastav.district.models import School

TRACE = "Канарейкина"


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Return an application of this test alone."""
    return own_app


@pytest.fixture
def traced(instance: Path) -> Path:
    """Return a database in whose file a name is left that no row has any more."""
    path = instance / backup.DATABASE
    with closing(sqlite.connect(path)) as file:
        file.execute("PRAGMA secure_delete=OFF")
        file.execute("CREATE TABLE trace (name TEXT)")
        file.executemany("INSERT INTO trace VALUES (?)", [(f"{TRACE} {n}",) for n in range(999)])
        file.commit()
        file.execute("DELETE FROM trace")
        file.commit()
    assert traces(path)
    return path


def traces(database: Path) -> list[str]:
    """Return the files of a database in which the name's bytes stand."""
    files = database.parent.rglob("*")
    return [p.name for p in files if p.is_file() and TRACE.encode() in p.read_bytes()]


def test_compacting_leaves_no_byte_of_what_was_erased(app: Flask, traced: Path) -> None:
    with app.app_context():
        assert not compaction.compact(1), "a file larger than allowed is left alone"
        assert traces(traced)
        assert compaction.compact()
        assert db.db.session.scalar(select(func.count()).select_from(School)) == 13
    assert traces(traced) == []


def test_compacting_leaves_nothing_beside_the_database(app: Flask, traced: Path) -> None:
    before = {path.name for path in traced.parent.iterdir()}
    with app.app_context():
        assert compaction.compact()
        db.db.engine.dispose()
    assert {path.name for path in traced.parent.iterdir()} - before == set()


def test_the_copy_is_closed_to_others(
    app: Flask, traced: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    real = vacuum._write_back

    def look(copy: Path, *rest: object) -> None:
        modes.extend((copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777))
        real(copy, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(vacuum, "_write_back", look)
    with app.app_context():
        assert compaction.compact()
    assert modes == [0o600, 0o700]


@pytest.mark.parametrize("times", [1, 2, 99])
def test_what_is_saved_while_the_copy_is_made_is_not_lost(
    times: int, app: Flask, traced: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes between copying out and back: once, twice, every time."""
    saved: list[int] = []
    real = vacuum._write_back

    def overtake(*words: object) -> None:
        if len(saved) < times:
            with closing(sqlite.connect(traced)) as other, other:
                other.execute("INSERT INTO trace VALUES ('saved meanwhile')")
            saved.append(1)
        real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(vacuum, "_write_back", overtake)
    with app.app_context():
        assert compaction.compact() is (times < vacuum._TRIES)
    with closing(sqlite.connect(traced)) as file:
        assert file.execute("SELECT count(*) FROM trace").fetchone() == (len(saved),)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert bool(traces(traced)) is (times >= vacuum._TRIES)


def test_a_busy_database_is_left_for_another_time(
    app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    with closing(sqlite.connect(instance / backup.DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with app.app_context():
            assert compaction.compact() is False
