"""One server and one browser for a worker; each test gets its own application behind them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

import pytest
from flask import Flask
from playwright.sync_api import Browser

from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.db import db, writing
from tests.browser.visitor import Visitor
from tests.paperwork.conftest import desk  # noqa: F401 - a fixture
from tests.support import tools
from tests.support.cast import Cast
from tests.support.served import served

Visit = Callable[..., Visitor]


class Stand:
    """A WSGI application that hands on to the application of the test that runs."""

    app: Flask
    config: ClassVar[dict[str, Any]] = {}  # as the server reads it when it takes the port

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        return self.app(environ, start)


@pytest.fixture(scope="session")
def stand() -> Iterator[tuple[Stand, str]]:
    """Return the stand and its address, served on a free port of this machine."""
    stand = Stand()
    with served(stand) as port:
        yield stand, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Drive the system's Chromium; it never downloads one."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {
        "executable_path": tools.find(tools.BROWSER),
        "args": ["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet],
    }


def open_window(
    browser: Browser,
    address: str,
    token: str | None = None,
    *,
    size: tuple[int, int] = (1366, 768),
    js: bool = True,
) -> Visitor:
    """Open a fresh browser window, signed in where there is a session's token."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=js,
        locale="ru-RU",
        timezone_id="Europe/Moscow",
    )
    if token:
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return Visitor(context.new_page(), address, has_scripts=js)


@pytest.fixture
def visit(stand: tuple[Stand, str], app: Flask, cast: Cast, browser: Browser) -> Iterator[Visit]:
    """Return a function: login (or None) → a visitor in a fresh browser window.

    At the end each visitor must have seen no error of a script, no refusal by the page's policy and no
    request that leaves the site.
    """
    server, address = stand
    server.app = app
    visitors = []

    def come(
        login: str | None = None, *, width: int = 1366, height: int = 768, js: bool = True
    ) -> Visitor:
        token = None
        if login:
            with app.app_context(), writing():
                token = accounts.open_sign_in(db.session.get_one(User, cast.users[login]))
        visitor = open_window(browser, address, token, size=(width, height), js=js)
        visitors.append(visitor)
        return visitor

    yield come
    for visitor in visitors:
        visitor.page.context.close()
        assert not visitor.complaints
