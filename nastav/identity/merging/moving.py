"""Letting every row that names one person name another, in whatever room its table lives.

The schema itself says which columns those are: a table that a room above adds tomorrow is moved too,
without `people` knowing of it and without a list that somebody may forget to write.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    exists,
    select,
    update,
)

from nastav.db import db

# the person's own row, what they were from when to when, and what was decided about cards
STAYS = frozenset({"person", "person_kind", "person_merge", "person_match"})
Keys = list[list[Any]]


def columns() -> list[Column[int]]:
    """Return the columns that follow a person from card to card."""
    return [
        column
        for table in db.metadata.sorted_tables
        if table.name not in STAYS
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]


def move(old: int, new: int, schools: Sequence[int] | None = None) -> dict[str, Keys]:
    """Let the rows of one person name another; «table.column» → the keys of the rows moved.

    A row stays that would stand twice, such as a second class in one school year, or the second number in
    one register: that of a dropped card is remembered with it and never given out again.

    Args:
        old: whom the rows name.
        new: whom they are to name.
        schools: ids of the schools whose rows are moved; without them all are.
    """
    moved = {}
    for column in columns():
        rows = select(*_key(column)).where(column == old)
        if schools is not None:
            rows = rows.where(_is_of(column, schools))
        for others in _unique_with(column):
            twin = column.table.alias()
            same = [twin.c[other.name] == other for other in others]
            rows = rows.where(~exists().where(twin.c[column.name] == new, *same))
        keys = [list(row) for row in db.session.execute(rows)] if _key(column) else [[]]
        _rename(column, old, new, keys)
        if keys:
            moved[str(column)] = keys
    db.session.expire_all()
    return moved


def move_back(moved: dict[str, Keys], old: int, new: int) -> None:
    """Let rows that were moved name the person they named before."""
    for column in columns():
        _rename(column, new, old, moved.get(str(column), []))
    db.session.expire_all()


def _rename(column: Column[int], old: int, new: int, keys: Sequence[Sequence[Any]]) -> None:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - a column of the schema always is of one
    values: dict[str, Any] = {column.name: new}
    if "version" in table.c:  # an edit form opened before must not be saved after
        values["version"] = table.c.version + 1
    for key in keys:
        same = [key_column == value for key_column, value in zip(_key(column), key, strict=True)]
        db.session.execute(update(table).where(column == old, *same).values(values))


def _is_of(column: Column[int], schools: Sequence[int]) -> ColumnElement[bool]:
    """Tell of a row whether it is these schools': it says so itself, or what it belongs to does."""
    if "school_id" in column.table.columns:
        return column.table.columns["school_id"].in_(schools)
    for key in column.table.foreign_keys:
        whole = key.column.table
        if "school_id" in whole.columns:
            return key.parent.in_(select(key.column).where(whole.c.school_id.in_(schools)))
    raise LookupError(f"{column.table.name} says nothing of a school")


def _key(column: Column[int]) -> list[Column[Any]]:
    return [key_column for key_column in column.table.primary_key if key_column is not column]


def _unique_with(column: Column[int]) -> Iterator[list[Column[Any]]]:
    """What else must differ where two rows name one person."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - as above
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint | PrimaryKeyConstraint) and column in list(rule):
            yield [key_column for key_column in rule if key_column is not column]
