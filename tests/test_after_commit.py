"""reliability.md#r13: after a commit no answer says «не сохранено», whatever breaks; nearly every
POST is broken once.

Every form is sent as each role finds it on its pages, and what comes right after the commit fails.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav import dates, db, unit
from nastav.accounts.models import User
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.crawl import Walk
from tests.support.demo import TODAY as DEMO_TODAY
from tests.support.demo import client_of as demo_client
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.people import add_person
from tests.support.posting import Shown, shown_on
from tests.support.unlinked import unlinked
from tests.test_clicks import (
    FORMS,
    LATER,
    Form,
    curators_of_all_but_two,
    ids,  # noqa: F401 - a fixture
    next_year,
)

WHO = ("curator", "coordinator", "curator at work")
FALSE = ("не сохранен", "Ошибка на сервере", "Повторите", "сохраните снова")
NEW = "облепиха за сараем 31"
TYPED: dict[str, dict[str, Any]] = {
    "loads.take": {"text": "ФИО\tКласс\nНовичков Пётр\t7А"},
    "accounts.password": {
        "password": PASSWORD,
        "new_password": NEW,
        "new_password_again": NEW,
    },
    "accounts.sign_in_post": {"login": "dina", "password": PASSWORD},
    "stages.table.save": {"pasted": ""},
    "review.decide": {"decision": "accept"},
}
# pages of the cast's school after the forms of `test_clicks` were sent there: (login, address)
AFTER_THEM = (
    ("anna", "/districts/{district}/matches"),
    ("anna", "/schools/{school}/2020/stages/1/review"),
    ("boris", "/schools/{school}/2020/stages/1"),
    ("boris", "/schools/{school}/2021/classes"),
    ("boris", "/schools/{school}/2020/pairs/closing"),
    ("boris", "/schools/{school}/2020/pairs/{pair}"),
    ("boris", "/schools/{school}/mentees/{line}"),
    ("boris", "/schools/{school}/2020/feedback/links/1"),
    ("boris", "/schools/{school}/mentees/import"),
    ("anna", "/districts/{district}/settings/users/5"),
    ("boris", "/schools/{school}/2020/stages/2/edit"),
    ("boris", "/account"),
    ("boris", "/account/password"),
)


# what no page here leads to; it answers through the same two functions of `htmx`
UNBROKEN = set(
    """
    codes.check codes.replace ballots.move_end ballots.open_box loads.undo
    pairs.closing.carry_all_on pairs.closing.carry_on pairs.life.leave pairs.plans.take
    pairs.registers.leaving.come_back pairs.transfers.refuse review.decline stages.evidence.remove
    stages.evidence.take_over stages.sending.withdraw stages.table.save
""".split()
)


class Broken(Exception):
    """What is injected."""


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything that follows a commit fail at once."""
    real = db.settle

    def settle() -> None:
        real()
        if unit.current().kept:
            raise Broken

    monkeypatch.setattr(db, "settle", settle)


@dataclass
class Broke:
    """The routes whose answers broke after their commit, and what was false in an answer."""

    app: Flask
    routes: set[str] = field(default_factory=set)
    false: list[str] = field(default_factory=list)

    def endpoint(self, path: str) -> str:
        adapter = self.app.url_map.bind("localhost")
        return str(adapter.match(urlsplit(path).path, method="POST")[0])

    def note(self, client: PageClient, answer: TestResponse) -> str | None:
        """Look at an answer; return where it leads on, None if it did not come after a commit."""
        endpoint = self.endpoint(answer.request.path)
        way = answer.headers.get("X-Saved")
        if way is None:
            return None
        self.routes.add(endpoint)
        told = text_of(answer)
        link = soup(answer).select_one(f"a[href='{way}']")
        lies = [word for word in FALSE if word in told]
        if lies or link is None or client.get(way).status_code >= 400:
            self.false.append(f"{endpoint}: {lies} {way} {told[-300:]}")
        return way


def break_all(
    broke: Broke, clients: dict[str, PageClient], pages: Iterable[tuple[str, str]]
) -> None:
    """Send every form of the pages, and those that appear, until each route has broken once."""
    waiting: deque[Shown] = deque()
    met: set[Shown] = set()

    def look(role: str, page: str) -> None:
        for one in shown_on(clients[role].get(page), role, page):
            if one not in met and not one.action.endswith("/logout"):
                met.add(one)
                waiting.append(one)

    for role, page in pages:
        look(role, page)
    while waiting:
        one = waiting.popleft()
        endpoint = broke.endpoint(one.action)
        for everywhere in (False, True):
            if endpoint in broke.routes:
                break
            client = clients[one.role]
            answer = one.send(client, TYPED.get(endpoint, {}), everywhere=everywhere)
            way = broke.note(client, answer) if answer else None
            if way:
                for role in clients:
                    look(role, way)
                    look(role, one.page)


def break_a_form(broke: Broke, form: Form, client: PageClient, places: dict[str, int]) -> None:
    """Send a form of the other list as it is there."""
    page = form.page.format(**places)
    found = find_form(client.get(page), form.action)
    typed = {name.format(**places): value.format(**places) for name, value in form.typed.items()}
    action = str(found.get("action") or page)
    answer = client.post(
        action, data={**form_values(found), **typed}, headers={"Referer": f"http://localhost{page}"}
    )
    broke.note(client, answer)


def break_the_forms_of_clicks(
    broke: Broke, cast: Cast, places: dict[str, int], client_of: ClientOf
) -> None:
    """Send what `test_clicks` sends, then every form of the pages that this leads to."""
    with broke.app.app_context(), db.writing():
        add_person(cast.vera_school, "Ёлкин Лев")  # may be the same child
        next_year(cast)
        curators_of_all_but_two(cast)
    for form in FORMS + LATER:
        if form.table != "cycle":  # made above
            break_a_form(broke, form, client_of(form.login), places)
    client_of("boris")  # another session, to be closed
    clients = {login: client_of(login) for login in ("anna", "boris")}
    break_all(broke, clients, [(login, page.format(**places)) for login, page in AFTER_THEM])
    nobody = broke.app.test_client()
    assert isinstance(nobody, PageClient)
    broke.note(nobody, nobody.fill("/login", login="galina", password=PASSWORD))
    broke.note(clients["boris"], clients["boris"].send("/logout"))


def break_the_demo(broke: Broke, walks: dict[str, Walk]) -> None:
    """Send every form of the demo."""
    dates.configure(broke.app.config["ZONE"], date.fromisoformat(DEMO_TODAY))
    with broke.app.app_context(), db.writing():
        school = db.db.session.query(User.school_id).filter_by(login="school5").scalar()
        made = unlinked(school, 2)
    clients = {role: demo_client(broke.app, role) for role in WHO}
    pages = [(role, one[0]) for role in WHO for one in walks[role].pages.values()]
    break_all(broke, clients, [*pages, *(("curator", one) for one in made.values())])


def test_no_answer_after_a_commit_says_that_nothing_is_saved(
    app: Flask,
    cast: Cast,
    ids: dict[str, int],  # noqa: F811
    client_of: ClientOf,
    demo: Flask,
    walks: dict[str, Walk],
    breaking: None,
) -> None:
    clicks, shown = Broke(app), Broke(demo)
    break_the_forms_of_clicks(clicks, cast, ids, client_of)
    break_the_demo(shown, walks)
    assert clicks.false + shown.false == []
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert " ".join(sorted(posts - clicks.routes - shown.routes)) == " ".join(sorted(UNBROKEN))
