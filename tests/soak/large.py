"""A large database, and one compaction of it in a process of its own, whose memory is its own too.

`python -m tests.soak.large make FILE MEGABYTES`, then `python -m tests.soak.large compact FILE`.
"""

import re
import sys
import time
from contextlib import closing
from pathlib import Path

from nastav import sqlite, vacuum

TRACE = "Канарейкина Пелагея"
KEPT, ERASED = 90, 10  # rows of a hundred


def make(database: Path, megabytes: int) -> None:
    """Fill a database with files of half a megabyte and people, and erase every tenth of them."""
    with closing(sqlite.connect(database, isolation_level=None)) as connection:
        ask = connection.execute
        ask("PRAGMA journal_mode=OFF")
        ask("PRAGMA secure_delete=OFF")  # one of the drivers is built with it on
        ask("CREATE TABLE evidence (id INTEGER PRIMARY KEY, name TEXT, content BLOB)")
        ask("CREATE INDEX by_name ON evidence (name)")
        ask("BEGIN")
        for number in range(megabytes * 2):
            ask(
                "INSERT INTO evidence VALUES (?, ?, randomblob(520000))",
                (number, f"{TRACE} {number}"),
            )
        ask("COMMIT")
        ask(f"UPDATE evidence SET name = '' WHERE id % 100 < {KEPT}")
        ask(f"DELETE FROM evidence WHERE id % 100 >= {KEPT}")


def compact(database: Path) -> tuple[int, float]:
    """Compact it; return the peak memory of this process in megabytes, and the seconds it took."""
    begun = time.monotonic()
    if not vacuum.compact(database, 8000):
        raise RuntimeError("it was not compacted")
    # not getrusage: its peak begins with that of the process this one was forked from
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024
    return peak, time.monotonic() - begun


def traces(database: Path) -> int:
    """Return how often the erased name stands in the database's files, read a piece at a time."""
    found, needle = 0, TRACE.encode()
    for path in database.parent.glob(f"{database.name}*"):
        tail = b""
        with path.open("rb") as file:
            while piece := file.read(1 << 24):
                found += (tail + piece).count(needle)
                tail = piece[-len(needle) + 1 :]
    return found


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(*compact(Path(sys.argv[2])))
