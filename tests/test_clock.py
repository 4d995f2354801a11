"""R11: a clock three days back, two years on, or over midnight in Moscow makes no page fail."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
import time_machine
from flask import Flask

from tests.migrations.databases import DUMPS, close, restore, sign_in, site_on
from tests.support.pages import soup
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """Return the site on data of 2020–2021, with the machine's clock for its calendar."""
    restore(DUMPS[-1], tmp_path)
    app = site_on(tmp_path, today=None)
    with app.app_context():
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        close()


@pytest.mark.parametrize("login", ["coordinator", "school5"])
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_every_page_opens_whatever_the_clock_says(moment: str, login: str, site: Flask) -> None:
    with time_machine.travel(moment, tick=False):
        seen = open_every_page(sign_in(site, login))
    assert len(seen) > 30, seen
    assert {page: status for page, status in seen.items() if status >= 400} == {}


def test_a_sign_in_outlives_a_clock_set_back(site: Flask) -> None:
    with time_machine.travel(WRITTEN, tick=False):
        client = sign_in(site, "school5")
        assert client.get("/account").status_code == 200
    with time_machine.travel(MOMENTS["three days back"], tick=False):
        assert client.get("/account").status_code == 200
        saved = client.fill("/account", "/account", phone="8 (86163) 0-00-11")
    assert saved.status_code == 303
    with time_machine.travel(MOMENTS["two years on"], tick=False):
        assert client.get("/account").location == "/login?next=/account"


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
