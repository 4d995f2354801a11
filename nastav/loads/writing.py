"""Plain statements over many rows, for the ORM writes versioned rows one by one."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, update

from nastav import ru
from nastav.db import Conflict, Model, db

_LISTED = 20  # register numbers that the journal names one by one


def write(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Write values of rows and move every version on; `its_id`, `its_version` say which they are.

    Raises:
        Conflict: one of them was saved meanwhile, or is gone.
    """
    if not rows:
        return
    table = model.metadata.tables[model.__tablename__]
    set_to: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name in table.c}
    statement = (
        update(table)
        .where(table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
        .values({**set_to, "version": table.c.version + 1})
    )
    done = db.session.connection().execute(statement, list(rows))
    if done.rowcount != len(rows):
        raise Conflict


def who(numbers: Collection[int]) -> str:
    """Return «№ 1, 2 и 3» for the journal, or how many when they are many."""
    return (
        f"№ {ru.list_and(sorted(numbers))}" if len(numbers) <= _LISTED else f"{len(numbers)} чел."
    )
