"""Statements past the session: on a hot page or a frequent save its layers are half their cost."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Insert, Select, Table, insert
from sqlalchemy.engine import CursorResult

from nastav.db import Base, db


def insert_into(model: type[Base]) -> Insert:
    """Return a statement that adds a row past the session, for what nobody reads back to change."""
    return insert(cast(Table, model.__table__))


def read(
    statement: Select[*tuple[Any, ...]], params: Mapping[str, Any] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement that reads columns.

    What the session has not written yet is written first, as the session itself does.
    """
    db.session.flush()
    return db.session.connection().execute(statement, params or {})
