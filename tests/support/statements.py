"""A database as the statements that make it anew; only one of the two drivers has `iterdump`."""

from collections.abc import Iterator

from nastav import sqlite

LATER = "SELECT sql FROM sqlite_master WHERE type != 'table' AND sql NOT NULL ORDER BY rowid"


def statements(connection: sqlite.Connection) -> Iterator[str]:
    """Yield tables with their rows, by name, then indexes, triggers and views."""
    ask = connection.execute
    yield "BEGIN TRANSACTION;"
    tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for name, sql in ask(tables).fetchall():
        yield f"{sql};"
        columns = [row[1] for row in ask(f'PRAGMA table_info("{name}")')]
        quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
        for (values,) in ask(f'SELECT {quoted} FROM "{name}"'):
            yield f'INSERT INTO "{name}" VALUES({values});'
    for (sql,) in ask(LATER):
        yield f"{sql};"
    yield "COMMIT;"
