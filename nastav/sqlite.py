"""The only door to SQLite: which driver is used, and the rules of each of its connections.

Two SQLites in one process lose each other's locks: POSIX drops every lock of a file when any of the
process's handles on it is closed, and each library knows of its own handles only. So nothing else in the
program may import `sqlite3` (a test says so), and SQLAlchemy is handed the same module.
"""

import os
from typing import TYPE_CHECKING, Any

CHOICE = "NASTAV_SQLITE"  # `stdlib`: do without pysqlite3 though it is installed


def _pick(choice: str) -> tuple[Any, str]:
    """Return the driver and why it was picked, as the end of a Russian sentence."""
    # only the picked one is imported: the other has no wheel for some machines, or is not needed
    try:
        if choice != "stdlib":
            import pysqlite3  # noqa: PLC0415

            return pysqlite3, "pysqlite3 установлен"
        why = f"так велит {CHOICE}=stdlib"
    except ImportError:
        why = "pysqlite3 не установлен"
    import sqlite3  # noqa: PLC0415

    return sqlite3, why


if TYPE_CHECKING:
    import sqlite3

    driver, WHY = sqlite3, ""  # pysqlite3 is the same code, built with a newer SQLite
else:
    driver, WHY = _pick(os.environ.get(CHOICE, ""))

NAME: str = driver.__name__
VERSION = driver.sqlite_version
Connection = driver.Connection
Row = driver.Row
DatabaseError = driver.DatabaseError
OperationalError = driver.OperationalError
connect = driver.connect
BUSY, LOCKED = 5, 6  # result codes; the standard library of 3.11 names them, pysqlite3 too


def journal_rules(version: tuple[int, int, int]) -> tuple[str, str]:
    """Return journal mode and synchronous for a SQLite version.

    WAL only where the WAL-reset bug is mended (3.51.3, or the branches 3.50.7 and 3.44.6).
    """
    mended = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )
    return ("WAL", "FULL") if mended else ("DELETE", "EXTRA")


JOURNAL, SYNCHRONOUS = journal_rules(driver.sqlite_version_info)
_REASONS = {
    "WAL": "в этой версии он надёжен и быстрее",
    "DELETE": "журнал WAL в этой версии может потерять запись",
}


def described() -> str:
    """Return which driver, version and journal mode are used and why, a Russian sentence."""
    return (
        f"SQLite {VERSION} из {NAME} ({WHY}). "
        f"Журнал {JOURNAL}, запись {SYNCHRONOUS}: {_REASONS[JOURNAL]}."
    )


def prepare(connection: Any, busy_ms: int) -> None:
    """Give a connection of the site its rules; one of another database is left alone.

    Args:
        busy_ms: how long, in milliseconds, it waits for a writer.

    Raises:
        RuntimeError: it was made by another SQLite than ours.
    """
    if not isinstance(connection, Connection):
        if "sqlite" in type(connection).__module__:
            raise RuntimeError(f"two SQLites in one process: {type(connection)}, not {NAME}")
        return
    connection.isolation_level = None  # whoever uses it says BEGIN
    for pragma in (
        "foreign_keys=ON",
        f"busy_timeout={busy_ms}",
        f"journal_mode={JOURNAL}",
        f"synchronous={SYNCHRONOUS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
