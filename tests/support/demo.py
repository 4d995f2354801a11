"""The demo's database on the day the tests live in: a district where something of everything happened."""

import json
import shutil
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from nastav import setup
from nastav.access import Actor, Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from nastav.demo import operations as demo
from nastav.orders.loader import load
from nastav.stages.models import Activity, Evidence, SchoolStage, StageState
from tests.support.crawl import Walk, walk
from tests.support.pages import PageClient

WALKS = "walks.json"
TODAY = "2021-03-10"  # the first answers are in, the pairs have met
LOGINS = {
    "curator": "school5",
    "head": "head5",
    "coordinator": "coordinator",
    "observer": "observer",
    "curator at work": "",  # of a school with a stage in progress: see `_at_work`
}


def make_walks(demo: Path, folder: Path) -> None:
    """Walk the demo as each role, following links from the start page; keep what was met."""
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    app = create_app(folder, TODAY=TODAY, TESTING=True)
    app.test_client_class = PageClient
    met = {role: vars(walk(app, client_of(app, role), ["/"])) for role in LOGINS}
    (folder / WALKS).write_text(json.dumps(met), encoding="utf-8")
    with app.app_context():
        db.engine.dispose()


def read_walks(folder: Path) -> dict[str, Walk]:
    """Return what each role meets."""
    met = json.loads((folder / WALKS).read_text(encoding="utf-8"))
    return {role: Walk(**found) for role, found in met.items()}


def make_demo(folder: Path, today: str = TODAY) -> None:
    """Fill a new database as `nastav demo` does on a day; nobody can sign in with a password."""
    app = create_app(folder, TODAY=today)
    with app.app_context():
        setup.prepare(Actor.system("тест"))
        with writing():
            demo.fill(Actor.system("показ"), load(), "!")
        db.engine.dispose()


def session_of(app: Flask, role: str) -> str:
    """Open a session of the demo's person of a role; return its token."""
    with app.app_context(), writing():
        user = db.session.query(User).filter_by(login=session_login(role)).one()
        return accounts.open_sign_in(user)


def session_login(role: str) -> str:
    """Return the login of the demo's person of a role (needs an application context)."""
    return LOGINS[role] or _at_work()


def _at_work() -> str:
    """Return the login of another curator who has a stage in progress with a document in it."""
    rows = (
        select(User.login)
        .join(SchoolStage, SchoolStage.school_id == User.school_id)
        .join(Activity, Activity.stage_id == SchoolStage.stage_id)
        .join(Evidence, Evidence.activity_id == Activity.id)
        .where(
            SchoolStage.state.in_((StageState.IN_PROGRESS, StageState.RETURNED)),
            Evidence.school_id == User.school_id,
            User.role == Role.CURATOR,
            User.login.not_in(LOGINS.values()),
        )
        .order_by(User.id)
    )
    return str(db.session.scalars(rows).first())


def client_of(app: Flask, role: str) -> PageClient:
    """Return a client signed in as the demo's person of a role."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.set_cookie(COOKIE, session_of(app, role))
    return client
