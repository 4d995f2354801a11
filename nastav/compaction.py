"""Rewriting the database while the site runs, so that no byte of what was erased is left in it."""

import logging
from pathlib import Path

from nastav import sqlite, vacuum
from nastav.db import BUSY_TIMEOUT_MS, db, turn

log = logging.getLogger(__name__)
AT_ONCE = 256 * 1024 * 1024  # bytes of a database that is rewritten while people wait


def compact(largest: int | None = None) -> bool:
    """Rewrite the database's file, so that no byte of what was erased is left in it.

    Only between two units. SQLite alone keeps such bytes: in pages that were split, in the WAL.

    Args:
        largest: leave a file of more bytes alone.

    Returns:
        whether it was done; a busy database is left for another time.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.remove()
    if not turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        return False
    try:
        return vacuum.compact(Path(str(db.engine.url.database)), BUSY_TIMEOUT_MS, largest)
    except sqlite.OperationalError:
        log.exception("the database was not compacted")
        return False
    finally:
        turn.release()
