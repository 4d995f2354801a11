"""`nastav restore`: what cannot be restored from is told in a sentence and costs nothing."""

import shutil
import stat
from contextlib import closing
from pathlib import Path

import pytest

from nastav import backup, restoring, revisions, server, soundness, sqlite
from nastav.app import create_app
from tests.migrations.databases import DUMPS
from tests.migrations.databases import restore as from_dump
from tests.support.spoiled import bad_copies, mutated, saying, with_database
from tests.test_commands import run


@pytest.fixture(scope="module")
def good(template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a backup of the ready database."""
    folder = tmp_path_factory.mktemp("good")
    shutil.copy(template / backup.DATABASE, folder)
    backup.write(folder / backup.DATABASE, folder / "good.zip")
    return (folder / "good.zip").read_bytes()


def seen(instance: Path) -> dict[str, bytes]:
    """Return every file of an instance but the lock."""
    files = (path for path in instance.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files if path.name != "server.lock"}


def test_twenty_bad_copies_are_told_apart_and_change_nothing(
    good: bytes, instance: Path, tmp_path: Path
) -> None:
    copies = bad_copies(good)
    assert len({name for name, _, _ in copies}) == 20
    before, wrong = seen(instance), {}
    for name, content, sentence in copies:
        (tmp_path / "copy.zip").write_bytes(content)
        result = run(instance, "restore", tmp_path / "copy.zip")
        said = result.output.splitlines()[-1]
        if not (said.startswith("Ошибка. ") and sentence in said and "не тронута" in said):
            wrong[name] = result.output
        assert seen(instance) == before, name
    assert wrong == {}


def outcomes(good: bytes, instance: Path, folder: Path, seed: int = 0) -> dict[str, int]:
    """Restore from each mutated copy; return how often it was refused and how often done."""
    count = {"refused": 0, "done": 0}
    before, whole = seen(instance), (instance / backup.DATABASE).read_bytes()
    for name, content in mutated(good, seed):
        (folder / "copy.zip").write_bytes(content)
        try:
            _, aside = restoring.restore(folder / "copy.zip", instance)
        except backup.BadBackup:
            assert seen(instance) == before, name
            count["refused"] += 1
        else:
            assert aside
            assert aside.read_bytes() == whole, name
            assert soundness.fault(instance / backup.DATABASE) == "", name
            aside.unlink()
            (instance / backup.DATABASE).write_bytes(whole)
            count["done"] += 1
    return count


def test_two_hundred_mutated_copies_end_in_a_sentence_or_well(
    good: bytes, instance: Path, tmp_path: Path
) -> None:
    count = outcomes(good, instance, tmp_path)
    assert sum(count.values()) == 200
    assert count["refused"] > 150
    assert count["done"] > 0, "a byte that means nothing may differ"


def test_a_full_disk_is_told_and_changes_nothing(
    good: bytes, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy.zip").write_bytes(good)
    before = seen(instance)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def full_while_migrating() -> None:
        raise sqlite.OperationalError("database or disk is full")

    for place, stub in (
        ("nastav.backup._private", full),
        ("nastav.revisions.upgrade", full_while_migrating),
        ("nastav.backup.os.fsync", full),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, stub)
            result = run(instance, "restore", tmp_path / "copy.zip")
        assert "Нет места на диске" in result.output, place
        assert seen(instance) == before, place


def test_a_migration_that_fails_is_told(good: bytes, instance: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    saying("CREATE TABLE award (id INTEGER)")(from_dump("0001", old))
    backup.write(old / backup.DATABASE, tmp_path / "copy.zip")
    before = seen(instance)
    result = run(instance, "restore", tmp_path / "copy.zip")
    assert "не удалось обновить" in result.output
    assert "Traceback" not in result.output
    assert seen(instance) == before


@pytest.mark.parametrize("revision", DUMPS)
def test_a_copy_of_each_released_schema_is_brought_up_to_date(
    revision: str, instance: Path, tmp_path: Path
) -> None:
    (tmp_path / "old").mkdir()
    backup.write(from_dump(revision, tmp_path / "old"), tmp_path / "copy.zip")
    result = run(instance, "restore", tmp_path / "copy.zip")
    assert result.exit_code == 0, result.output
    with create_app(instance).app_context():
        assert backup.schema_of(instance / backup.DATABASE) == revisions.newest()
    assert stat.S_IMODE((instance / backup.DATABASE).stat().st_mode) == 0o600
    assert not list(instance.glob(".restore-*"))


def test_two_restores_in_one_second_put_both_aside(
    good: bytes, instance: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.zip").write_bytes(good)
    asides = [restoring.restore(tmp_path / "copy.zip", instance)[1] for _ in range(3)]
    assert len({path for path in asides if path and path.exists()}) == 3


@pytest.mark.parametrize("moment", ["replace", "unlink"])
def test_a_restore_killed_half_way_leaves_a_database_in_the_place(
    moment: str, good: bytes, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy.zip").write_bytes(good)
    before = seen(instance)[backup.DATABASE]

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, moment, killed)
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(tmp_path / "copy.zip", instance)
    assert (instance / backup.DATABASE).read_bytes() == before


def test_nothing_in_a_copy_runs(good: bytes, instance: Path, tmp_path: Path) -> None:
    """A trigger on the table every migration writes would run before anybody looks at the rows."""
    trigger = "CREATE TRIGGER t AFTER UPDATE ON alembic_version BEGIN DELETE FROM pair; END"
    (tmp_path / "copy.zip").write_bytes(with_database(good, saying(trigger)))
    with server.only_one(instance), pytest.raises(backup.BadBackup, match="чужое: «t»"):
        restoring.restore(tmp_path / "copy.zip", instance)
    with closing(sqlite.connect(instance / backup.DATABASE)) as site:
        assert site.execute("SELECT count(*) FROM school").fetchone() == (13,)
