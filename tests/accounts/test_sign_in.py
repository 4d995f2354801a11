"""Sign-in: one answer for every refusal, sessions on the server, no guessing (S5, S7)."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from nastav import dates
from nastav.accounts import passwords, routes
from nastav.accounts.models import FailedSignIn, SignIn, User
from nastav.db import db, writing
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of


def enter(client: PageClient, login: str = "boris", password: str = PASSWORD, **more: str) -> int:
    return client.fill("/login", login=login, password=password, **more).status_code


def cookie_of(client: PageClient) -> str:
    cookie = client.get_cookie(routes.COOKIE)
    assert cookie
    return cookie.value


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


def test_a_token_of_another_visitor_does_not_sign_in(app: Flask, nobody: PageClient) -> None:
    nobody.get("/login")
    stranger = app.test_client()
    answer = stranger.post(
        "/login", data={"csrf_token": "x.y", "login": "boris", "password": PASSWORD}
    )
    assert answer.status_code == 400
