"""How a migration runs: one transaction, foreign keys off on SQLite, checked before it commits.

Batch mode copies a table and drops the old one; with foreign keys on, SQLite would empty the tables that
point at it, without an error.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from nastav import schema, versions
from nastav.db import write_mode


def run() -> None:
    """Bring the database to the newest schema, wholly or not at all."""
    engine = current_app.extensions["migrate"].db.engine
    with write_mode(), engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, on=False)
        try:
            _migrate(connection, check=sqlite)
        finally:
            connection.rollback()
            if sqlite:
                _foreign_keys(connection, on=True)


def _migrate(connection: Connection, *, check: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=schema.METADATA,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        user_module_prefix="nastav.db.",
        render_item=_short_types,
    )
    with context.begin_transaction():
        context.run_migrations()
        versions.raise_all(connection)
        if check:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"a migration left rows that point nowhere: {broken[:5]}")


def _short_types(kind: str, item: Any, _context: Any) -> Any:
    """Write the types of this site by their name, without their inner workings."""
    if kind == "type" and type(item).__module__ == "nastav.db":
        return f"nastav.db.{type(item).__name__}()"
    return False


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    # the pragma is ignored inside a transaction, so it goes to the raw connection
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


run()
