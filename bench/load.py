"""Reading a page over and over by wrk, each connection kept open, from this machine to itself."""

import http.client
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.machine import settle
from bench.serve import Served
from nastav.accounts.routes import COOKIE

_SCRIPT = Path(__file__).with_name("wrk.lua")
_PATIENCE = 60  # seconds an answer may take


@dataclass(frozen=True)
class Measured:
    """What one form of load gave; of how long an answer takes, milliseconds."""

    answers: int
    under_way: int  # when the time was over; they were answered too, to nobody
    seconds: float
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return self.answers / self.seconds


@dataclass(frozen=True)
class Page:
    """An address, and whose sign-in asks for it (empty: nobody's)."""

    path: str
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        signed = {"Cookie": f"{COOKIE}={self.token}"} if self.token else {}
        return {"Accept-Encoding": "gzip", **signed}


@dataclass(frozen=True)
class Answer:
    """One answer: its status, what it holds, how many bytes came."""

    status: int
    kind: str
    size: int


def once(server: Served, page: Page) -> Answer:
    """Ask for a page once."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.request("GET", page.path, headers=page.headers)
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    return Answer(answer.status, str(answer.getheader("Content-Type")), size)


def measure(server: Served, page: Page, seconds: int, connections: int = 1) -> Measured:
    """Ask for a page for so many whole seconds, longer where nothing was answered in them.

    Raises:
        RuntimeError: an answer was no page, or none came.
    """
    while seconds <= _PATIENCE:
        answers, refused, broken, *rest = _wrk(server.port, page, seconds, connections)
        if refused or broken:
            raise RuntimeError(f"{page.path}: {refused:.0f} refused, {broken:.0f} broken")
        if answers:
            return Measured(int(answers), connections, *rest)
        settle(server.pid)
        seconds *= 4
    raise RuntimeError(f"{page.path}: no answer in {_PATIENCE} seconds")


def _wrk(port: int, page: Page, seconds: int, connections: int) -> list[float]:
    headers = [f"-H{name}: {value}" for name, value in page.headers.items()]
    how = ["-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={_PATIENCE}s", f"-s{_SCRIPT}"]
    command = ["wrk", *how, *headers, f"http://127.0.0.1:{port}{page.path}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("bench "))
    return [float(each) for each in line.split()[1:]]


def timed(times: Sequence[float], seconds: float) -> Measured:
    """Return what answers that took so many seconds each come to."""
    ordered = sorted(times)
    p50, p95, p99 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    return Measured(len(ordered), 0, seconds, p50, p95, p99)
