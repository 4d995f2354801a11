"""What few requests need is not loaded by a server that starts and shows its first pages."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from flask import Flask

from nastav import revisions
from nastav.accounts.routes import COOKIE
from nastav.config import ROOT
from nastav.late import late
from tests.conftest import TODAY, ClientOf
from tests.support.cast import Cast

LATE = {
    "alembic",
    "attr",
    "cattrs",
    "docx",
    "flask_migrate",
    "icalendar",
    "lxml",
    "openpyxl",
    "xlrd",
    "xlsxwriter",
}
START = f"""
import sys
from pathlib import Path
from nastav import cli, revisions
_, folder, cookie, token, *paths = sys.argv
app = cli.create_app(Path(folder), TODAY="{TODAY}", TESTING=True)
with app.app_context():
    revisions.upgrade()
client = app.test_client()
client.set_cookie(cookie, token)
print(*(client.get(path).status_code for path in paths))
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {LATE!r}))
"""


def test_the_first_pages_load_no_library_of_files(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    for login, own in (
        ("anna", ["/districts/1/2020/stages", "/districts/1/coverage/2020"]),
        ("boris", [f"/schools/{cast.boris_school}", f"/schools/{cast.boris_school}/mentees"]),
    ):
        cookie = client_of(login).get_cookie(COOKIE)
        assert cookie is not None
        words = [app.instance_path, COOKIE, cookie.value, *own]
        ran = subprocess.run(
            [sys.executable, "-c", START, *words],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert ran.stdout.splitlines() == ["200 200", ""], login


def test_the_newest_revision_is_the_one_alembic_leads_to(app: Flask) -> None:
    revisions.prepare(app)
    with app.app_context():
        settings = app.extensions["migrate"].migrate.get_config()
    scripts = late("alembic.script", "ScriptDirectory").from_config(settings)
    assert scripts.get_current_head() == revisions.newest()
    assert {script.revision for script in scripts.walk_revisions()} == set(revisions.known())


def test_what_is_late_is_the_thing_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    own = SimpleNamespace(half=lambda number, *, of=2: number / of)
    monkeypatch.setitem(sys.modules, "own", own)
    half = late("own", "half")
    assert half(6) == 3
    assert half(6, of=3) == 2
    late("own").half = abs
    assert half(-6) == own.half(-6) == 6
