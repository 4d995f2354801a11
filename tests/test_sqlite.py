"""One SQLite in the process, whichever driver it is, and the same rules with either."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from nastav import sqlite
from nastav.config import ROOT
from nastav.db import db
from nastav.sqlite import journal_rules

DRIVERS = {"sqlite3", "_sqlite3", "pysqlite3", "pysqlite3.dbapi2", "sqlite3.dbapi2"}
DOOR = "nastav/sqlite.py"
OTHER = "stdlib" if sqlite.NAME == "pysqlite3" else ""
# reliability.md#r1, reliability.md#r2, reliability.md#r3, reliability.md#r6, reliability.md#r7
# and security.md#p2 in their short forms
RULES = ["tests/test_db.py", "tests/test_backup.py", "tests/test_outage.py", "tests/test_vacuum.py"]
RULES += ["tests/soak/test_kills.py", "tests/retention/test_anonymising.py", "tests/test_sqlite.py"]
RULES += ["tests/test_copies.py", "tests/coverage/test_both_sides.py"]


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_only_where_its_bug_is_mended(version: tuple[int, int, int], mode: str) -> None:
    assert journal_rules(version) == (mode, "FULL" if mode == "WAL" else "EXTRA")


def imported(source: str) -> set[str]:
    """Return the modules a file names to import them, also by `import_module`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call):
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found |= set(words) if "import" in called else set()
    return found


def test_only_one_module_knows_a_driver() -> None:
    files = [
        path for folder in ("nastav", "bench", "tests") for path in ROOT.glob(f"{folder}/**/*.py")
    ]
    assert len(files) > 300
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if imported(path.read_text(encoding="utf-8")) & DRIVERS
    }
    assert knowing == {DOOR}


@pytest.mark.parametrize(
    "line",
    [
        "import sqlite3",
        "import sqlite3 as s",
        "from sqlite3 import connect",
        "from pysqlite3 import dbapi2",
        "def f():\n    import pysqlite3.dbapi2",
        "import importlib\nimportlib.import_module('sqlite3')",
        "__import__('sqlite3')",
    ],
)
def test_the_guard_sees_each_way_to_import_one(line: str) -> None:
    assert imported(line) & DRIVERS


def test_the_site_opens_its_database_through_the_same_driver(app: Flask) -> None:
    with app.app_context():
        assert db.engine.dialect.dbapi is sqlite.driver
        assert isinstance(db.session.connection().connection.driver_connection, sqlite.Connection)


def test_a_connection_of_another_driver_is_refused() -> None:
    other = type("Connection", (), {"__module__": "sqlite3 or pysqlite3"})
    with pytest.raises(RuntimeError, match="two SQLites"):
        sqlite.prepare(other(), 1)


KILLED = """
import os, sys
from nastav import sqlite
connection = sqlite.connect(sys.argv[1], isolation_level=None)
sqlite.prepare(connection, 1000)
connection.execute("UPDATE school SET name = 'сохранено другим' WHERE id = 1")
print(sqlite.NAME, connection.execute("PRAGMA journal_mode").fetchone()[0], flush=True)
os._exit(9)
"""


def test_what_a_killed_site_saved_is_there_for_the_other_driver(
    instance: Path, own_app: Flask
) -> None:
    """Whoever installs pysqlite3 later, or goes without it, opens a file in the other journal mode."""
    command = [sys.executable, "-c", KILLED, str(instance / "nastav.sqlite3")]
    for choice in (OTHER, os.environ.get(sqlite.CHOICE, "")):
        env = {**os.environ, sqlite.CHOICE: choice}
        result = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert result.returncode == 9, result.stderr
        with own_app.app_context():
            ask = db.session.connection().exec_driver_sql
            assert ask("SELECT name FROM school WHERE id = 1").scalar() == "сохранено другим"
            assert ask("PRAGMA journal_mode").scalar() == sqlite.JOURNAL.lower()
            db.session.remove()
            db.engine.dispose()


def test_the_rules_hold_with_the_other_driver_too() -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    env[sqlite.CHOICE] = OTHER
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    command += ["--deselect", "tests/test_sqlite.py::" + OTHER_TEST, *RULES]
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]
    assert int(re.findall(r"(\d+) passed", result.stdout)[0]) > 50


OTHER_TEST = test_the_rules_hold_with_the_other_driver_too.__name__


def test_the_environment_can_do_without_the_wheel() -> None:
    """Which of the two this run is on: `OTHER` above has the other half."""
    wanted = "sqlite3" if os.environ.get(sqlite.CHOICE) == "stdlib" else "pysqlite3"
    assert wanted == sqlite.NAME
    assert sqlite.NAME in sqlite.described()
