"""A migration killed half-way leaves the old database or the new one, nothing between."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from nastav import config, revisions, sqlite
from nastav.backup import DATABASE, schema_of
from tests.migrations.databases import restore, rows, site_on
from tests.migrations.killed import REVISION


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Return a folder with one revision more, which kills its process while `kill` lies there."""
    folder = tmp_path / "versions"
    folder.mkdir()
    (tmp_path / "empty").mkdir()
    with site_on(tmp_path / "empty").app_context():
        head = revisions.newest()
    (folder / "probe.py").write_text(REVISION.format(head=head), encoding="utf-8")
    return folder


def migrate(instance: Path, versions: Path) -> int:
    """Migrate in a process of its own; return how it ended."""
    command = [sys.executable, "-m", "tests.migrations.killed", str(instance), str(versions)]
    return subprocess.run(command, cwd=config.ROOT, capture_output=True, check=False).returncode


@pytest.mark.parametrize("oldest", ["0001", None])
def test_a_killed_migration_leaves_the_old_database(
    oldest: str | None, versions: Path, tmp_path: Path
) -> None:
    instance = tmp_path / "site"
    instance.mkdir()
    database = restore(oldest, instance) if oldest else instance / DATABASE
    before = rows(database)
    (versions / "kill").touch()

    assert migrate(instance, versions) == -signal.SIGKILL
    half_done = [database.with_name(DATABASE + tail) for tail in ("-journal", "-wal")]
    assert any(path.exists() and path.stat().st_size for path in half_done), "nothing was begun"
    assert rows(database) == before
    assert schema_of(database) == (oldest or "")

    (versions / "kill").unlink()
    assert migrate(instance, versions) == 0, "the same migration goes through afterwards"
    assert schema_of(database) == "probe"
    with closing(sqlite.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM probe").fetchone() == (400,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(rows(database)["person"]) == len(before.get("person", []))
