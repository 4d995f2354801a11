"""reliability.md#r11: a clock three days back, two years on, or over midnight in Moscow makes no
page fail."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from nastav import dates, revisions
from nastav.accounts import operations, queries
from nastav.accounts.models import FailedSignIn, SignIn
from nastav.backup import DATABASE
from nastav.config import ROOT
from nastav.db import db, writing
from tests.migrations.databases import DUMPS, close, restore, sign_in, site_on
from tests.support.pages import soup, text_of
from tests.support.walk import open_every_page

WRITTEN = "2021-10-20T09:00:00Z"  # when the data of the dump was entered
MOMENTS = {
    "three days back": "2021-10-17T09:00:00Z",
    "two years on": "2023-10-20T09:00:00Z",
    "the last second of a day": "2021-10-20T20:59:59Z",
    "the first second of a day": "2021-10-20T21:00:00Z",
    "New Year": "2021-12-31T21:00:00Z",
    "the first of September": "2022-08-31T21:00:00Z",
    "29 February": "2024-02-28T21:00:00Z",
}


@pytest.fixture(scope="module")
def only_site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return an application on data of 2020–2021 in the newest schema, which nobody has opened yet."""
    folder = tmp_path_factory.mktemp("clock")
    database = restore(DUMPS[-1], folder)
    app = site_on(folder, today=None)
    with app.app_context():
        revisions.upgrade()
        close()
    shutil.copyfile(database, folder / "kept")
    return app


@pytest.fixture
def site(only_site: Flask) -> Iterator[Flask]:
    """Return the site on data of 2020–2021, with the machine's clock for its calendar."""
    folder = Path(only_site.instance_path)
    shutil.copyfile(folder / "kept", folder / DATABASE)
    dates.configure(only_site.config["ZONE"], None)
    yield only_site
    with only_site.app_context():
        close()
    assert not list(folder.glob(f"{DATABASE}-*")), "a journal would be the next test's"


LOGINS = ("coordinator", "school5")


def walked(moment: str, login: str, site: Flask) -> None:
    """Open every page at a moment: none may fail."""
    with time_machine.travel(moment, tick=False):
        client = sign_in(site, login)
        client.checks = False  # what holds on every page is looked at on other days
        seen = open_every_page(client)
    assert len(seen) > 30, seen
    assert {page: status for page, status in seen.items() if status >= 400} == {}


@pytest.mark.parametrize(("name", "login"), zip(MOMENTS, cycle(LOGINS), strict=False))
def test_every_page_opens_whatever_the_clock_says(name: str, login: str, site: Flask) -> None:
    """Each moment by one of the two; `make soak` tries it by both."""
    walked(MOMENTS[name], login, site)


@pytest.mark.soak
@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_whoever_opens_them(moment: str, login: str, site: Flask) -> None:
    walked(moment, login, site)


def test_a_sign_in_ends_when_it_is_dated_over_five_minutes_ahead(site: Flask) -> None:
    with time_machine.travel(WRITTEN, tick=False) as clock:
        client = sign_in(site, "school5")
        clock.shift(timedelta(minutes=-4))
        assert client.get("/account").status_code == 200
        saved = client.fill("/account", "/account", phone="8 (86163) 0-00-11")
        assert saved.status_code == 303, "a clock set right a little disturbs nobody"
        clock.shift(timedelta(minutes=-2))
        assert client.get("/account").location == "/login?next=/account"
    with time_machine.travel(MOMENTS["two years on"], tick=False):
        assert client.get("/account").location == "/login?next=/account"


def test_a_sign_in_last_seen_in_the_future_is_ended_and_not_listed(site: Flask) -> None:
    with time_machine.travel("2021-10-20T09:00:00Z", tick=False) as clock:
        old, here = sign_in(site, "school5"), sign_in(site, "school5")
        clock.shift(timedelta(minutes=100))
        for client in (old, here):
            assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=-60))
        assert old.get("/account").status_code == 302
        again = sign_in(site, "school5")
        assert text_of(again.get("/account")).count("последнее действие") == 1
        with site.app_context(), writing():
            operations.forget_ended(idle=timedelta(hours=2), longest=timedelta(hours=12))
        with site.app_context():
            assert db.session.query(SignIn).count() == 2, "this one and the one of the dump"


def test_failures_from_the_future_close_nothing(site: Flask) -> None:
    with time_machine.travel(MOMENTS["two years on"], tick=False), site.app_context(), writing():
        for _ in range(100):
            operations.count_attempt("school5", "127.0.0.1")
        assert queries.must_wait("school5", "127.0.0.1", dates.now())
    with time_machine.travel(WRITTEN, tick=False), site.app_context(), writing():
        assert queries.must_wait("school5", "127.0.0.1", dates.now()) is None
        for _ in range(10):
            operations.count_attempt("school5", "127.0.0.1")
        assert db.session.query(FailedSignIn).count() == 10, "those ahead are deleted"
        wait = queries.must_wait("school5", "127.0.0.1", dates.now())
        earlier = dates.now() - timedelta(minutes=4)
        assert queries.must_wait("school5", "127.0.0.1", earlier) == wait == timedelta(minutes=5)


# a stored moment that is held against the clock …
COMPARED = re.compile(r"now(\(\))? - \w+\.\w*at\b|\.\w*at\b [<>]=? (dates\.)?now\b")
CAREFUL = re.compile(r"is_within|is_ahead|LEEWAY")  # … by a function that knows it may be ahead
NEED_NOT = {
    "load_user",  # of a sign-in that was just found to be live
    "device_of",  # `devices.forget_old` brings it back to now
    "forget",  # of `submitted`: deletes what is far ahead as well
}


def careless(source: str) -> list[str]:
    """Return the functions that trust a stored moment to be in the past."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    sources = {
        function.name: ast.get_source_segment(source, function) or "" for function in functions
    }
    return [
        name for name, text in sources.items() if COMPARED.search(text) and not CAREFUL.search(text)
    ]


def test_nothing_trusts_a_moment_to_be_in_the_past() -> None:
    assert careless("def one():\n    return now - step.at <= UNDO_FOR") == ["one"]
    assert careless("def one():\n    return select(A).where(A.made_at < now - KEPT)") == ["one"]
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "nastav").rglob("*.py")
        for name in careless(path.read_text(encoding="utf-8"))
        if name not in NEED_NOT
    ]
    assert found == []


def overdue(app: Flask) -> int:
    """Return how many stages of schools the district's list names as overdue now."""
    title = soup(sign_in(app, "anna").get("/districts/1/overdue")).title
    assert title
    return int(str(title.string).split(")")[0].strip("("))


def test_a_deadline_ends_with_its_day_in_moscow(instance: Path) -> None:
    app = site_on(instance, today=None)
    with time_machine.travel("2020-12-10T20:59:59Z", tick=False):
        before = overdue(app)
    with time_machine.travel("2020-12-10T21:00:00Z", tick=False):
        after = overdue(app)
    with app.app_context():
        close()
    assert before == 13 * 2
    assert after == 13 * 4, "stages III and V were due on 10 December"
