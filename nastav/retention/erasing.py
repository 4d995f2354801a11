"""Emptying the columns that `privacy.toml` names, in whatever room their tables live.

The file says which columns and after what; the schema says how a table's rows belong to a person, to a
pair or to a school year. So a column added tomorrow is erased without a line here, or a test fails.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, delete, or_, select, update

from nastav import privacy
from nastav.db import db
from nastav.privacy import After

# rows that say nothing once their values are gone, and those that hold them as JSON or bytes
WHOLE = frozenset({"person_change", "meeting_revision", "ballot", "practice", "paper_file"})
# a period runs from a date of one of these
ROOTS = {
    After.LEAVING: ("person",),
    After.PAIR: ("pair",),
    After.SCHOOL_YEAR: ("response", "link_set", "practice", "school_texts", "paper"),
}


def columns(after: After) -> dict[Table, list[Column[Any]]]:
    """Return table → columns whose period runs from this."""
    found: dict[Table, list[Column[Any]]] = {}
    for field in privacy.personal_fields():
        if field.after is after:
            for name in field.columns:
                table, column = name.split(".")
                where = db.metadata.tables[table]
                found.setdefault(where, []).append(where.c[column])
    return found


def belonging(table: Table, root: str, ids: Select[int]) -> ColumnElement[bool] | None:
    """Return the condition on a table's rows that belong to these rows of a root table.

    Directly, or by one table between; None when neither leads there.
    """
    if table.name == root:
        return table.c.id.in_(ids)
    for column, target in _references(table):
        if target.name == root:
            return column.in_(ids)
    for column, between in _references(table):
        for inner, target in _references(between):
            if target.name == root:
                return column.in_(select(between.c.id).where(inner.in_(ids)))
    return None


def _references(table: Table) -> Iterator[tuple[Column[Any], Table]]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table


def erase(after: After, ids: dict[str, Select[int]]) -> int:
    """Empty every column whose period runs from this, of the rows that belong; how many rows.

    Args:
        after: what the periods run from.
        ids: for each root table of it, which of its rows.
    """
    count = 0
    for table, emptied in columns(after).items():
        for root, wanted in ids.items():
            where = belonging(table, root, wanted)
            if where is not None:
                count += _empty(table, emptied, where)
    db.session.expire_all()
    return count


def _empty(table: Table, emptied: list[Column[Any]], where: ColumnElement[bool]) -> int:
    if table.name in WHOLE:
        return int(db.session.execute(delete(table).where(where)).rowcount)  # type: ignore[attr-defined]
    where = where & or_(*(column != "" for column in emptied))
    blank: dict[str, Any] = {column.name: "" for column in emptied}
    if "version" in table.c:  # a form opened before must not bring the text back
        blank["version"] = table.c.version + 1
    else:
        _move_on(table, where)
    return int(db.session.execute(update(table).where(where).values(blank)).rowcount)  # type: ignore[attr-defined]


def _move_on(table: Table, where: ColumnElement[bool]) -> None:
    """Give what these rows are a part of its next version: they are saved by its form."""
    for column, whole in _references(table):
        if column.primary_key and whole.name != "person" and "version" in whole.c:
            own = whole.c.id.in_(select(column).where(where))
            db.session.execute(update(whole).where(own).values(version=whole.c.version + 1))
