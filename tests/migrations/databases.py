"""Databases of earlier schemas, made from the frozen dumps, and what is in them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from nastav import backup
from nastav.app import create_app
from nastav.db import db
from tests.migrations.dump import FOLDER, TODAY

DUMPS = sorted(path.stem for path in FOLDER.glob("[0-9]*.sql"))  # revisions
Rows = dict[str, list[dict[str, Any]]]


def restore(revision: str, instance: Path) -> Path:
    """Make the database of a frozen schema in an instance folder; return its file."""
    database = instance / backup.DATABASE
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript((FOLDER / f"{revision}.sql").read_text(encoding="utf-8"))
    return database


def site_on(instance: Path) -> Flask:
    """Return the application on an instance folder, on the day of the dumps."""
    return create_app(instance, TODAY=TODAY, TESTING=True)


def rows(database: Path) -> Rows:
    """Return every row of every table, in the order of rowid."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
            for (name,) in found.fetchall()
            if name != "alembic_version"
        }


def close() -> None:
    """Let go of the database's file (needs an application context)."""
    db.engine.dispose()
