"""Saves: each connection saves a row of its own over and over, as a curator does who keeps the form open.

One process and one loop over plain sockets: a library's client takes more of the processor than the site.
"""

import re
import secrets
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select, update

from bench.load import Measured, timed
from nastav.access import Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from nastav.stages.models import Activity, SchoolStage, Stage, StageState

SCHOOLS = 13
_FIELD = re.compile(r'name="(csrf_token|version)"[^>]* value="([^"]*)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """An activity of a school, and the sign-in of its curator."""

    path: str
    token: str


def prepare(folder: Path, day: str) -> list[Row]:
    """Open every stage of the first school year; return rows to save, neighbours of different schools."""
    app = create_app(folder, TODAY=day)
    with app.app_context():
        with writing():
            stages = select(Stage.id).filter_by(cycle_id=1)
            opened = update(SchoolStage).where(SchoolStage.stage_id.in_(stages))
            db.session.execute(opened.values(state=StageState.IN_PROGRESS))
            curators = select(User).where(User.school_id <= SCHOOLS, User.role == Role.CURATOR)
            tokens = {
                user.school_id: accounts.open_sign_in(user) for user in db.session.scalars(curators)
            }
            numbers = select(Stage.ordinal, Activity.ordinal).where(Activity.stage_id == Stage.id)
            places = db.session.execute(numbers.where(Stage.cycle_id == 1)).all()
        db.engine.dispose()
    return [
        Row(f"/schools/{school}/2020/stages/{stage}/activities/{number}/edit", token)
        for stage, number in places
        for school, token in tokens.items()
    ]


@dataclass
class _Saver:
    """A connection with its row; waits for an answer from when it has sent."""

    row: Row
    socket: socket.socket
    csrf: str = ""
    version: int = 0
    begun: float = 0.0
    came: bytearray = field(default_factory=bytearray)

    def ask(self, method: str, body: str = "") -> None:
        head = (
            f"{method} {self.row.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nHX-Request: true\r\n"
            f"Cookie: {COOKIE}={self.row.token}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.came.clear()
        self.begun = time.perf_counter()
        self.socket.sendall((head + body).encode())

    def open(self) -> bool:
        """Read the form; tell whether there is one."""
        self.ask("GET")
        while not self.receive():
            pass
        found = dict(_FIELD.findall(self.came.decode(errors="replace")))
        if len(found) == 2:
            self.csrf, self.version = found["csrf_token"], int(found["version"])
        return len(found) == 2

    def save(self) -> None:
        """Send the row with another comment."""
        said = {"status": "in_progress", "done_on": "", "responsible": "Завуч"}
        own = {"csrf_token": self.csrf, "version": self.version}
        fresh = {"once_token": secrets.token_urlsafe(12), "comment": secrets.token_hex(5)}
        self.ask("POST", urlencode(said | own | fresh))

    def receive(self) -> bool:
        """Take what came; tell whether the answer is whole."""
        self.came += self.socket.recv(65536)
        head, end, body = self.came.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        return bool(end and length and len(body) >= int(length[1]))

    def check(self) -> None:
        """The row has another version now; an answer that is not good ends the run."""
        if not self.came.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{self.row.path}: {bytes(self.came[:300])!r}")
        self.version += 1


@contextmanager
def _savers(port: int, rows: Sequence[Row], count: int) -> Iterator[list[_Saver]]:
    found: list[_Saver] = []
    try:
        for row in rows:
            saver = _Saver(row, socket.create_connection(("127.0.0.1", port)))
            if saver.open():
                found.append(saver)
            else:
                saver.socket.close()
            if len(found) == count:
                break
        if len(found) < count:
            raise RuntimeError(f"only {len(found)} rows can be saved, {count} are needed")
        yield found
    finally:
        for saver in found:
            saver.socket.close()


def measure(port: int, rows: Sequence[Row], seconds: float, connections: int) -> Measured:
    """Save for so many seconds.

    Raises:
        RuntimeError: a save was refused, or there are too few rows.
    """
    times: list[float] = []
    with (
        _savers(port, rows, connections) as savers,
        closing(selectors.DefaultSelector()) as waiting,
    ):
        begun = time.perf_counter()
        for saver in savers:
            waiting.register(saver.socket, selectors.EVENT_READ, saver)
            saver.save()
        under_way = len(savers)
        while under_way:
            for key, _ in waiting.select():
                saver = key.data
                if not saver.receive():
                    continue
                saver.check()
                times.append(time.perf_counter() - saver.begun)
                if time.perf_counter() < begun + seconds:
                    saver.save()
                else:
                    under_way -= 1
        return timed(times, time.perf_counter() - begun)
