"""reliability.md#r6: a hundred damaged databases, and what backup, check and restore say of each."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from nastav import backup, checkup, copies, soundness
from tests.support.damage import damages

DAMAGES = damages()
BY_NAME = pytest.mark.parametrize(("name", "spoil"), DAMAGES, ids=[name for name, _ in DAMAGES])
TODAY = copies.date(2020, 12, 9)
Spoil = Callable[[Path], None]


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """Return a database of its own for each damage."""
    path = tmp_path / backup.DATABASE
    shutil.copy(template / backup.DATABASE, path)
    return path


def packed(database: Path, target: Path) -> None:
    """Make a zip whose manifest is right about a database that is not."""
    manifest = {
        "program": "0.3.0",
        "schema": "0025",
        "sha256": hashlib.sha256(database.read_bytes()).hexdigest(),
        "made_at": "2020-12-09T09:00:00+00:00",
    }
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(database, backup.DATABASE)
        archive.writestr("nastav.json", json.dumps(manifest))


def test_there_are_a_hundred_damages_and_the_template_has_none(database: Path) -> None:
    assert len({name for name, _ in DAMAGES}) == 100
    assert soundness.fault(database) == ""


@BY_NAME
def test_a_damaged_database_is_refused(
    name: str, spoil: Spoil, database: Path, only_app: Flask, tmp_path: Path
) -> None:
    spoil(database)
    packed(database, tmp_path / "bad.zip")
    (tmp_path / "unpacked").mkdir()

    with pytest.raises(backup.NoBackup, match=r"повреждена|пуста"):
        backup.write(database, tmp_path / "copy.zip")
    assert not (tmp_path / "copy.zip").exists()

    with pytest.raises(backup.BadBackup, match=r"База в копии"):
        backup.unpack(tmp_path / "bad.zip", tmp_path / "unpacked")

    with only_app.app_context():
        findings = checkup.checkup(only_app, database)
    assert not all(finding.is_good for finding in findings), findings
