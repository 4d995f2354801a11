"""Rewriting the database's file, so that no byte of what was erased is left in it.

SQLite's own VACUUM keeps its copy in memory with one of our drivers (423 MB for a file of 381). Here the
copy is a file beside the database and goes back through the online backup; a kill in between leaves the
old database. Between copying out and back the lock cannot be held, so it is looked whether somebody wrote.
"""

import os
import tempfile
from contextlib import closing
from pathlib import Path

from nastav import sqlite

_TRIES = 3
_PAGES = 64  # copied back in one step: the first one takes the lock, the last one commits
_IS_WAL = sqlite.JOURNAL == "WAL"
_HELD = (sqlite.BUSY, sqlite.LOCKED)


class _Overtaken(Exception):
    """Somebody wrote after the copy was made: copying it back would lose that."""


def compact(database: Path, busy_ms: int, largest: int | None = None) -> bool:
    """Rewrite a database in use.

    Args:
        busy_ms: how long, in milliseconds, it waits for others.
        largest: leave a file of more bytes alone.

    Returns:
        whether it was done; a large one, or one that others write all the time, is left as it was.

    Raises:
        sqlite.OperationalError: it is locked, or there is no room for a copy; nothing was changed.
    """
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".compact-") as folder:
        for number in range(_TRIES):
            with closing(_open(database, busy_ms)) as live:
                if largest is not None and _size(live) > largest:
                    return False
                copy = Path(folder) / f"{number}.sqlite3"
                try:
                    with closing(_open(database, busy_ms)) as guard:
                        _write_back(copy, live, guard, _copy_out(copy, live, guard))
                except _Overtaken:
                    copy.unlink()
                else:
                    return not _IS_WAL or _is_wal_emptied(live)
    return False


def _open(database: Path, busy_ms: int) -> sqlite.Connection:
    connection = sqlite.connect(database, isolation_level=None)
    sqlite.prepare(connection, busy_ms)
    return connection


def _size(connection: sqlite.Connection) -> int:
    """Return the bytes of the database's pages."""
    ask = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    return int(connection.execute(ask).fetchone()[0])


def _state(connection: sqlite.Connection) -> int:
    """Return a number that changes when somebody else commits; each connection has its own."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _is_wal_emptied(connection: sqlite.Connection) -> bool:
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def _copy_out(copy: Path, live: sqlite.Connection, guard: sqlite.Connection) -> tuple[int, int]:
    """Write the database anew into a file; return which state of the data that is for either."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    guard.execute("BEGIN IMMEDIATE")
    try:
        live.execute("VACUUM INTO ?", (str(copy),))
        return _state(live), _state(guard)
    finally:
        guard.execute("ROLLBACK")


def _write_back(
    copy: Path, live: sqlite.Connection, guard: sqlite.Connection, state: tuple[int, int]
) -> None:
    """Make the copy the database's content, unless somebody wrote since it was made."""
    if not _IS_WAL:  # nobody can look while pages go back, so the lock comes first and stays
        live.execute("PRAGMA locking_mode=EXCLUSIVE")
        live.execute("PRAGMA journal_mode=TRUNCATE")  # or a locked one keeps the old pages in it
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")
        if _state(live) != state[0]:
            raise _Overtaken

    def look(status: int, remaining: int, _total: int) -> None:
        if status in _HELD or (_IS_WAL and remaining and _state(guard) != state[1]):
            raise _Overtaken

    with closing(sqlite.connect(copy)) as source:
        few = _size(source) // 4096 <= _PAGES
        source.backup(live, pages=1 if few else _PAGES, progress=look)
    if not _IS_WAL:
        live.execute("PRAGMA locking_mode=NORMAL")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # lets go of the lock
        live.execute("PRAGMA journal_mode=DELETE")  # takes the emptied journal away
