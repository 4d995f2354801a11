"""Statements past the session: on a hot page or a frequent save its layers are half their cost."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import ColumnElement, Insert, Integer, Select, Table, Update, bindparam, insert
from sqlalchemy.engine import CursorResult

from nastav.db import Base, db

P = ParamSpec("P")
R = TypeVar("R")
_MAKING = RLock()  # one for all: a statement is made of others


def made_once(make: Callable[P, R]) -> Callable[P, R]:
    """Decorate what makes a statement, or a part of one: made at its first use, by one thread.

    `cache` alone lets two threads make it at once. Then one statement holds the first of two equal CTEs
    and another the second, and whatever joins the two is refused until the server is started anew.
    """
    kept: Any = cache(make)

    @wraps(make)
    def made(*args: P.args, **named: P.kwargs) -> R:
        with _MAKING:
            return kept(*args, **named)  # type: ignore[no-any-return]

    return made


def singled(**lists: Sequence[int]) -> tuple[frozenset[str], dict[str, Any]]:
    """Return which of these lists of ids hold one id only, and parameters by name: that id, or the list.

    With `among` a statement is made for one and for many: a list is written into the text of the
    statement anew at each run, which costs as much as the run.
    """
    ones = frozenset(name for name, ids in lists.items() if len(ids) == 1)
    return ones, {name: ids[0] if name in ones else ids for name, ids in lists.items()}


def among(column: Any, name: str, ones: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the ids of this name (`singled`)."""
    is_one = name in ones
    ids = bindparam(name, type_=Integer, expanding=not is_one)
    return column == ids if is_one else column.in_(ids)  # type: ignore[no-any-return]


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for a statement that writes past the session."""
    return cast(Table, model.__table__)


def insert_into(model: type[Base]) -> Insert:
    """Return a statement that adds a row past the session, for what nobody reads back to change."""
    return insert(table_of(model))


def read(
    statement: Select[*tuple[Any, ...]], params: Mapping[str, Any] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement that reads columns.

    What the session has not written yet is written first, as the session itself does.
    """
    db.session.flush()
    return db.session.connection().execute(statement, params or {})


def write(statement: Insert | Update, params: Mapping[str, Any]) -> CursorResult[Any]:
    """Run a statement made of a table: rows that the session holds are not told of it.

    What the session has not written yet is written first.
    """
    db.session.flush()
    return db.session.connection().execute(statement, params)
