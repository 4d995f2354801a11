"""A real server that can be killed, and people who talk to it over HTTP from this machine."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from nastav import backup
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from tests.support.pages import form_values
from tests.support.process import free_port, nastav_run, wait_for


@dataclass(frozen=True)
class Answer:
    """What the server said; status 0 when it was killed before it could."""

    status: int
    text: str = ""


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, on a connection of his own for every request."""

    port: int
    cookie: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def token(self) -> str:
        """Return a token for forms of this session, "" when the server is gone."""
        answer = self.get("/csrf")
        return str(json.loads(answer.text)["token"]) if answer.status else ""

    def form(self, path: str) -> dict[str, Any]:
        """Return what the form of a page that posts to itself would send untouched."""
        page = BeautifulSoup(self.get(path).text, "html.parser")
        own = (form for form in page.select("main form[method=post]"))
        found = next(form for form in own if str(form.get("action") or path) in (path, ""))
        return form_values(found)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": f"{COOKIE}={self.cookie}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return Answer(answer.status, answer.read().decode())
        except OSError:
            return Answer(0)
        except Exception as error:  # a half of an answer: http.client has many names for it
            if type(error).__module__ == "http.client":
                return Answer(0)
            raise


@dataclass
class Site:
    """An instance served by a process that the test starts, kills and starts again."""

    instance: Path
    port: int

    @property
    def database(self) -> Path:
        return self.instance / backup.DATABASE

    def visitors(self, login: str, count: int = 1) -> list[Visitor]:
        """Sign somebody in so many times; to be called while no server runs."""
        app = create_app(self.instance, TODAY="2020-12-09")
        with app.app_context():
            with writing():
                user = db.session.query(User).filter_by(login=login).one()
                tokens = [accounts.open_sign_in(user) for _ in range(count)]
            db.engine.dispose()
        return [Visitor(self.port, token) for token in tokens]

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        """Serve until the block ends; the process is ended by its id."""
        with nastav_run(self.instance, self.port, subprocess.DEVNULL) as process:
            wait_for(self.port)
            yield process


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def site_on(instance: Path) -> Site:
    """Return an instance that is not served yet."""
    return Site(instance, free_port())


def all_at_once(work: list[Callable[[], None]]) -> None:
    """Do everything in threads of its own and wait for the last one."""
    threads = [Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
