"""The demo with something made for every route, put back after each post, and a client of each role."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bs4 import Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from nastav import schema
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.db import db, writing
from tests.posts.recipes import RECIPES, Place, Recipe
from tests.posts.typing import typed_into
from tests.support.crawl import Walk
from tests.support.demo import LOGINS, client_of, session_login
from tests.support.pages import PageClient, form_values
from tests.support.posts import posts_on

Body = dict[str, Any]
HALF = re.compile("[\ud800-\udfff]")


@dataclass
class Scene:
    """The application, the addresses the walks met, and the database as it was."""

    app: Flask
    walks: dict[str, Walk]
    place: Place
    clients: dict[str, PageClient] = field(default_factory=dict)
    cookies: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clients = {role: client_of(self.app, role) for role in LOGINS}
        self.clients["nobody"] = self.app.test_client()  # type: ignore[assignment]
        with self.app.app_context(), writing():
            rivals = {role: _rival_of(session_login(role)) for role in LOGINS}
        self.clients |= {f"{role} too": self._signed_in(rivals[role]) for role in LOGINS}
        for role, client in self.clients.items():
            client.checks = False
            self.cookies[role] = dict(client._cookies or {})
        self.keep("start")

    def _signed_in(self, user_id: int) -> PageClient:
        client = self.app.test_client()
        with self.app.app_context(), writing():
            client.set_cookie(COOKIE, accounts.open_sign_in(db.session.get_one(User, user_id)))
        assert isinstance(client, PageClient)
        return client

    @property
    def _file(self) -> Path:
        return Path(self.app.instance_path) / "nastav.sqlite3"

    def holds(self, text: str) -> bool:
        """Tell whether a text, a day or a number is stored anywhere."""
        day = "-".join(reversed(text.split(".")))
        return any(value in (text, day) or text in value for value in self.stored())

    def has_bytes(self, mark: bytes) -> bool:
        """Tell whether the database's file has these bytes anywhere."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()  # nothing stays behind in a journal
        return mark in self._file.read_bytes()

    def stored(self) -> Iterator[str]:
        """Yield every value of every table, as text."""
        with self.app.app_context():
            for table in schema.METADATA.sorted_tables:
                for row in db.session.execute(select(table)):
                    yield from (str(value) for value in row)

    def keep(self, name: str) -> None:
        """Keep the database as it stands under a name."""
        self._copy(self._file, self._file.with_name(name))

    def put_back(self, name: str) -> None:
        """Put the database back as it was kept."""
        self._copy(self._file.with_name(name), self._file)

    def _copy(self, source: Path, target: Path) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()  # the last to close takes the journal in
        for ending in ("-wal", "-shm"):
            assert not self._file.with_name(self._file.name + ending).exists()
        shutil.copyfile(source, target)

    def prepare(self, endpoint: str) -> "Ready":
        """Return a route's form as it stands on its page, what it needs being there."""
        self.put_back("start")
        recipe = RECIPES.get(endpoint, Recipe())
        client, role, answer = self._open(endpoint, recipe)
        found = next(
            (post for post in posts_on(self.app, answer) if post.endpoint == endpoint), None
        )
        page = answer.request.full_path.rstrip("?")
        assert found, f"{endpoint}: no form of it on {page} ({answer.status_code})"
        self.keep("ready")
        body = {**form_values(found.form), **typed_into(found.form, recipe.typed())}
        sent = _Sent(client, found.target, found.has_file, dict(client._cookies or {}))
        return Ready(endpoint, role, page, found.form, body, sent.post, self)

    def _open(self, endpoint: str, recipe: Recipe) -> tuple[PageClient, str, TestResponse]:
        """Return the page where a route's form is, and who opened it."""
        names = vars(self.place)
        role, page = recipe.role or self._role_of(endpoint), recipe.page
        if recipe.after:
            before = self.prepare(recipe.after)
            answer = before.send(before.body)
            assert answer.status_code < 400, f"{recipe.after}, before {endpoint}"
            if not page and "Location" not in answer.headers:
                return self.clients[role], role, answer
            page = page.format(**names, before=before.page) or answer.location
        elif recipe.before:
            with self.app.app_context(), writing():
                page = page.format(**names, made=recipe.before(self.place))
        else:
            page = page.format(**names) or self._met(endpoint)[1]
        client = self.clients[role]
        client._cookies = dict(self.cookies[role])
        return client, role, client.get(page, follow_redirects=True)

    def _role_of(self, endpoint: str) -> str:
        recipe = RECIPES.get(endpoint, Recipe())
        if recipe.role or recipe.page:
            return recipe.role or "curator"
        return self._role_of(recipe.after) if recipe.after else self._met(endpoint)[0]

    def _met(self, endpoint: str) -> tuple[str, str]:
        for role, walk in self.walks.items():
            if endpoint in walk.forms:
                return role, walk.forms[endpoint]
        raise AssertionError(f"{endpoint}: no page was met with its form; RECIPES needs a line")


def _holds_halves(values: list[Any]) -> bool:
    """Tell whether any text has half of a letter, which werkzeug's client cannot put into parts."""
    return any(isinstance(value, str) and HALF.search(value) for value in values)


def _rival_of(login: str) -> int:
    """Give the place of somebody another user with the same rights; return the user's id."""
    user = db.session.scalars(select(User).filter_by(login=login)).one()
    names = ("role", "district_id", "school_id", "password_hash")
    same = {name: getattr(user, name) for name in names}
    rival = User(login=f"{login}-too", name="Второй Пользователь", **same)
    db.session.add(rival)
    db.session.flush()
    return rival.id


def _fresh(value: Any) -> Any:
    """Return a file told by its bytes and its name as one that is read now; anything else as it is."""
    if isinstance(value, tuple) and isinstance(value[0], bytes):
        return BytesIO(value[0]), value[1]
    return value


@dataclass
class _Sent:
    client: PageClient
    target: str
    has_file: bool
    cookies: dict[Any, Any]

    def post(self, body: Body, **kwargs: Any) -> TestResponse:
        self.client._cookies = dict(self.cookies)
        body = {name: _fresh(value) for name, value in body.items()}
        values = [
            value
            for each in body.values()
            for value in (each if isinstance(each, list) else [each])
        ]
        if self.has_file or any(isinstance(value, tuple) for value in values):
            if not _holds_halves(values):
                kwargs["content_type"] = "multipart/form-data"
                return self.client.post(self.target, data=body, **kwargs)
            body = {name: each for name, each in body.items() if not isinstance(each, tuple)}
        data = urlencode(body, doseq=True, errors="surrogatepass")
        kwargs["content_type"] = "application/x-www-form-urlencoded"
        return self.client.post(self.target, data=data, **kwargs)


@dataclass
class Ready:
    """A route's form, and a body that the route accepts."""

    endpoint: str
    role: str
    page: str
    form: Tag
    body: Body
    send: Callable[..., TestResponse]
    scene: Scene

    def elsewhere(self, body: Body) -> tuple[Callable[..., TestResponse], Body]:
        """Open the same form on another computer; return how a body is sent from there, and the body.

        It is another person's, but for what is only one's own.
        """
        role = self.role if self.is_own else f"{self.role} too"
        client = self.scene.clients[role]
        client._cookies = dict(self.scene.cookies[role])
        opened = posts_on(self.scene.app, client.get(self.page))
        found = next((post for post in opened if post.endpoint == self.endpoint), None)
        if found is None:  # its page was an answer to a post
            return self.send, body
        fresh = form_values(found.form)
        renewed = {key: fresh[key] for key in ("csrf_token", "once_token") if key in fresh}
        sent = _Sent(client, found.target, found.has_file, dict(client._cookies or {}))
        return sent.post, {**body, **renewed}

    @property
    def is_own(self) -> bool:
        """Tell whether the form is of the person's own account."""
        return self.endpoint.startswith("accounts.") or self.role == "nobody"

    def again(self) -> None:
        """Put everything back to the moment the form was opened."""
        self.scene.put_back("ready")
