"""Answers kept between requests: a WSGI layer in front of Flask, off when `KEPT_ANSWERS_MB` is 0.

An answer is kept for one sign-in, address and day, under the stamps (`versions`) that were read before
it was made: so it can be newer than its stamps, never older. Each request reads its sign-in and the
stamps in one SELECT, and gets what was kept only under the very same ones. What may not be kept says so
itself while it is made (`unit.for_once`): whoever asks the clock, makes a token that works once, writes
anything, or reads what raises no stamp. Everything lies in the memory of the process only.
"""

import hashlib
import logging
import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any
from weakref import WeakSet, WeakValueDictionary

from flask import Flask, Response, request
from flask_login import current_user
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from nastav import access, copies, dates, logs, recall, unit, versions
from nastav.db import db

log = logging.getLogger(__name__)

MAY = "nastav.may_be_kept"  # in the environ: the rule of an answer that may, the parts it read
OWN = ("accounts.", "calendars.")  # pages of one's own account
READ = (
    "SELECT s.created_at, s.seen_at, u.disabled_at, u.must_change,"  # noqa: S608
    " u.school_id, u.district_id, u.role, u.version,"
    + versions.stamps_of_user()
    + ' FROM sign_in s JOIN "user" u ON u.id = s.user_id WHERE s.token_hash = ?'
)
HEADERS = ("HTTP_HX_REQUEST", "HTTP_HOST", "HTTP_ACCEPT_ENCODING", "SCRIPT_NAME", "wsgi.url_scheme")
PATIENCE_MS = 50  # a database locked for longer is left to Flask, which tells it
ROOM = 1000  # bytes of an answer beside its body, about
TOGETHER = 2.0  # seconds that a request waits for another of the same page to be made
SWEEP = 60.0  # seconds between two looks for sign-ins that ended

Key = tuple[Any, ...]  # the hash of the sign-in's token comes first
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class Stamps:
    """What an answer is made under: whose it is, what every page shows, and each part of the data."""

    who: tuple[Any, ...]
    shown: tuple[Any, ...]
    parts: dict[str, int | None]

    def are(self, others: "Stamps", read: frozenset[str]) -> bool:
        """Tell whether others say the same of everything an answer read."""
        if self.who != others.who or self.shown != others.shown:
            return False
        return all(self.parts[part] == others.parts[part] for part in read)


@dataclass(frozen=True)
class Kept:
    """An answer, the stamps it was made under, and the parts it read."""

    stamps: Stamps
    read: frozenset[str]
    rule: str
    headers: list[tuple[str, str]]
    body: bytes


class Shelf:
    """The answers of a process, within so many bytes: what was asked for longest ago goes first."""

    def __init__(self, room: int) -> None:
        self.hits = 0
        self._room, self._held = room, 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._of: dict[bytes, set[Key]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, stamps: Stamps) -> Kept | None:
        """Return what is kept under these stamps; of another role or account, all is forgotten."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or not found.stamps.are(stamps, found.read):
                if found and found.stamps.who != stamps.who:
                    self._drop(key[0])
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keep an answer in the place of the one before."""
        with self._lock:
            self._take(key)
            self._kept[key] = answer
            self._of[key[0]].add(key)
            self._held += len(answer.body) + ROOM
            while self._held > self._room:
                self._take(next(iter(self._kept)))

    def drop(self, sign_in: bytes) -> None:
        """Forget all of a sign-in."""
        with self._lock:
            self._drop(sign_in)

    @property
    def sign_ins(self) -> list[bytes]:
        with self._lock:
            return list(self._of)

    def _drop(self, sign_in: bytes) -> None:
        for key in list(self._of.get(sign_in, ())):
            self._take(key)

    def _take(self, key: Key) -> None:
        if (old := self._kept.pop(key, None)) is not None:
            self._held -= len(old.body) + ROOM
            self._of[key[0]].discard(key)
            if not self._of[key[0]]:
                del self._of[key[0]]


_layers: WeakSet["Layer"] = WeakSet()


def init(app: Flask, *, cookie: str, unseen: timedelta) -> None:
    """Put the layer in front of an application, unless its setting says that nothing is kept.

    Args:
        cookie: the one that carries a sign-in's token.
        unseen: a sign-in not noted as in use for so long is, by a request that Flask answers.
    """
    if megabytes := float(app.config["KEPT_ANSWERS_MB"]):
        layer = Layer(app, int(megabytes * 1024 * 1024), cookie, unseen)
        app.extensions["kept"] = layer
        app.wsgi_app = layer  # type: ignore[method-assign,assignment]
        recall.init(app)


def forget() -> None:
    """Forget all answers and figures of this process: settings, or the program, changed under it."""
    recall.forget()
    for layer in list(_layers):
        for sign_in in layer.shelf.sign_ins:
            layer.shelf.drop(sign_in)


def offer(response: Response) -> None:
    """Say to the layer that the answer Flask gives may be kept, unless something speaks against it."""
    endpoint = request.endpoint or ""
    if (
        response.status_code == 200
        and response.mimetype == "text/html"
        and not unit.current().passing
        and current_user.is_authenticated
        and not endpoint.startswith(OWN)
        and access.permission_of(endpoint) not in (access.PUBLIC, "audit:read")
    ):
        request.environ[MAY] = str(request.url_rule), frozenset(unit.current().read)


class Layer:
    """The application as the server sees it."""

    def __init__(self, app: Flask, room: int, cookie: str, unseen: timedelta) -> None:
        self.shelf = Shelf(room)
        self.app, self._flask, self._unseen = app.wsgi_app, app, unseen
        self._token = re.compile(rf"(?:^|;)\s*{re.escape(cookie)}=([^;]*)")
        self._notice = re.compile(r"(?:^|;)\s*session=")
        self._copies = Path(app.instance_path) / copies.FOLDER
        self._swept = monotonic()
        self._door = threading.Lock()
        self._turns: WeakValueDictionary[Key, threading.Lock] = WeakValueDictionary()
        _layers.add(self)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Give what is kept, or have it made and keep it."""
        asked = self._asked(environ)
        if asked is None:
            return self.app(environ, start)
        key, stamps = asked
        if found := self.shelf.get(key, stamps):
            return _given(found, start)
        with self._door:
            turn = self._turns.setdefault(key, threading.Lock())
        is_first = turn.acquire(timeout=TOGETHER)  # asked twice at once, it is made once
        try:
            if found := self.shelf.get(key, stamps):
                return _given(found, start)
            return self._made(environ, start, key, stamps)
        finally:
            if is_first:
                turn.release()

    def _made(
        self, environ: dict[str, Any], start: Any, key: Key, stamps: Stamps
    ) -> Iterable[bytes]:
        head: list[tuple[str, str]] = []

        def note(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            head[:] = headers
            return start(status, headers, *more)

        answer = self.app(environ, note)
        names = {name.lower() for name, _ in head}
        if MAY not in environ or "set-cookie" in names:
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        headers = [each for each in head if each[0].lower() != "x-request-id"]
        rule, read = environ[MAY]
        self.shelf.put(key, Kept(stamps, read, rule, headers, body))
        return [body]

    def _asked(self, environ: dict[str, Any]) -> tuple[Key, Stamps] | None:
        """Return what a request asks for and the stamps it sees; None where nothing is kept."""
        cookies = environ.get("HTTP_COOKIE", "")
        token = self._token.search(cookies)
        path = environ.get("PATH_INFO", "")
        if token is None or path.startswith("/static/"):
            return None
        sign_in = hashlib.sha256(token[1].encode("latin-1")).digest()
        if environ["REQUEST_METHOD"] != "GET":
            if path == "/logout":
                self.shelf.drop(sign_in)
            return None
        if self._notice.search(cookies) or self._flask.extensions["condition"].damage:
            return None
        row = self._read(READ, sign_in)
        if not row or not self._is_live(*row[0][:4]):
            self.shelf.drop(sign_in)
            return None
        _, seen, _, _, *rest = row[0]
        if dates.clock() - _moment(seen) > self._unseen:
            return None
        who, site, district, parts = tuple(rest[:4]), rest[4], rest[5], rest[6:]
        is_wide = who[0] is None or path.startswith("/districts/")
        own = parts[len(versions.EVERY) :] if is_wide else parts[: len(versions.EVERY)]
        stamps = Stamps(
            who,
            (site, district, self._copies_state() if is_wide else None),
            dict(zip(versions.EVERY, own, strict=True)),
        )
        key = (sign_in, path, environ.get("QUERY_STRING"), *map(environ.get, HEADERS))
        days = dates.today(), dates.real_today()
        self._sweep()
        return (*key, *days), stamps

    def _is_live(
        self, created: Any, seen: Any, disabled: Any = None, must_change: bool = False
    ) -> bool:
        """Tell whether a sign-in goes on (`accounts.queries.live_sign_in`) and opens pages."""
        settings, now = self._flask.config, dates.clock()
        idle = timedelta(minutes=settings["IDLE_MINUTES"])
        longest = timedelta(hours=settings["SIGN_IN_HOURS"])
        return (
            disabled is None
            and not must_change
            and dates.is_within(idle, _moment(seen), now)
            and dates.is_within(longest, _moment(created), now)
        )

    def _read(self, statement: str, *given: Any) -> list[Any] | None:
        """Read past everything, and wait for nobody: None where the database cannot be read now."""
        engine = self._engine
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                if engine.dialect.name == "sqlite":  # each unit sets its own before it begins
                    cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
                else:
                    statement = statement.replace("?", "%s")
                cursor.execute(statement, given)
                return list(cursor.fetchall())
            finally:
                connection.close()
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error):
            return None

    @cached_property
    def _engine(self) -> Engine:
        with self._flask.app_context():
            return db.engine

    def _copies_state(self) -> int:
        """Return what changes with every daily copy: a coordinator is told of them."""
        try:
            return (self._copies / copies.RECORD).stat().st_mtime_ns
        except OSError:
            return 0

    def _sweep(self) -> None:
        """Forget the sign-ins that ended meanwhile, whoever ended them: names stay no longer."""
        if monotonic() - self._swept < SWEEP:
            return
        self._swept = monotonic()
        known = self._read("SELECT token_hash, created_at, seen_at FROM sign_in") or ()
        live = {bytes(row[0]) for row in known if self._is_live(*row[1:])}
        for sign_in in self.shelf.sign_ins:
            if sign_in not in live:
                self.shelf.drop(sign_in)


def _given(answer: Kept, start: Any) -> list[bytes]:
    """Give what is kept, with a number of its own in the head and in the log."""
    number = logs.new_id()
    log.info("GET %s 200", answer.rule, extra={"number": number})
    start("200 OK", [*answer.headers, ("X-Request-Id", number)])
    return [answer.body]


def _moment(stored: Any) -> datetime:
    """Return a stored moment: SQLite gives text, PostgreSQL a moment without a zone."""
    found = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return found.replace(tzinfo=UTC)
