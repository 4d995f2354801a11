"""What the machine does meanwhile, read from /proc: time of a process and of a core, memory, noise.

The server has a core of its own and the load another, so neither takes the other's time. Linux only.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CORES = sorted(os.sched_getaffinity(0))
SERVER, LOAD = _CORES[0], _CORES[-1]
_TICK = os.sysconf("SC_CLK_TCK")
_IDLE = (3, 4)  # of /proc/stat: idle, waiting for a disk
_PAUSE, _LOOKS = (
    0.02,
    4,
)  # seconds between looks at whether a server has ended its work, and how many
_GUESTS = 8  # columns from here on are counted in those before


@dataclass
class Watched:
    """What went on while something was measured, in seconds."""

    took: float = 0.0
    spent: float = 0.0  # by the process, its threads included
    others: float = 0.0  # by anybody else on the server's core

    @property
    def share_of_others(self) -> float:
        return max(0.0, self.others) / self.took if self.took else 0.0


@contextmanager
def watching(pid: int) -> Iterator[Watched]:
    """Yield what is filled in when the block ends and the process has nothing left to do."""
    found = Watched()
    begun, before, core = time.perf_counter(), spent(pid), _busy(SERVER)
    yield found
    settle(pid)
    found.took = time.perf_counter() - begun
    found.spent = spent(pid) - before
    found.others = _busy(SERVER) - core - found.spent


def spent(pid: int) -> float:
    """Return the seconds of processor that a process has taken, of the user and of the kernel."""
    fields = _fields(Path(f"/proc/{pid}/stat"))
    return (int(fields[11]) + int(fields[12])) / _TICK


def settle(pid: int) -> None:
    """Wait until a process does nothing: wrk leaves with requests under way."""
    last, quiet = -1.0, 0
    while quiet < _LOOKS:
        now = spent(pid)
        quiet = quiet + 1 if now == last and not _is_at_work(pid) else 0
        last = now
        time.sleep(_PAUSE)


def _is_at_work(pid: int) -> bool:
    """Tell whether a thread runs, would run if others let it, or waits for the disk."""
    states = [_fields(task / "stat")[0] for task in Path(f"/proc/{pid}/task").iterdir()]
    return bool({"R", "D"} & set(states))


def _fields(stat: Path) -> list[str]:
    """Return what follows the name of a process, which may hold spaces."""
    return stat.read_text(encoding="ascii").rpartition(")")[2].split()


def memory(pid: int) -> tuple[float, float]:
    """Return the megabytes a process holds now, and the most it has held."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    known = dict(line.split(":", 1) for line in lines if ":" in line)
    now, most = (int(known[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def _busy(core: int) -> float:
    for line in Path("/proc/stat").read_text(encoding="ascii").splitlines():
        name, *columns = line.split()
        if name == f"cpu{core}":
            times = [int(each) for each in columns[:_GUESTS]]
            return sum(each for at, each in enumerate(times) if at not in _IDLE) / _TICK
    raise LookupError(f"no core {core}")
