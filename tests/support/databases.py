"""Which database the tests run on, and how a ready one is copied.

By default SQLite: the database is a file in the instance folder. With `NASTAV_TEST_DATABASE`, the address
of a PostgreSQL server without a database's name, each instance folder has a database of its own there.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path

from sqlalchemy import create_engine, make_url

from nastav.db import write_mode

VARIABLE = "NASTAV_TEST_DATABASE"
SERVER = os.environ.get(VARIABLE, "")


def settings(folder: Path) -> dict[str, str]:
    """Return the settings of an application whose instance folder this is."""
    if not SERVER:
        return {}
    address = make_url(SERVER).set(database=_name(folder))
    return {"SQLALCHEMY_DATABASE_URI": address.render_as_string(hide_password=False)}


def dialect() -> str:
    """Return the name SQLAlchemy has for the database the tests run on."""
    return make_url(SERVER or "sqlite://").get_backend_name()


def examples(ours: int) -> int:
    """Return how many random examples a test takes: beside a server each costs several times more."""
    return ours // 5 if SERVER else ours


def create(folder: Path) -> None:
    """Make the empty database of a new instance folder, where the application does not by itself."""
    _run(f"CREATE DATABASE {_name(folder)}")


def copy(ready: Path, folder: Path) -> None:
    """Make a folder anew as a copy of a ready one that nobody uses, its database with it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder)
    _run(
        f"DROP DATABASE IF EXISTS {_name(folder)} WITH (FORCE)",
        f"CREATE DATABASE {_name(folder)} TEMPLATE {_name(ready)} STRATEGY FILE_COPY",
    )


def _name(folder: Path) -> str:
    return f"t_{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


def _run(*statements: str) -> None:
    if not SERVER:
        return
    engine = create_engine(make_url(SERVER).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with write_mode(), engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
