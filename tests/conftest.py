"""Fixtures: an application on a copy of one ready database, the cast, and their clients."""

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from nastav import closed, config, dates, kept, setup
from nastav.access import Actor
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import Nastav, create_app
from nastav.db import db, writing
from tests.support import databases
from tests.support.cast import Cast, add_cast, read_cast
from tests.support.crawl import Walk
from tests.support.demo import TODAY as DEMO_TODAY
from tests.support.demo import make_demo, make_walks, read_walks
from tests.support.locked import made_once
from tests.support.pages import PageClient
from tests.support.slow import pytest_collection_modifyitems  # noqa: F401 - a hook
from tests.support.strict import pytest_sessionfinish  # noqa: F401 - a hook

TODAY = "2020-12-09"  # the day before 10.12, when stages III and V fall due
PASSWORD = "сирень у крыльца 17"

ClientOf = Callable[[str], PageClient]


def make_template(folder: Path) -> None:
    """Load the order and the cast into a new database."""
    databases.create(folder)
    app = create_app(folder, TODAY=TODAY, **databases.settings(folder))
    with app.app_context():
        setup.prepare(Actor.system("тест"))
        with writing():
            add_cast(1, accounts.hash_password(PASSWORD))
        db.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def rarer_collections() -> None:
    """Look for garbage less often: a parsed page is some ten thousand objects that all live."""
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have each template compiled once and not for every application: a fifth of all tests' time."""
    folder = tmp_path_factory.getbasetemp().parent / "jinja"
    folder.mkdir(exist_ok=True)
    cache = FileSystemBytecodeCache(str(folder))
    Nastav.jinja_options = {**Flask.jinja_options, "bytecode_cache": cache}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the ready database, made once for all workers."""
    return made_once(tmp_path_factory, "template", make_template)


@pytest.fixture(scope="session")
def worker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where this worker's instance folder stands."""
    return tmp_path_factory.mktemp("worker") / "instance"


@pytest.fixture
def instance(template: Path, worker_folder: Path) -> Path:
    """Return an instance folder with a copy of the ready database."""
    databases.copy(template, worker_folder)
    closed.close(worker_folder)  # as the commands leave it
    return worker_folder


@pytest.fixture(scope="session")
def only_app(template: Path, worker_folder: Path) -> Flask:
    """Return this worker's application: making one takes longer than most tests."""
    shutil.copytree(template, worker_folder, dirs_exist_ok=True)
    ours = databases.settings(worker_folder)
    app = create_app(worker_folder, TODAY=TODAY, TESTING=True, **ours)
    app.test_client_class = PageClient
    return app


@pytest.fixture
def app(instance: Path, only_app: Flask) -> Iterator[Flask]:
    """Return the application on 9 December 2020, with the order loaded and the cast signed up.

    A test may change its settings, not its routes: these are the next test's too.
    """
    settings = dict(only_app.config)
    dates.configure(only_app.config["ZONE"], config.fixed_today(TODAY))
    kept.forget()
    yield only_app
    only_app.config.clear()
    only_app.config.update(settings)
    with only_app.app_context():
        db.engine.dispose()


@pytest.fixture
def own_app(instance: Path) -> Iterator[Flask]:
    """Return an application of this test alone, which it may give routes of its own."""
    app = create_app(instance, TODAY=TODAY, TESTING=True, **databases.settings(instance))
    app.test_client_class = PageClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Return the ids of the cast."""
    with app.app_context():
        return read_cast()


@pytest.fixture
def client_of(app: Flask, cast: Cast) -> ClientOf:
    """Return a function: login → a client signed in as that member of the cast."""

    def sign_in(login: str) -> PageClient:
        client = app.test_client()
        assert isinstance(client, PageClient)
        with app.app_context(), writing():
            token = accounts.open_sign_in(db.session.get_one(User, cast.users[login]))
        client.set_cookie(COOKIE, token)
        return client

    return sign_in


@pytest.fixture
def anna(client_of: ClientOf) -> PageClient:
    """Return the coordinator's client."""
    return client_of("anna")


@pytest.fixture
def boris(client_of: ClientOf) -> PageClient:
    """Return the client of the curator of СОШ №5."""
    return client_of("boris")


@pytest.fixture
def vera(client_of: ClientOf) -> PageClient:
    """Return the client of the curator of СОШ №2."""
    return client_of("vera")


@pytest.fixture
def galina(client_of: ClientOf) -> PageClient:
    """Return the client of the head of СОШ №5."""
    return client_of("galina")


@pytest.fixture
def gleb(client_of: ClientOf) -> PageClient:
    """Return the client of the observer."""
    return client_of("gleb")


@pytest.fixture
def nobody(app: Flask) -> PageClient:
    """Return the client of somebody who has not signed in."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the demo's database, made once for all workers."""
    return made_once(tmp_path_factory, "demo", make_demo)


@pytest.fixture(scope="session")
def walks(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> dict[str, Walk]:
    """Return what each role meets in the demo, walked once for all workers."""
    folder = made_once(tmp_path_factory, "walks", partial(make_walks, demo_template))
    return read_walks(folder)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> Iterator[Flask]:
    """Return the application on a copy of the demo's database."""
    folder = tmp_path_factory.mktemp("every") / "demo"
    shutil.copytree(demo_template, folder)
    app = create_app(folder, TODAY=DEMO_TODAY, TESTING=True)
    app.test_client_class = PageClient
    yield app
    with app.app_context():
        db.engine.dispose()
