"""Whether a database's file is whole: its pages, its keys, its texts. Nothing is changed by looking."""

import errno
from contextlib import closing
from pathlib import Path

from nastav import sqlite

_PATIENCE = 60  # seconds to wait for a writer: a copy is worth more than an answer at once
DAMAGE = (sqlite.DatabaseError, UnicodeDecodeError)  # SQLite's own words may hold torn letters


class Busy(Exception):
    """Somebody holds the database, or it may not be opened; the message is SQLite's."""


def fault(database: Path) -> str:
    """Return in a few Russian words what is wrong with a database, "" when it is whole.

    Raises:
        Busy: somebody holds it for longer than a minute.
    """
    try:
        with closing(look_into(database)) as connection:
            if inside := fault_inside(connection):
                return inside
            loose = loose_rows(connection)
            return f"записей с оборванной связью: {loose}" if loose else ""
    except DAMAGE as error:
        raise_if_busy(error)
        return reason(error)


def quick_fault(database: Path) -> str:
    """Return what a quick look finds wrong with the pages of a database, "" when nothing.

    Raises: as `fault`.
    """
    try:
        with closing(look_into(database)) as connection:
            pages = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            return "" if pages == "ok" else pages.splitlines()[0]
    except DAMAGE as error:
        raise_if_busy(error)
        return reason(error)


def is_damage(error: BaseException) -> bool:
    """Tell an error of a damaged file from one of a statement, a lock or a full disk."""
    if isinstance(error, sqlite.OperationalError):  # a torn text has no class of its own
        return "Could not decode to UTF-8" in str(error)
    return type(error) is sqlite.DatabaseError  # malformed, or no database at all


def look_into(database: Path) -> sqlite.Connection:
    """Open a database that is there for reading only; what it says is never an error of decoding.

    Not `mode=ro`: what a killed site left half done could then not be rolled back.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"
    connection = sqlite.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
    connection.text_factory = _lenient
    connection.execute("PRAGMA query_only=ON")
    return connection


def is_busy(error: Exception) -> bool:
    """Tell a database that is held, or may not be opened by us, from one that is damaged."""
    words = ("locked", "unable to open")
    return isinstance(error, sqlite.OperationalError) and any(each in str(error) for each in words)


def raise_if_busy(error: Exception) -> None:
    """Give a held database an error of its own.

    Raises:
        Busy: it is held.
    """
    if is_busy(error):
        raise Busy(str(error)) from error


def fault_inside(connection: sqlite.Connection) -> str:
    """Return what is wrong with the pages or the texts of a database, "" when they are whole.

    Raises:
        sqlite.DatabaseError: it is too damaged to be asked, or held by somebody.
    """
    pages = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if pages != "ok":
        return str(pages).splitlines()[0]
    table = unreadable(connection)
    return f"нечитаемый текст в таблице {table}" if table else ""


def loose_rows(connection: sqlite.Connection) -> int:
    """Return how many rows point at a row that is not there."""
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def unreadable(connection: sqlite.Connection) -> str:
    """Return a table with a text that is no UTF-8, "" when there is none; SQLite itself never looks."""
    before, connection.text_factory = connection.text_factory, bytes
    try:
        for table in tables(connection):
            for (text,) in connection.execute(_texts(connection, table)):
                try:
                    text.decode()
                except UnicodeDecodeError:
                    return table
    finally:
        connection.text_factory = before
    return ""


def tables(connection: sqlite.Connection) -> list[str]:
    """Return the names of the tables, sorted."""
    ask = "SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [_lenient(name) for (name,) in connection.execute(ask)]


def row_counts(connection: sqlite.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in tables(connection)
    }


def reason(error: BaseException) -> str:
    """Return an error of SQLite in words that can stand in brackets."""
    return "нечитаемый текст" if isinstance(error, UnicodeDecodeError) else str(error)


def is_full(error: Exception) -> bool:
    """Tell whether there was no room on the disk."""
    code = getattr(error, "errno", None)
    return code in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error)


def _texts(connection: sqlite.Connection, table: str) -> str:
    info = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    parts = [
        f'SELECT "{column}" FROM "{table}" WHERE typeof("{column}") = \'text\''  # noqa: S608
        for column in (_lenient(row[1]) for row in info)
    ]
    return " UNION ALL ".join(parts)


def _lenient(text: bytes) -> str:
    return text.decode(errors="replace")
