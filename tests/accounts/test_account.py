"""One's own account: details, sessions, the change of password (security.md#s5, security.md#s6)."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from nastav import dates
from nastav.accounts import passwords, queries
from nastav.accounts.models import SignIn, User
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from tests.conftest import PASSWORD, ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, field_names, find_form, soup, text_of

NEW_PASSWORD = "гроза над старым мостом"


def change(client: PageClient, old: str = PASSWORD, new: str = NEW_PASSWORD, **more: str) -> int:
    fields = {"password": old, "new_password": new, "new_password_again": new, **more}
    return client.fill("/account/password", **fields).status_code


def is_live(client: PageClient) -> bool:
    return client.get("/account").status_code == 200


def test_details_stand_where_the_coordinator_looks_for_them(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    answer = boris.fill("/account", post="завуч", phone="2-00-00", email="b@school.example")
    assert answer.status_code == 303
    with app.app_context():
        (contact,) = queries.contacts([cast.boris_school])[cast.boris_school]
    assert (contact.name, contact.post) == ("Борис Белов", "завуч")
    assert (contact.phone, contact.email) == ("2-00-00", "b@school.example")


def test_a_disabled_curator_is_nobodys_contact(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).disabled_at = dates.now()
    with app.app_context():
        found = queries.contacts([cast.boris_school, cast.vera_school])
    assert list(found) == [cast.vera_school], "and a head is none either"


def test_the_journal_names_the_fields_and_not_what_was_typed(app: Flask, boris: PageClient) -> None:
    boris.fill("/account", phone="2-00-00")
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="user:changed").one()
    assert entry.changes
    assert list(entry.changes) == ["phone"]
    assert "2-00-00" not in str(entry.changes)


def test_a_bad_address_keeps_what_was_typed(boris: PageClient) -> None:
    answer = boris.fill("/account", phone="2-00-00", email="school5")
    assert answer.status_code == 422
    assert "example.ru" in text_of(answer)
    typed = {str(tag["name"]): tag.get("value") for tag in soup(answer).select("main input[name]")}
    assert (typed["phone"], typed["email"]) == ("2-00-00", "school5")


def test_a_stale_form_shows_both_and_may_be_sent_again(boris: PageClient) -> None:
    stale = boris.get("/account")
    boris.fill("/account", phone="2-11-11")
    answer = boris.fill(stale, phone="2-22-22")
    assert answer.status_code == 409
    assert "2-11-11" in text_of(answer)
    phone = soup(answer).select_one("#phone")
    assert phone
    assert phone["value"] == "2-22-22"
    assert boris.fill(answer).status_code == 303, "«Оставить моё»"
    assert "2-22-22" in boris.get("/account").get_data(as_text=True)


def test_fields_that_are_not_on_the_form_are_not_taken(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with app.app_context():
        version = db.session.get_one(User, cast.users["boris"]).version
    extra = {
        "role": "coordinator",
        "school_id": cast.vera_school,
        "login": "anna",
        "district_id": 9,
    }
    typed = {"version": version, "name": "Борис Белов", "phone": "2-00-00", "must_change": "1"}
    assert boris.send("/account", {**typed, **extra}).status_code == 303
    with app.app_context():
        user = db.session.get_one(User, cast.users["boris"])
    assert (user.login, user.role.value) == ("boris", "curator")
    assert (user.school_id, user.phone, user.must_change) == (cast.boris_school, "2-00-00", False)


def test_other_sessions_can_be_ended(boris: PageClient, client_of: ClientOf) -> None:
    elsewhere, vera = client_of("boris"), client_of("vera")
    assert "этот сеанс" in text_of(boris.get("/account"))
    assert boris.fill("/account", "/account/sessions").status_code == 303
    assert not is_live(elsewhere)
    assert is_live(boris)
    assert is_live(vera)
    ends = [form for form in soup(boris.get("/account")).select("form") if "sessions" in str(form)]
    assert not ends, "nothing is left to end"


def test_sessions_that_ended_by_time_are_not_listed_and_are_forgotten(
    app: Flask, client_of: ClientOf
) -> None:
    with time_machine.travel(dates.now(), tick=False) as clock:
        client_of("boris")
        clock.shift(timedelta(hours=3))
        now = client_of("boris")
        assert text_of(now.get("/account")).count("последнее действие") == 1
        app.test_client().fill("/login", login="vera", password=PASSWORD)  # type: ignore[attr-defined]
    with app.app_context():
        assert db.session.query(SignIn).count() == 2


def test_a_changed_password_ends_the_other_sessions(
    boris: PageClient, client_of: ClientOf, nobody: PageClient
) -> None:
    elsewhere = client_of("boris")
    assert change(boris) == 303
    assert not is_live(elsewhere), "a copied cookie is worth nothing"
    assert is_live(boris)
    assert nobody.fill("/login", login="boris", password=PASSWORD).status_code == 422
    assert nobody.fill("/login", login="boris", password=NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "не тот пароль вовсе"}, "введён неверно"),
        ({"new": "сирень 17"}, "не меньше 12"),
        ({"new": "калининский-район"}, "легко угадать"),
        ({"new": "school-galina-boris"}, "легко угадать"),
        ({"new": PASSWORD}, "совпадает с прежним"),
        ({"new_password_again": "что-то другое совсем"}, "не совпали"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    app: Flask, cast: Cast, boris: PageClient, fields: dict[str, str], sentence: str
) -> None:
    old, new = fields.pop("old", PASSWORD), fields.pop("new", NEW_PASSWORD)
    typed = {"password": old, "new_password": new, "new_password_again": new, **fields}
    answer = boris.fill("/account/password", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("\xa0", " ")
    assert new not in answer.get_data(as_text=True), "a password is never sent back"
    with app.app_context():
        kept = db.session.get_one(User, cast.users["boris"]).password_hash
    assert passwords.is_right(PASSWORD, kept)


def test_the_old_password_cannot_be_guessed_in_a_stolen_session(boris: PageClient) -> None:
    for _ in range(10):
        assert change(boris, old="не тот пароль вовсе") == 422
    assert change(boris) == 429


def test_a_one_time_password_leads_to_the_change_from_every_page(
    app: Flask, cast: Cast, nobody: PageClient
) -> None:
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).must_change = True
    page = nobody.get(f"/login?tab=1&next=/schools/{cast.boris_school}")
    answer = nobody.fill(page, login="boris", password=PASSWORD)
    assert answer.location == "/account/password"
    for url in (f"/schools/{cast.boris_school}", f"/schools/{cast.boris_school}/mentees"):
        assert nobody.get(url).location == "/account/password", url
    assert "одноразовый" in text_of(nobody.get("/account/password"))
    assert change(nobody) == 303
    assert nobody.get(f"/schools/{cast.boris_school}/mentees").status_code == 200


def test_a_reset_during_the_change_wins(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one password is hashed outside any transaction the coordinator gives another."""

    def slow(password: str) -> str:
        with app.app_context(), writing():
            db.session.get_one(User, cast.users["boris"]).password_hash = "the coordinator's"
        return "one's own"

    monkeypatch.setattr(passwords, "hash_password", slow)
    assert change(boris) == 409
    with app.app_context():
        assert db.session.get_one(User, cast.users["boris"]).password_hash == "the coordinator's"


def test_no_password_field_could_come_back_in_a_hidden_field(boris: PageClient) -> None:
    names = field_names(find_form(boris.get("/account/password")))
    assert {name for name in names if "password" not in name} == {"csrf_token"}
