"""Backups: consistent while somebody writes, checked before they are put in place."""

import shutil
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from nastav import backup, soundness, sqlite
from tests.support.held import held


@pytest.fixture
def database(instance: Path) -> Path:
    """Return the database of an instance."""
    return instance / backup.DATABASE


def both_counters(path: Path) -> tuple[int, int]:
    with closing(sqlite.connect(path)) as connection:
        return tuple(connection.execute("SELECT a, b FROM twin").fetchone())


def count_up(path: Path, stop: threading.Event) -> None:
    """Change two numbers in one transaction, again and again: a torn copy would tell them apart."""
    with closing(sqlite.connect(path, timeout=10, isolation_level=None)) as connection:
        while not stop.is_set():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE twin SET a = a + 1")
            connection.execute("UPDATE twin SET b = b + 1")
            connection.execute("COMMIT")


def rounds_under_load(database: Path, folder: Path, rounds: int) -> int:
    """Back up and unpack while another thread writes; return how many copies were whole."""
    with closing(sqlite.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE twin (a INTEGER, b INTEGER)")
        connection.execute("INSERT INTO twin VALUES (0, 0)")
    stop = threading.Event()
    writer = threading.Thread(target=count_up, args=(database, stop))
    writer.start()
    whole = 0
    try:
        for number in range(rounds):
            target = folder / f"{number}.zip"
            backup.write(database, target)
            (own := folder / f"unpacked-{number}").mkdir()
            path, _ = backup.unpack(target, own)
            a, b = both_counters(path)
            whole += a == b
    finally:
        stop.set()
        writer.join()
    assert both_counters(database)[0] > rounds, "nobody wrote"
    return whole


def test_a_backup_under_load_is_consistent(database: Path, tmp_path: Path) -> None:
    assert rounds_under_load(database, tmp_path, 4) == 4


@pytest.mark.soak
def test_fifty_backups_under_load_are_consistent(database: Path, tmp_path: Path) -> None:
    whole = rounds_under_load(database, tmp_path, 50)
    print(f"backups restored whole under load: {whole} of 50")  # noqa: T201
    assert whole == 50


def test_a_held_database_is_called_busy_not_missing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_PATIENCE", 0.01)
    with held(database), pytest.raises(backup.NoBackup, match="занята"):
        backup.write(database, tmp_path / "b.zip")
    assert backup.write(database, tmp_path / "b.zip").schema


def test_the_key_is_never_in_a_backup(database: Path, tmp_path: Path) -> None:
    backup.write(database, tmp_path / "b.zip")
    key = (database.parent / "secret_key").read_text(encoding="ascii").strip()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["nastav.json", backup.DATABASE]
        assert all(key.encode() not in archive.read(name) for name in archive.namelist())


def test_a_damaged_backup_is_refused(database: Path, tmp_path: Path) -> None:
    backup.write(database, tmp_path / "good.zip")
    good, bad = zipfile.ZipFile(tmp_path / "good.zip"), zipfile.ZipFile(tmp_path / "bad.zip", "w")
    with good, bad:
        bad.writestr("nastav.json", good.read("nastav.json"))
        bad.writestr(backup.DATABASE, good.read(backup.DATABASE)[:-1] + b"x")
    with pytest.raises(backup.BadBackup, match="Контрольная сумма"):
        backup.unpack(tmp_path / "bad.zip", tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.zip").write_bytes(content)
    with pytest.raises(backup.BadBackup, match="не резервная копия этого сайта"):
        backup.unpack(tmp_path / "other.zip", tmp_path)


def test_the_old_database_is_put_aside(database: Path, tmp_path: Path) -> None:
    old = database.read_bytes()
    backup.write(database, tmp_path / "b.zip")
    new, _ = backup.unpack(tmp_path / "b.zip", tmp_path)
    aside = backup.put_in_place(database, new)
    assert aside is not None
    assert aside.read_bytes() == old
    assert backup.schema_of(database) == backup.schema_of(aside)


def test_what_a_killed_site_had_saved_goes_aside_with_its_database(
    database: Path, tmp_path: Path
) -> None:
    backup.write(database, tmp_path / "b.zip")
    new, _ = backup.unpack(tmp_path / "b.zip", tmp_path)
    with closing(sqlite.connect(database)) as site:
        site.execute("PRAGMA journal_mode=WAL")
        with site:
            site.execute("UPDATE school SET name = 'сохранено' WHERE id = 1")
        for file in database.parent.glob(f"{database.name}*"):  # as a kill leaves them
            shutil.copy(file, tmp_path / file.name.replace(".sqlite3", "-killed.sqlite3"))
    killed = tmp_path / database.name.replace(".sqlite3", "-killed.sqlite3")
    assert killed.with_name(f"{killed.name}-wal").stat().st_size
    aside = backup.put_in_place(killed, new)
    assert aside
    for path, name in ((aside, "сохранено"), (killed, "СОШ №1")):
        with closing(sqlite.connect(path)) as connection:
            found = connection.execute("SELECT name FROM school WHERE id = 1").fetchone()[0]
        assert found.startswith(name), path
