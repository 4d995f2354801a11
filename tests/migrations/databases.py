"""Databases of earlier schemas, made from the frozen dumps, and what is in them."""

from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from nastav import backup, sqlite
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from tests.migrations.dump import FOLDER, TODAY
from tests.support.pages import PageClient

DUMPS = sorted(path.stem for path in FOLDER.glob("[0-9]*.sql"))  # revisions
Rows = dict[str, list[dict[str, Any]]]


def restore(revision: str, instance: Path) -> Path:
    """Make the database of a frozen schema in an instance folder; return its file."""
    database = instance / backup.DATABASE
    with closing(sqlite.connect(database)) as connection:
        connection.executescript((FOLDER / f"{revision}.sql").read_text(encoding="utf-8"))
    return database


def site_on(instance: Path, today: str | None = TODAY) -> Flask:
    """Return the application on an instance folder, on the day of the dumps or another; None: now."""
    return create_app(instance, TODAY=today, TESTING=True)


def rows(database: Path) -> Rows:
    """Return every row of every table, in the order of rowid."""
    with closing(sqlite.connect(database)) as connection:
        connection.row_factory = sqlite.Row
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
            for (name,) in found.fetchall()
            if name != "alembic_version"
        }


def sign_in(app: Flask, login: str) -> PageClient:
    """Return a client of somebody in a dump, signed in now."""
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    with app.app_context(), writing():
        client.set_cookie(
            COOKIE, accounts.open_sign_in(db.session.query(User).filter_by(login=login).one())
        )
    return client


def close() -> None:
    """Let go of the database's file (needs an application context)."""
    db.engine.dispose()
