"""How SQLite comes to the rows of the statements that a block sends: which tables are read through."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from nastav import schema
from nastav.db import db

NO_SCHOOL = {"person", "audit_entry", "user", "submitted_form"}  # no way to a school, and they grow
ALIASED = re.compile(r'(?<![.\w])"?(\w+)"? AS "?(\w+)"?')
NAMED = re.compile(r'(?:FROM|JOIN) "?(\w+)')
READ = re.compile(r"(?:SCAN (?P<all>\w+)|SEARCH (?P<indexed>\w+) USING AUTOMATIC)")
PLANNED = ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
Asked = dict[str, tuple[str, Any]]  # statement → function, parameters


def growing() -> set[str]:
    """Return the tables whose rows belong to schools, by whatever way."""
    found, before = {"school", *NO_SCHOOL}, set[str]()
    while found != before:
        before = set(found)
        for table in schema.METADATA.tables.values():
            if found & {key.column.table.name for key in table.foreign_keys}:
                found.add(table.name)
    return found - {"school"}


def asker() -> str:
    """Return the function of the program that sends a statement: room.module.function."""
    frame = sys._getframe(1)
    while frame:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("nastav.") and module not in ("nastav.db", "nastav.unit"):
            return f"{module.removeprefix('nastav.')}.{frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return "nobody"


@contextmanager
def asked_of() -> Iterator[Asked]:
    """Collect each statement of the block that has a plan, once."""
    found: Asked = {}

    def note(
        _connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, is_many: bool
    ) -> None:
        if statement.lstrip().startswith(PLANNED) and statement not in found:
            several = is_many and isinstance(given, list)  # in a tuple: many rows of one INSERT
            found[statement] = (asker(), given[0] if several else given)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def read_through(asked: Asked) -> dict[str, str]:
    """Return «function: table» → the plan's line, for tables that grow (needs an application context)."""
    wanted, found = growing(), {}
    for statement, (name, given) in asked.items():
        own = {alias: table for table, alias in ALIASED.findall(statement) if table in wanted}
        # of an INSERT the plan also holds what would be checked if a deferred reference were broken
        named = set(NAMED.findall(statement)) if statement.startswith("INSERT") else wanted
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        for line in plan.scalars(3):
            if read := READ.match(line):
                alias = read["all"] or read["indexed"]
                if (table := own.get(alias, alias)) in wanted & named:
                    found[f"{name}: {table}"] = line
    return found
