"""A district keeps a coordinator who can sign in, whatever way the last one would go.

See rules.md#accounts.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from nastav import dates
from nastav.access import Actor, Role
from nastav.accounts import operations, queries
from nastav.accounts.models import User
from nastav.accounts.operations import NewUser
from nastav.config import ROOT
from nastav.db import db, writing
from tests.accounts.test_commands import run
from tests.accounts.test_users import add_foreign_user, card
from tests.conftest import ClientOf
from tests.support.cast import Cast, read_cast
from tests.support.pages import PageClient, text_of


def add(app: Flask, *logins: str, role: Role = Role.COORDINATOR) -> None:
    with app.app_context(), writing():
        for login in logins:
            operations.add_user(
                Actor.system(), 1, NewUser(login, role, "no hash", must_change=False)
            )


def by_page(app: Flask, client_of: ClientOf, who: str, login: str) -> bool:
    with app.app_context():
        cast = read_cast()
    answer = client_of_new(app, who).fill(card(cast, login), "/disable")
    if answer.status_code == 422:
        assert "последний координатор" in text_of(answer)
    return answer.status_code == 303


def client_of_new(app: Flask, login: str) -> PageClient:
    """Return a client of an account that this test added."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    with app.app_context(), writing():
        user = queries.user_by_login(login)
        assert user
        client.set_cookie("nastav_session", operations.open_sign_in(user))
    return client


def by_command(app: Flask, client_of: ClientOf, who: str, login: str) -> bool:
    answer = run(app, "disable", login)
    assert answer.exit_code == 0 or "последний координатор" in answer.output
    return answer.exit_code == 0


WAYS = pytest.mark.parametrize("way", [by_page, by_command])
Way = Callable[[Flask, ClientOf, str, str], bool]


def active(app: Flask) -> set[str]:
    with app.app_context():
        rows = db.session.query(User).filter_by(role=Role.COORDINATOR, disabled_at=None)
        return {user.login for user in rows}


@WAYS
@pytest.mark.parametrize("order", [("alla", "olga", "anna"), ("anna", "alla", "olga")])
def test_of_three_coordinators_two_can_be_disabled_in_any_order(
    way: Way, order: tuple[str, str, str], app: Flask, client_of: ClientOf
) -> None:
    add(app, "alla", "olga")
    done = [way(app, client_of, order[-1], login) for login in order]
    assert done == [True, True, False]
    assert active(app) == {order[-1]}


@WAYS
def test_a_disabled_coordinator_stands_in_for_nobody(
    way: Way, app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    add(app, "alla", "olga")
    with app.app_context(), writing():
        for login in ("alla", "olga"):
            db.session.query(User).filter_by(login=login).one().disabled_at = dates.now()
    assert not way(app, client_of, "anna", "anna")
    assert active(app) == {"anna"}


@WAYS
def test_neither_an_observer_nor_another_districts_coordinator_counts(
    way: Way, app: Flask, client_of: ClientOf
) -> None:
    add(app, "olga", role=Role.OBSERVER)
    foreign = add_foreign_user(app)
    with app.app_context(), writing():
        db.session.get_one(User, foreign).role = Role.COORDINATOR
    assert not way(app, client_of, "anna", "anna")


def test_one_who_is_disabled_already_may_be_disabled_again(app: Flask) -> None:
    add(app, "alla")
    assert run(app, "disable", "alla").exit_code == 0
    assert run(app, "disable", "alla").exit_code == 0, "nobody is taken away by it"
    assert active(app) == {"anna"}


def test_two_coordinators_who_disable_each_other_leave_one(app: Flask, cast: Cast) -> None:
    add(app, "alla")
    with app.app_context():
        cast = read_cast()
    anna, alla = client_of_new(app, "anna"), client_of_new(app, "alla")
    first, second = anna.get(card(cast, "alla")), alla.get(card(cast, "anna"))
    assert anna.fill(first, "/disable").status_code == 303
    assert alla.fill(second, "/disable").status_code in (302, 400, 401)
    assert active(app) == {"anna"}


def test_nothing_but_disabling_takes_a_coordinator_away() -> None:
    """A role never changes, and no account is deleted: whoever adds that asks the same question."""
    ways = re.compile(r"\.disabled_at = |\.role = |\bdelete\(User\b|session\.delete\(user\b")
    found = [
        line.strip()
        for path in (ROOT / "nastav").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ways.search(line)
    ]
    assert found == ["user.disabled_at = dates.now()", "user.disabled_at = None"]
