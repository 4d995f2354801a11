"""Sign-in: one answer for every refusal, sessions on the server, no guessing.

See security.md#s5, security.md#s7.
"""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from nastav import dates
from nastav.accounts import operations, passwords, queries, routes
from nastav.accounts.models import FailedSignIn, SignIn, User
from nastav.app import create_app
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.elsewhere import elsewhere
from tests.support.pages import PageClient, soup, text_of


def enter(client: PageClient, login: str = "boris", password: str = PASSWORD, **more: str) -> int:
    return client.fill("/login", login=login, password=password, **more).status_code


def cookie_of(client: PageClient) -> str:
    cookie = client.get_cookie(routes.COOKIE)
    assert cookie
    return cookie.value


def new_browser(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def is_live(app: Flask, token: str) -> bool:
    client = app.test_client()
    client.set_cookie(routes.COOKIE, token)
    return client.get("/account").status_code == 200


def test_login_and_password_open_a_session(nobody: PageClient) -> None:
    assert enter(nobody, " Boris ") == 303
    assert "Моя учётная запись" in text_of(nobody.get("/account"))


def test_a_wrong_password_and_a_missing_login_look_alike(nobody: PageClient) -> None:
    wrong = nobody.fill("/login", login="boris", password="не тот пароль вовсе")
    missing = nobody.fill("/login", login="nobody", password="не тот пароль вовсе")
    assert wrong.status_code == missing.status_code == 422
    assert text_of(wrong) == text_of(missing)
    assert "Неверный логин или пароль" in text_of(wrong)


def test_a_missing_login_is_hashed_too(nobody: PageClient, monkeypatch: object) -> None:
    calls: list[str | None] = []
    right = passwords.is_right

    def counted(password: str, password_hash: str | None) -> bool:
        calls.append(password_hash)
        return right(password, password_hash)

    monkeypatch.setattr(passwords, "is_right", counted)  # type: ignore[attr-defined]
    enter(nobody, "nobody")
    assert calls == [None]


def test_the_page_asked_for_opens_after_sign_in(nobody: PageClient) -> None:
    page = nobody.get("/account").location
    answer = nobody.fill(page, login="boris", password=PASSWORD)
    assert answer.location == "/account"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
    ],
)
def test_a_foreign_address_is_never_gone_on_to(nobody: PageClient, target: str) -> None:
    answer = nobody.fill("/login", login="boris", password=PASSWORD, next=target)
    assert answer.location == "/"
    again = nobody.get("/login", query_string={"next": target})
    assert again.location == "/", "somebody signed in is led on at once"


def test_a_second_sign_in_ends_the_first_session_of_this_browser(
    app: Flask, nobody: PageClient
) -> None:
    enter(nobody)
    first = cookie_of(nobody)
    nobody.set_cookie(routes.COOKIE, first)
    token = nobody.token()
    form = {"csrf_token": token, "login": "boris", "password": PASSWORD}
    assert nobody.post("/login", data=form).status_code == 303
    assert cookie_of(nobody) != first
    assert not is_live(app, first)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app: Flask, nobody: PageClient) -> None:
    enter(nobody)
    copied = cookie_of(nobody)
    assert is_live(app, copied)
    nobody.send("/logout")
    assert not is_live(app, copied)


def test_a_session_ends_two_hours_after_the_last_request(app: Flask, nobody: PageClient) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        enter(nobody)
        copied = cookie_of(nobody)
        clock.shift(timedelta(minutes=119))
        assert is_live(app, copied)
        clock.shift(timedelta(minutes=119))
        assert is_live(app, copied), "the request in between kept it alive"
        clock.shift(timedelta(minutes=121))
        assert not is_live(app, copied)


def test_a_session_ends_after_twelve_hours_in_any_case(app: Flask, nobody: PageClient) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        enter(nobody)
        copied = cookie_of(nobody)
        for _ in range(11):
            clock.shift(timedelta(minutes=64))
            assert is_live(app, copied)
        clock.shift(timedelta(minutes=64))
        assert not is_live(app, copied)


def test_the_server_keeps_only_the_hash_of_the_cookie(app: Flask, nobody: PageClient) -> None:
    enter(nobody)
    with app.app_context():
        kept = db.session.query(SignIn).one().token_hash
    assert len(kept) == 32
    assert cookie_of(nobody).encode() not in kept
    assert len(cookie_of(nobody)) >= 22, "128 bits"


def test_a_disabled_account_cannot_sign_in(app: Flask, cast: Cast, nobody: PageClient) -> None:
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).disabled_at = dates.now()
    assert enter(nobody) == 422


def test_a_session_of_a_disabled_account_opens_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    """Disabling ends the sessions; one that is there all the same (a restored database) is no way in."""
    assert boris.get("/account").status_code == 200
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).disabled_at = dates.now()
        opened = db.session.query(SignIn).filter_by(user_id=cast.users["boris"]).one()
        day = timedelta(days=1)
        asked = {"now": dates.now(), "idle": day, "longest": day}
        assert queries.live_sign_in(opened.token_hash, **asked) is None
    assert boris.get("/account").status_code == 302
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).disabled_at = None
    assert boris.get("/account").status_code == 200, "it was that and nothing else"


def test_ten_failures_close_an_account_for_five_minutes(app: Flask, nobody: PageClient) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        for _ in range(10):
            assert enter(nobody, password="не тот пароль вовсе") == 422
        answer = nobody.fill("/login", login="boris", password=PASSWORD)
        assert answer.status_code == 429
        assert "через 5 минут" in text_of(answer).replace("\xa0", " ")
        assert enter(app.test_client(), "vera") == 303, "others go on working"  # type: ignore[arg-type]
        clock.shift(timedelta(minutes=6))
        assert enter(nobody) == 303


def test_failures_are_kept_in_the_database_and_in_the_journal(
    app: Flask, nobody: PageClient, client_of: ClientOf
) -> None:
    enter(nobody, password="не тот пароль вовсе")
    enter(nobody, login="сирень у крыльца")
    with app.app_context():
        assert db.session.query(FailedSignIn).count() == 2
        journal = db.session.execute(db.text("select subject, event from audit_entry")).all()
    failed = [subject for subject, event in journal if event == "sign_in:failed"]
    assert failed == ["boris", "неизвестный логин"]


def test_a_password_typed_as_the_login_is_kept_nowhere(
    app: Flask, instance: Path, nobody: PageClient
) -> None:
    enter(nobody, login="secretphrase-of-mine")
    files = b"".join(path.read_bytes() for path in instance.glob("nastav.sqlite3*"))
    assert b"boris" in files
    assert b"secretphrase" not in files


def test_a_token_of_another_visitor_does_not_sign_in(app: Flask, nobody: PageClient) -> None:
    nobody.get("/login")
    stranger = app.test_client()
    answer = stranger.post(
        "/login", data={"csrf_token": "x.y", "login": "boris", "password": PASSWORD}
    )
    assert answer.status_code == 400


def test_the_cookie_is_hidden_from_scripts_and_secure_by_setting(
    app: Flask, nobody: PageClient
) -> None:
    for secure in (False, True):
        app.config["SECURE_COOKIES"] = secure
        answer = app.test_client().get("/login")
        token = soup(answer).select_one("input[name=csrf_token]")
        assert token
        visitor = answer.headers["Set-Cookie"].split(";")[0]
        answer = app.test_client(use_cookies=False).post(
            "/login",
            data={"csrf_token": token["value"], "login": "boris", "password": PASSWORD},
            headers={"Cookie": visitor},
        )
        cookie = next(
            c for c in answer.headers.getlist("Set-Cookie") if c.startswith(routes.COOKIE)
        )
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure
        assert "Expires" not in cookie, "it goes with the browser's window: no «remember me»"


def test_right_passwords_are_no_failures(app: Flask, nobody: PageClient) -> None:
    for _ in range(12):
        assert enter(nobody) == 303
        nobody.send("/logout")
    with app.app_context():
        assert db.session.query(FailedSignIn).count() == 0


def test_guesses_sent_at_once_do_not_slip_past_the_limit(
    app: Flask, nobody: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attempt is still being hashed when the next one comes."""
    verified: list[int] = []
    statuses: list[int] = []

    def slow(password: str, password_hash: str | None) -> bool:
        verified.append(1)
        if len(verified) < 20:
            client = app.test_client()
            statuses.append(elsewhere(lambda: enter(client, password="не тот пароль вовсе")))  # type: ignore[arg-type]
        return False

    monkeypatch.setattr(passwords, "is_right", slow)
    statuses.append(enter(nobody, password="не тот пароль вовсе"))
    assert len(verified) == 10
    assert sorted(statuses) == [422] * 10 + [429]


def fail(app: Flask, times: int, login: str, address: str = "127.0.0.1") -> None:
    with app.app_context(), writing():
        for _ in range(times):
            operations.count_attempt(login, address)


def test_a_hundred_failures_in_a_day_close_an_account_for_longer(
    app: Flask, nobody: PageClient
) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        for _ in range(10):
            fail(app, 10, "boris")
            clock.shift(timedelta(minutes=10))
        answer = nobody.fill("/login", login="boris", password=PASSWORD)
        assert answer.status_code == 429
        assert "через 23 часа" in text_of(answer).replace("\xa0", " ")
        clock.shift(timedelta(hours=22, minutes=25))
        assert enter(nobody) == 303


def test_an_address_is_closed_only_after_many_failures(app: Flask, nobody: PageClient) -> None:
    for number in range(99):
        fail(app, 1, f"guess{number}")
    assert enter(nobody) == 303, "a whole school shares an address"
    nobody.send("/logout")
    fail(app, 1, "guess99")
    assert enter(new_browser(app)) == 429
    assert enter(nobody) == 303, "a known browser is closed by its own failures only"
    fail(app, 100, "other", address="10.0.0.9")
    with app.app_context():
        assert queries.must_wait("vera", "10.0.0.8", dates.now()) is None


def test_the_limit_survives_a_restart(app: Flask, instance: Path) -> None:
    fail(app, 10, "boris")
    restarted = create_app(instance, TODAY="2020-12-09", TESTING=True)
    restarted.test_client_class = PageClient
    answer = restarted.test_client().fill("/login", login="boris", password=PASSWORD)  # type: ignore[attr-defined]
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    with restarted.app_context():
        db.engine.dispose()


def test_a_missing_login_is_closed_like_any_other(nobody: PageClient) -> None:
    statuses = [enter(nobody, "nobody", "не тот пароль вовсе") for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_the_journal_tells_once_that_an_account_was_closed(app: Flask, nobody: PageClient) -> None:
    for _ in range(15):
        enter(nobody, password="не тот пароль вовсе")
    with app.app_context():
        events = [entry.event for entry in db.session.query(AuditEntry).filter_by(subject="boris")]
    assert events == ["sign_in:failed"] * 10 + ["sign_in:throttled"]


def test_nobody_waits_while_a_password_is_hashed(
    app: Flask, cast: Cast, nobody: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another's write goes through meanwhile; and the account it disables is not let in."""

    def slow(password: str, password_hash: str | None) -> bool:
        with app.app_context(), writing():
            db.session.get_one(User, cast.users["boris"]).disabled_at = dates.now()
        return True

    monkeypatch.setattr(passwords, "is_right", slow)
    assert enter(nobody) == 422
    with app.app_context():
        assert db.session.query(SignIn).count() == 0


def test_an_old_hash_is_made_anew_at_sign_in(app: Flask, cast: Cast, nobody: PageClient) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).password_hash = weak
    assert enter(nobody) == 303
    with app.app_context():
        fresh = db.session.get_one(User, cast.users["boris"]).password_hash
    assert not passwords.needs_rehash(fresh)
    assert passwords.is_right(PASSWORD, fresh)
