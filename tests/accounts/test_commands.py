"""`nastav user …`: what the server's command line does to accounts."""

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from nastav.accounts import passwords, queries
from nastav.accounts.commands import user_commands
from nastav.accounts.models import SignIn, User
from nastav.audit.models import AuditEntry
from nastav.db import db
from tests.conftest import ClientOf
from tests.support.cast import Cast

OWN_PASSWORD = "гроза над старым мостом"


@pytest.fixture(autouse=True)
def _cast(cast: Cast) -> None:
    """Every command finds the cast."""


def run(app: Flask, *words: str, typed: str = "") -> Result:
    with app.app_context():
        return CliRunner().invoke(user_commands, words, input=typed)


def account(app: Flask, login: str) -> User:
    with app.app_context():
        found = queries.user_by_login(login)
        assert found, login
        return found


def shown_password(result: Result) -> str:
    found = re.findall(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", result.output)
    assert len(found) == 1, "shown exactly once"
    return str(found[0])


def test_a_curator_is_added_with_a_one_time_password(app: Flask) -> None:
    result = run(app, "add", "School1", "--role", "curator", "--school", "СОШ № 1")
    assert result.exit_code == 0, result.output
    user = account(app, "school1")
    assert user.must_change
    assert user.school_id is not None
    assert passwords.is_right(shown_password(result), user.password_hash)


def test_a_password_from_the_input_need_not_be_changed(app: Flask) -> None:
    words = ("add", "vice", "--role", "coordinator", "--name", "Вика Власова", "--password-stdin")
    result = run(app, *words, typed=OWN_PASSWORD + "\n")
    assert result.exit_code == 0, result.output
    assert OWN_PASSWORD not in result.output
    user = account(app, "vice")
    assert not user.must_change
    assert passwords.is_right(OWN_PASSWORD, user.password_hash)


@pytest.mark.parametrize("typed", ["", "короткий", "qwertyuiop123456"])
def test_a_weak_password_from_the_input_is_refused(app: Flask, typed: str) -> None:
    words = ("add", "vice", "--role", "coordinator", "--password-stdin")
    result = run(app, *words, typed=typed + "\n")
    assert result.exit_code == 1
    assert "фраз" in result.output, "says what to do"
    with app.app_context():
        assert queries.user_by_login("vice") is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "boris", "--role", "curator", "--school", "СОШ №1"), "уже занят"),
        (("add", "Борис", "--role", "observer"), "латинские буквы"),
        (("add", "new", "--role", "curator"), "Укажите школу"),
        (("add", "new", "--role", "observer", "--name", "я" * 201), "не больше 200"),
        (("add", "new", "--role", "head", "--school", "СОШ №999"), "Нет школы «СОШ №999»"),
        (("add", "new", "--role", "observer", "--school", "СОШ №1"), "Исправьте роль или школу"),
        (("add", "new", "--role", "observer", "--district", "Другой"), "Укажите район"),
        (("reset", "missing"), "Нет учётной записи «missing»"),
        (("disable", "anna"), "последний координатор"),
    ],
)
def test_a_mistake_is_explained_and_changes_nothing(
    app: Flask, words: tuple[str, ...], sentence: str
) -> None:
    with app.app_context():
        before = db.session.query(User).count()
    result = run(app, *words)
    assert result.exit_code == 1
    assert sentence in result.output
    with app.app_context():
        assert db.session.query(User).count() == before
        assert db.session.query(User).filter(User.disabled_at.is_not(None)).count() == 0


def test_a_reset_ends_sessions_and_asks_for_a_new_password(app: Flask, client_of: ClientOf) -> None:
    boris = client_of("boris")
    result = run(app, "reset", "boris")
    user = account(app, "boris")
    assert user.must_change
    assert passwords.is_right(shown_password(result), user.password_hash)
    assert boris.get("/account").status_code == 302


def test_disabling_ends_sessions_and_enabling_opens_the_account(
    app: Flask, client_of: ClientOf
) -> None:
    boris = client_of("boris")
    assert run(app, "disable", "boris").exit_code == 0
    assert boris.get("/account").status_code == 302
    assert not account(app, "boris").is_active
    with app.app_context():
        assert db.session.query(SignIn).count() == 0
    assert run(app, "enable", "boris").exit_code == 0
    assert account(app, "boris").is_active


def test_the_list_names_everybody_and_shows_who_is_disabled(app: Flask) -> None:
    run(app, "disable", "gleb")
    lines = run(app, "list").output.splitlines()
    of = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert set(of) == {"anna", "boris", "vera", "galina", "gleb"}
    assert "СОШ №5" in of["boris"]
    assert of["gleb"].endswith("отключена")
    assert not of["boris"].endswith("отключена")


def test_the_journal_names_the_command_line_and_no_password(app: Flask) -> None:
    password = shown_password(run(app, "reset", "boris"))
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="password:reset").one()
        kept = (entry.subject, entry.actor_name, entry.district_id)
    assert kept == ("boris", "командная строка", account(app, "boris").district_id)
    assert password not in str(kept)
