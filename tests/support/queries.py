"""Counting the statements that a block sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from nastav import kept


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect every SELECT, INSERT, UPDATE and DELETE of the block; nothing in it was kept before.

    The stamps of what is recalled are left out: one small statement a figure, whatever there is to count.
    """
    found: list[str] = []
    kept.forget()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT data_version."):
            return
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
