"""Another program that holds the database for itself."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nastav import sqlite


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Let nobody read or write while the block runs; nobody may have the database open before."""
    with closing(sqlite.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")  # without it WAL lets others read
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
