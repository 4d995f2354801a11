"""Rows of many tables kept in memory and inserted together: a thousand at a time costs what one does."""

from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from nastav import dates, schema
from nastav.access import Actor
from nastav.audit.models import AuditEntry
from nastav.audit.operations import entry
from nastav.db import Model, UtcDateTime, db

Row = dict[str, Any]


class Book:
    """What the demo is made of until it is written: rows by table with their ids, and the journal."""

    def __init__(self) -> None:
        self._rows: dict[sa.Table, list[Row]] = defaultdict(list)
        self._last: dict[sa.Table, int] = {}
        self._journal: list[Row] = []

    def add(self, model: type[Model], at: datetime, **values: Any) -> Row:
        """Add a row made at a moment and return it; what is not given is as a new object has it."""
        table = cast("sa.Table", model.__table__)
        constants, ids, moments, days = _blank(table)
        row = constants | dict.fromkeys(moments, at)
        if days:
            row |= dict.fromkeys(days, dates.local(at).date())
        row |= values
        if ids:
            row["id"] = self._next(table)
        self._rows[table].append(row)
        return row

    def note(
        self,
        at: datetime,
        actor: Actor,
        event: str,
        **more: Any,
    ) -> None:
        """Add an entry of the journal; `more` is what `audit.operations.entry` takes."""
        self._journal.append({**entry(actor, event, **more), "at": at, "request_id": None})

    def write(self) -> None:
        """Insert the rows of all tables, parents first; the journal waits for `write_journal`."""
        for table in schema.METADATA.sorted_tables:
            if rows := self._rows.pop(table, None):
                db.session.execute(table.insert(), rows)
                _go_on_from(table, rows)
        self._last.clear()

    def write_journal(self) -> None:
        """Write the whole journal in the order of its days, with what operations added meanwhile."""
        table = cast("sa.Table", AuditEntry.__table__)
        known = [dict(row) for row in db.session.execute(sa.select(table)).mappings()]
        db.session.execute(sa.delete(AuditEntry))
        entries = sorted([*known, *self._journal], key=lambda row: row["at"])
        for number, row in enumerate(entries, start=1):
            row["id"] = number
        if entries:
            db.session.execute(sa.insert(table), entries)
            _go_on_from(table, entries)
        self._journal.clear()

    def _next(self, table: sa.Table) -> int:
        if table not in self._last:
            self._last[table] = db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0
        self._last[table] += 1
        return self._last[table]


@cache
def _blank(table: sa.Table) -> tuple[Row, bool, tuple[str, ...], tuple[str, ...]]:
    """What a row of a table holds if nothing is said, whether it has an id, its moments, its days."""
    constants: Row = {}
    moments, days = [], []
    for column in table.columns:
        if column.name == "version":
            constants["version"] = 1
        elif column.default is None:
            constants[column.name] = None
        elif not column.default.is_callable:
            constants[column.name] = column.default.arg  # type: ignore[attr-defined]
        elif isinstance(column.type, sa.Date):
            days.append(column.name)
        elif isinstance(column.type, UtcDateTime):
            moments.append(column.name)
        elif isinstance(column.type, sa.JSON):
            constants[column.name] = []
    has_id = "id" in constants and table.c.id.autoincrement is not False
    return constants, has_id, tuple(moments), tuple(days)


def _go_on_from(table: sa.Table, rows: list[Row]) -> None:
    """PostgreSQL counts ids by itself: let it go on behind the ones given here."""
    if db.session.get_bind().dialect.name == "postgresql" and "id" in rows[-1]:
        name = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
        db.session.execute(sa.select(sa.func.setval(name, rows[-1]["id"])))
