"""Known browsers: a stranger's guesses close sign-in for strangers, and the mark opens nothing.

See security.md#s7.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from nastav import dates
from nastav.access import Actor
from nastav.accounts import operations, passwords, routes
from nastav.accounts.devices import operations as devices
from nastav.accounts.devices.models import Device
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from tests.accounts.test_sign_in import cookie_of, enter, is_live, new_browser
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of

WRONG = "не тот пароль вовсе"
NEW = "ветер гнёт тополя за рекой"


def guess(app: Flask, times: int, login: str = "boris", known: int | None = None) -> None:
    """Have wrong passwords counted for the browsers nobody knows, or for a known one."""
    with app.app_context(), writing():
        for _ in range(times):
            operations.count_attempt(login, "127.0.0.1", known)


def mark_of(client: PageClient) -> str:
    cookie = client.get_cookie(routes.MARK_COOKIE)
    assert cookie
    return cookie.value


def kept(app: Flask) -> list[tuple[int, bytes]]:
    with app.app_context():
        return [(device.user_id, device.mark_hash) for device in db.session.query(Device)]


def test_a_strangers_guesses_do_not_close_a_browser_that_signed_in_before(
    app: Flask, nobody: PageClient
) -> None:
    assert enter(nobody) == 303
    nobody.send("/logout")
    stranger = new_browser(app)
    assert [enter(stranger, password=WRONG) for _ in range(10)] == [422] * 10
    assert enter(stranger) == 429
    assert enter(new_browser(app)) == 429, "all browsers that are not known count together"
    assert enter(nobody) == 303


def test_a_known_browser_is_closed_by_ten_failures_of_its_own(
    app: Flask, nobody: PageClient
) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        assert enter(nobody) == 303
        nobody.send("/logout")
        assert [enter(nobody, password=WRONG) for _ in range(11)] == [422] * 10 + [429]
        assert enter(nobody) == 429
        assert enter(new_browser(app)) == 303, "nobody else is closed out"
        clock.shift(timedelta(minutes=6))
        assert enter(nobody) == 303


def test_a_known_browser_is_closed_by_a_hundred_failures_in_a_day(
    app: Flask, nobody: PageClient
) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        assert enter(nobody) == 303
        nobody.send("/logout")
        with app.app_context():
            known = db.session.query(Device).one().id
        for _ in range(10):
            guess(app, 10, known=known)
            clock.shift(timedelta(minutes=10))
        answer = nobody.fill("/login", login="boris", password=PASSWORD)
    assert answer.status_code == 429
    assert "за сутки" in text_of(answer)


def test_two_known_browsers_do_not_count_for_each_other(app: Flask, nobody: PageClient) -> None:
    other = new_browser(app)
    assert enter(nobody) == enter(other) == 303
    assert mark_of(nobody) != mark_of(other)
    nobody.send("/logout")
    other.send("/logout")
    assert [enter(nobody, password=WRONG) for _ in range(11)][-1] == 429
    assert enter(other) == 303


def test_the_journal_tells_each_closing_apart(app: Flask, nobody: PageClient) -> None:
    enter(nobody)
    nobody.send("/logout")
    guess(app, 9)
    enter(new_browser(app), password=WRONG)
    for _ in range(11):
        enter(nobody, password=WRONG)
    with app.app_context():
        rows = db.session.query(AuditEntry).filter_by(event="sign_in:throttled").count()
    assert rows == 2


def test_colleagues_at_one_browser_are_each_known_in_it(app: Flask, nobody: PageClient) -> None:
    assert enter(nobody, "boris") == 303
    nobody.send("/logout")
    assert enter(nobody, "galina") == 303
    nobody.send("/logout")
    assert len(kept(app)) == 2
    guess(app, 10, "boris")
    guess(app, 10, "galina")
    assert enter(nobody, "boris") == 303
    nobody.send("/logout")
    assert enter(nobody, "galina") == 303


def test_the_mark_opens_nothing_and_is_kept_as_a_hash(app: Flask, nobody: PageClient) -> None:
    enter(nobody)
    mark = mark_of(nobody)
    assert not is_live(app, mark)
    thief = new_browser(app)
    thief.set_cookie(routes.MARK_COOKIE, mark)
    assert thief.get("/account").status_code == 302
    assert enter(thief, password=WRONG) == 422
    assert len(mark) >= 22, "128 bits"
    assert all(mark.encode() not in found for _, found in kept(app))


def test_a_mark_that_was_not_given_out_here_is_not_taken_over(
    app: Flask, nobody: PageClient
) -> None:
    nobody.set_cookie(routes.MARK_COOKIE, "planted")
    assert enter(nobody) == 303
    assert mark_of(nobody) != "planted"


def test_the_mark_of_one_account_is_worth_nothing_for_another(
    app: Flask, nobody: PageClient
) -> None:
    enter(nobody, "vera")
    nobody.send("/logout")
    guess(app, 10, "boris")
    assert enter(nobody, "boris", PASSWORD) == 429


def test_the_cookie_of_the_mark_is_hidden_and_lasts_180_days(nobody: PageClient) -> None:
    enter(nobody)
    cookie = nobody.get_cookie(routes.MARK_COOKIE)
    assert cookie
    assert cookie.http_only
    assert cookie.max_age == 180 * 86400
    assert cookie.same_site == "Lax"


def reset(app: Flask, user: User) -> None:
    new_hash = passwords.hash_password(NEW)
    operations.set_password(Actor.system(), user, new_hash, must_change=False)


def close(app: Flask, user: User) -> None:
    operations.disable(Actor.system(), user)
    operations.enable(Actor.system(), user)


@pytest.mark.parametrize(("change", "password"), [(reset, NEW), (close, PASSWORD)])
def test_a_reset_or_disabled_account_is_known_nowhere(
    change: Callable[[Flask, User], None], password: str, app: Flask, cast: Cast, nobody: PageClient
) -> None:
    enter(nobody)
    nobody.send("/logout")
    with app.app_context(), writing():
        change(app, db.session.get_one(User, cast.users["boris"]))
    assert kept(app) == []
    guess(app, 10)
    assert enter(nobody, password=password) == 429


def test_a_changed_password_leaves_only_the_browser_it_was_changed_in(
    app: Flask, nobody: PageClient
) -> None:
    other, copied = new_browser(app), new_browser(app)
    enter(other)
    enter(nobody)
    copied.set_cookie(routes.MARK_COOKIE, mark_of(nobody))
    form = {"password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert nobody.fill("/account/password", **form).status_code == 303
    nobody.send("/logout")
    guess(app, 10)
    assert [enter(client, password=NEW) for client in (other, copied, nobody)] == [429, 429, 303]


def test_a_colleague_stays_known_when_the_password_of_the_other_changes(
    app: Flask, nobody: PageClient
) -> None:
    enter(nobody, "galina")
    nobody.send("/logout")
    enter(nobody)
    form = {"password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert nobody.fill("/account/password", **form).status_code == 303
    nobody.send("/logout")
    guess(app, 10, "galina")
    assert enter(nobody, "galina") == 303


def test_a_stranger_does_not_close_the_change_of_ones_own_password(
    app: Flask, nobody: PageClient
) -> None:
    enter(nobody)
    guess(app, 10)
    form = {"password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert nobody.fill("/account/password", **form).status_code == 303


def test_a_browser_not_used_for_180_days_is_forgotten(app: Flask, nobody: PageClient) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        enter(nobody)
        mark = mark_of(nobody)
        clock.shift(timedelta(days=181))
        nobody.set_cookie(routes.MARK_COOKIE, mark)
        guess(app, 10)
        assert enter(nobody) == 429
        clock.shift(timedelta(days=1))
        assert enter(new_browser(app), "vera") == 303, "any sign-in prunes"
        assert len(kept(app)) == 1


def test_a_use_dated_ahead_of_the_clock_counts_from_now(app: Flask, nobody: PageClient) -> None:
    now = dates.now()
    with time_machine.travel(now + timedelta(days=730), tick=False):
        enter(nobody)
    with time_machine.travel(now, tick=False) as clock:
        for days, expected in ((0, 1), (179, 1), (181, 0)):
            clock.move_to(now + timedelta(days=days))
            with app.app_context(), writing():
                devices.forget_old()
            assert len(kept(app)) == expected, days


def test_the_journal_tells_the_address_of_sign_ins_and_failures(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    enter(new_browser(app), password=WRONG)
    visitor = new_browser(app)
    enter(visitor)
    assert cookie_of(visitor)
    with app.app_context():
        rows = db.session.query(AuditEntry.event, AuditEntry.address).filter_by(subject="boris")
        entries = [tuple(row) for row in rows]
    assert entries == [("sign_in:failed", "127.0.0.1"), ("sign_in:opened", "127.0.0.1")]
    page = text_of(client_of("anna").get(f"/districts/{cast.district}/journal"))
    assert page.count("с адреса 127.0.0.1") == 2
