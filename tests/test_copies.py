"""The daily copies: the last good one is never given up for a bad one."""

import json
import os
import re
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from nastav import backup, copies
from nastav.config import ROOT
from tests.support.damage import damages

FIRST = date(2020, 12, 1)


@pytest.fixture
def database(instance: Path) -> Path:
    """Return the database of an instance."""
    return instance / backup.DATABASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the copies go."""
    return tmp_path / copies.FOLDER


def names(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.glob("*.zip"))]


def day(database: Path, folder: Path, number: int, keep: int = 3) -> Path | None:
    """Do what the keeper does on the so-manieth day."""
    today = FIRST + timedelta(days=number)
    with time_machine.travel(
        datetime(today.year, today.month, today.day, 9, tzinfo=UTC), tick=False
    ):
        return copies.daily(database, folder, today, keep)


def state(folder: Path, number: int) -> copies.Copies:
    at = datetime(2020, 12, 1, 10, tzinfo=UTC) + timedelta(days=number)
    with time_machine.travel(at):
        return copies.state(folder)


def spoil(database: Path) -> None:
    dict(damages())["a page of zeros (1)"](database)


def test_one_copy_a_day_and_only_the_newest_are_kept(database: Path, folder: Path) -> None:
    for number in range(5):
        assert day(database, folder, number)
        assert day(database, folder, number) is None
    assert names(folder) == [f"nastav-2020-12-0{number}.zip" for number in (3, 4, 5)]


def test_thirty_days_of_damage_cost_no_good_copy(database: Path, folder: Path) -> None:
    assert copies.state(folder) == copies.Copies(None, None)
    good = [day(database, folder, number) for number in range(3)]
    spoil(database)
    for number in range(3, 33):
        with pytest.raises(backup.NoBackup, match="База повреждена"):
            day(database, folder, number)
    assert names(folder) == [path.name for path in good if path]
    known = state(folder, 33)
    assert known.last_good == datetime(2020, 12, 3, 9, tzinfo=UTC)
    assert known.last_failure
    assert known.last_failure.startswith("База повреждена")
    assert known.failed_at == datetime(2021, 1, 2, 9, tzinfo=UTC)
    assert all(copies.fault(path) == "" for path in good if path)


def test_a_good_day_ends_the_alarm(database: Path, folder: Path) -> None:
    whole = database.read_bytes()
    spoil(database)
    with pytest.raises(backup.NoBackup):
        day(database, folder, 0)
    assert state(folder, 0).last_failure
    database.write_bytes(whole)
    assert day(database, folder, 0)
    known = state(folder, 0)
    assert (known.last_failure, known.failed_at) == (None, None)
    assert known.last_good == datetime(2020, 12, 1, 9, tzinfo=UTC)


def test_copies_ahead_of_the_clock_cost_nothing_and_stay(database: Path, folder: Path) -> None:
    for number in (400, 401, 402, 403):
        assert day(database, folder, number)
    ahead = names(folder)[-3:]
    for number in range(5):
        assert day(database, folder, number)
    today = [f"nastav-2020-12-0{number}.zip" for number in (3, 4, 5)]
    assert names(folder) == [*today, *ahead]
    assert state(folder, 4).last_good == datetime(2020, 12, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("keep", [0, 1])
def test_the_last_copy_is_never_deleted(keep: int, database: Path, folder: Path) -> None:
    for number in range(3):
        day(database, folder, number, keep)
    assert names(folder) == ["nastav-2020-12-03.zip"]


def test_of_an_older_programs_copies_the_newest_whole_one_counts(
    database: Path, folder: Path
) -> None:
    for number in range(3):
        day(database, folder, number)
    (folder / "state.json").unlink()
    (folder / "nastav-2020-12-03.zip").write_bytes(b"not a copy")
    spoil(database)
    with pytest.raises(backup.NoBackup):
        day(database, folder, 3)
    assert state(folder, 3).last_good == datetime(2020, 12, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"checked": 5}', json.dumps({"checked": []})])
def test_a_torn_record_is_made_anew(content: str, database: Path, folder: Path) -> None:
    day(database, folder, 0)
    (folder / "state.json").write_text(content, encoding="utf-8")
    assert copies.state(folder).last_good is None
    assert day(database, folder, 1)
    assert state(folder, 1).last_good == datetime(2020, 12, 2, 9, tzinfo=UTC)


def test_what_is_written_is_closed_to_others(database: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        day(database, folder, 0)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert found == {"nastav-2020-12-01.zip": 0o600, "state.json": 0o600}


def test_a_copy_that_reads_back_otherwise_is_none(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thing that is looked at after writing, made wrong in turn: bytes, pages, rows."""
    day(database, folder, 0)
    for name, wrong in (
        ("backup._sha256", iter(["one", "other"])),
        ("soundness.fault", iter(["страница 5"])),
        ("soundness.row_counts", iter([{"pair": 2}, {"pair": 1}])),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"nastav.{name}", lambda _, wrong=wrong: next(wrong))
            with pytest.raises(backup.NoBackup, match="не записана"):
                day(database, folder, 1)
        assert names(folder) == ["nastav-2020-12-01.zip"], name
        assert state(folder, 1).last_failure, name


def test_a_full_disk_is_told_and_costs_nothing(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day(database, folder, 0)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_private", full)
    with pytest.raises(backup.NoBackup, match="нет места на диске"):
        day(database, folder, 1)
    assert names(folder) == ["nastav-2020-12-01.zip"]
    assert "нет места" in str(state(folder, 1).last_failure)


def test_what_a_killed_copy_left_is_swept_away_after_a_day(instance: Path) -> None:
    old = [instance / ".compact-1", instance / ".restore-2", instance / "backups" / ".backup-3"]
    young = instance / "backups" / ".backup-4"
    for path in [*old, young]:
        path.mkdir(parents=True)
        (path / backup.DATABASE).write_bytes(b"names of children")
    for path in old:
        os.utime(path, (0, 0))
    before = set(instance.rglob("nastav*"))
    assert sorted(copies.sweep(instance)) == sorted(old)
    assert before - set(instance.rglob("nastav*")) == {path / backup.DATABASE for path in old}


def test_every_working_folder_is_known_to_the_sweeper() -> None:
    sources = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "nastav").glob("*.py"))
    made = re.findall(r'TemporaryDirectory\([^)]*prefix="([^"]+)"', sources)
    assert set(made) == set(copies._WORKING)
    assert sources.count("TemporaryDirectory(") == len(made)
