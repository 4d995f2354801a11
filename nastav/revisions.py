"""The schema's revisions: the newest this program knows, and bringing a database up to it."""

from typing import TYPE_CHECKING

from flask import Flask, current_app
from sqlalchemy import inspect, text

from nastav import config
from nastav.db import db
from nastav.late import late

if TYPE_CHECKING:
    import flask_migrate
else:
    flask_migrate = late("flask_migrate")

_FOLDER = config.ROOT / "nastav" / "migrations"


def newest() -> str:
    """Return the newest revision this program knows."""
    return known()[-1]


def known() -> list[str]:
    """Return every revision, the first one first: a file of the folder begins with its own."""
    return sorted(path.name.split("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def upgrade() -> None:
    """Bring the application's database to the newest schema, wholly or not at all.

    Alembic is loaded only where there is a step to make: a start of the site has none.
    """
    if _present() != newest():
        prepare(current_app)
        flask_migrate.upgrade()


def prepare(app: Flask) -> None:
    """Give an application what Flask-Migrate needs to know of it."""
    if "migrate" not in app.extensions:
        flask_migrate.Migrate(app, db, directory=str(_FOLDER))


def _present() -> str:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""
