"""The coordinator's pages of the district's accounts."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav import dates
from nastav.access import Role
from nastav.accounts import operations, passwords, queries
from nastav.accounts.models import User
from nastav.accounts.operations import NewUser
from nastav.accounts.routes import COOKIE
from nastav.audit.models import AuditEntry
from nastav.audit.operations import record
from nastav.db import db, writing
from nastav.district import queries as districts
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.elsewhere import elsewhere
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

USERS = "/districts/1/settings/users"
SECRET = re.compile(r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\b")


def card(cast: Cast, login: str, action: str = "") -> str:
    return f"{USERS}/{cast.users[login]}{action}"


def slips(answer: TestResponse) -> dict[str, str]:
    """Return login → one-time password of the slips on an answer."""
    found = {}
    for slip in soup(answer).select(".slips li"):
        parts = [part.get_text() for part in slip.select("dt, dd")]
        found[parts[parts.index("Логин") + 1]] = parts[parts.index("Пароль") + 1]
    return found


def account(app: Flask, login: str) -> User:
    with app.app_context():
        found = queries.user_by_login(login)
        assert found, login
        return found


def add_second_coordinator(app: Flask) -> None:
    password_hash = passwords.hash_password(PASSWORD)
    with app.app_context(), writing():
        new = NewUser("alla", Role.COORDINATOR, password_hash, name="Алла", must_change=False)
        operations.add_user(operations.Actor.system(), 1, new)


def test_the_list_shows_every_account_and_its_last_sign_in(
    anna: PageClient, nobody: PageClient
) -> None:
    nobody.fill("/login", login="vera", password=PASSWORD)
    nobody.send("/logout")
    rows = {
        row.select_one("th").get_text(strip=True): row.get_text(" ")  # type: ignore[union-attr]
        for row in soup(anna.get(USERS)).select("tbody tr")
    }
    assert list(rows)[:2] == ["anna", "gleb"], "the district first, then the order's order"
    assert set(rows) == {"anna", "gleb", "vera", "boris", "galina"}
    assert f"{dates.local(dates.now()):%d.%m.%Y}" in rows["vera"], "although the session is over"
    assert "—" in rows["boris"]


def test_a_new_account_shows_its_password_once(
    app: Flask, cast: Cast, anna: PageClient, nobody: PageClient
) -> None:
    typed = {"login": "Dina", "role": "curator", "school_id": cast.vera_school, "name": "Дина"}
    answer = anna.fill(f"{USERS}/new", **typed)
    (secret,) = slips(answer).values()
    assert secret not in anna.get(USERS).get_data(as_text=True)
    assert account(app, "dina").school_id == cast.vera_school
    entered = nobody.fill("/login", login="dina", password=secret)
    assert entered.location == "/account/password"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"login": "boris", "role": "observer"}, "уже занят"),
        ({"login": "Борис", "role": "observer"}, "латинские буквы"),
        ({"login": "", "role": "observer"}, "Укажите логин"),
        ({"login": "dina", "role": "curator"}, "нужна школа"),
        ({"login": "dina", "role": "observer", "school_id": "4"}, "Исправьте роль"),
    ],
)
def test_a_refused_account_says_why_and_is_not_made(
    app: Flask, anna: PageClient, typed: dict[str, str], sentence: str
) -> None:
    answer = anna.fill(f"{USERS}/new", name="Дина Дёмина", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Дина Дёмина" in answer.get_data(as_text=True), "what was typed is kept"
    with app.app_context():
        assert db.session.query(User).count() == 5


def test_every_school_gets_a_curator_once(app: Flask, anna: PageClient) -> None:
    page = anna.get(USERS)
    made = slips(anna.fill(page, "/all"))
    assert len(made) == 11, "СОШ №5 and №2 have theirs"
    assert {"school1", "school14"} < set(made)
    assert len(set(made.values())) == 11
    again = anna.fill(page, "/all")
    assert again.status_code == 303
    text = text_of(anna.get(again.location))
    assert "уже выполнено" in text
    assert not SECRET.search(text)
    assert "Создать для всех школ" not in text
    with app.app_context():
        assert len(queries.contacts(districts.school_ids(1))) == 13
        assert db.session.query(User).count() == 5 + 11


def test_two_coordinators_at_once_make_one_account_a_school(
    app: Flask, anna: PageClient, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Анна's passwords are hashed another's click goes through."""
    first, second, hashed = anna.get(USERS), client_of("anna"), passwords.hash_password

    def slow(password: str) -> str:
        monkeypatch.setattr(passwords, "hash_password", hashed)
        assert len(slips(elsewhere(lambda: second.fill(USERS, "/all")))) == 11
        return hashed(password)

    monkeypatch.setattr(passwords, "hash_password", slow)
    assert anna.fill(first, "/all").status_code == 303
    with app.app_context():
        assert db.session.query(User).count() == 5 + 11


def test_slips_name_the_address_only_where_schools_can_open_it(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    app.config["TRUSTED_HOSTS"] = ["localhost", "nastav.example"]
    here = anna.fill(card(cast, "boris"), "/reset")
    assert "localhost" not in text_of(here)
    cookie = anna.get_cookie(COOKIE)
    assert cookie
    anna.set_cookie(COOKIE, cookie.value, domain="nastav.example")
    there = anna.post(
        card(cast, "boris", "/reset"),
        data={"csrf_token": anna.token(), "once_token": "another"},
        base_url="http://nastav.example",
    )
    assert "http://nastav.example/" in text_of(there)


def test_a_reset_ends_sessions_and_opens_a_closed_login(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient, nobody: PageClient
) -> None:
    for _ in range(10):
        nobody.fill("/login", login="boris", password="не тот пароль вовсе")
    page = anna.get(card(cast, "boris"))
    made = slips(anna.fill(page, "/reset"))
    assert boris.get("/account").status_code == 302, "a copied cookie is worth nothing"
    assert nobody.fill("/login", login="boris", password=PASSWORD).status_code == 422
    entered = nobody.fill("/login", login="boris", password=made["boris"])
    assert entered.location == "/account/password"
    assert anna.fill(page, "/reset").status_code == 303, "the second copy has no effect"
    assert passwords.is_right(made["boris"], account(app, "boris").password_hash)


def test_a_disabled_account_is_closed_at_once_and_can_be_opened(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient, nobody: PageClient
) -> None:
    assert anna.fill(card(cast, "boris"), "/disable").status_code == 303
    assert boris.get("/account").status_code == 302, "a copied cookie is worth nothing"
    assert nobody.fill("/login", login="boris", password=PASSWORD).status_code == 422
    assert "отключена" in text_of(anna.get(USERS))
    anna.fill(card(cast, "boris"), "/enable")
    assert nobody.fill("/login", login="boris", password=PASSWORD).status_code == 303
    assert boris.get("/account").status_code == 302, "an old session stays closed"


def test_the_last_coordinator_cannot_be_disabled(app: Flask, cast: Cast, anna: PageClient) -> None:
    answer = anna.fill(card(cast, "anna"), "/disable")
    assert answer.status_code == 422
    assert "последний координатор" in text_of(answer)
    add_second_coordinator(app)
    assert anna.fill(card(cast, "anna"), "/disable").status_code == 303
    assert anna.get(USERS).status_code == 302


def test_ones_own_password_is_changed_and_not_reset(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    assert "Сменить свой пароль" in text_of(anna.get(card(cast, "anna")))
    assert anna.send(card(cast, "anna", "/reset")).location == "/account/password"
    assert passwords.is_right(PASSWORD, account(app, "anna").password_hash)


def test_details_are_changed_and_a_stale_form_shows_both(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    stale = anna.get(card(cast, "boris"))
    boris.fill("/account", phone="2-11-11")
    answer = anna.fill(stale, phone="2-22-22", post="завуч")
    assert answer.status_code == 409
    assert "2-11-11" in text_of(answer)
    assert account(app, "boris").phone == "2-11-11"
    assert anna.fill(answer).status_code == 303
    assert (account(app, "boris").phone, account(app, "boris").post) == ("2-22-22", "завуч")


def add_foreign_user(app: Flask) -> int:
    with app.app_context(), writing():
        own = districts.district(1)
        assert own
        keep = ("id", "name", "version")
        columns = {c.key: getattr(own, c.key) for c in own.__table__.columns if c.key not in keep}
        other = type(own)(name="Другой район", **columns)
        db.session.add(other)
        db.session.flush()
        new = NewUser("foreign", Role.OBSERVER, "no hash", name="Чужой")
        return operations.add_user(operations.Actor.system(), other.id, new).id


def test_a_sign_in_dated_ahead_of_the_clock_is_not_the_last_one(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    now = dates.now()
    with app.app_context(), writing():
        for days in (730, -400):
            record(cast.actor("vera"), "sign_in:opened", subject=f"{days}")
            db.session.flush()
            entry = db.session.query(AuditEntry).filter_by(subject=f"{days}").one()
            entry.at = now + timedelta(days=days)
    page = text_of(anna.get(USERS))
    assert str((now + timedelta(days=730)).year) not in page
    assert str((now - timedelta(days=400)).year) in page


@pytest.mark.parametrize("action", ["", "/reset", "/disable", "/enable"])
def test_a_user_of_another_district_is_not_found(app: Flask, anna: PageClient, action: str) -> None:
    foreign = add_foreign_user(app)
    before = account(app, "foreign").version
    assert anna.get(f"{USERS}/{foreign}").status_code == 404
    assert anna.send(f"{USERS}/{foreign}{action}", {"version": 1}).status_code == 404
    assert account(app, "foreign").version == before
    assert "foreign" not in text_of(anna.get(USERS))


@pytest.mark.parametrize("login", ["boris", "galina", "gleb"])
def test_only_the_coordinator_manages_accounts(cast: Cast, client_of: ClientOf, login: str) -> None:
    client = client_of(login)
    assert client.get(USERS).status_code == 403
    assert client.send(card(cast, "vera", "/reset")).status_code == 403


@pytest.mark.parametrize("action", ["/new", "/all", "/{}", "/{}/reset", "/{}/disable"])
def test_nothing_is_done_without_this_sessions_token(
    app: Flask, cast: Cast, anna: PageClient, client_of: ClientOf, action: str
) -> None:
    url = USERS + action.format(cast.users["boris"])
    kept = account(app, "boris").password_hash
    fields = {"login": "dina", "role": "observer", "school_id": "0", "name": "x", "version": "1"}
    other, mine = client_of("anna").token(), anna.token()
    attacks: list[Callable[[], TestResponse]] = [
        lambda: anna.post(url, data=fields),
        lambda: anna.post(url, data={**fields, "csrf_token": other}),
        lambda: anna.post(
            url, data={**fields, "csrf_token": mine}, headers={"Origin": "http://evil.example"}
        ),
        lambda: anna.post(
            url, data={**fields, "csrf_token": mine}, headers={"Sec-Fetch-Site": "cross-site"}
        ),
    ]
    assert [attack().status_code for attack in attacks] == [400] * 4
    boris = account(app, "boris")
    assert (boris.is_active, boris.password_hash, boris.name) == (True, kept, "Борис Белов")
    with app.app_context():
        assert db.session.query(User).count() == 5


def test_no_password_reaches_the_journal_the_log_or_the_cookie(
    app: Flask, cast: Cast, anna: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secrets = slips(anna.fill(USERS, "/all"))
    secrets |= slips(anna.fill(card(cast, "boris"), "/reset"))
    assert len(secrets) == 12
    with app.app_context():
        rows = [str(vars(entry)) for entry in db.session.query(AuditEntry)]
    events = [row for row in rows if "user:added" in row or "password:reset" in row]
    assert len(events) >= 12
    notice = anna.get_cookie("session")
    text = " ".join([*rows, caplog.text, notice.value if notice else ""])
    assert not [secret for secret in secrets.values() if secret in text]


def test_a_form_sent_twice_makes_one_account(app: Flask, anna: PageClient) -> None:
    page = anna.get(f"{USERS}/new")
    data = {**form_values(find_form(page)), "login": "dina", "role": "observer"}
    assert anna.post(f"{USERS}/new", data=data).status_code == 200
    assert anna.post(f"{USERS}/new", data={**data, "login": "dina-2"}).status_code == 303
    with app.app_context():
        assert db.session.query(User).count() == 6
