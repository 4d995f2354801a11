"""The shipped nginx and Caddy files of Debian 12 before the real site: each person keeps an own address."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from tests.conftest import PASSWORD
from tests.support.cast import Cast
from tests.support.pages import form_values
from tests.support.proxied import NAME, PROXIES, Browser, site_behind


def journal(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        rows = db.session.query(AuditEntry.event, AuditEntry.address).order_by(AuditEntry.id)
        return [(event, address) for event, address in rows if address]


def slip(anna: Browser, user_id: int) -> str:
    """Return the page with a new one-time password, and the address where it is typed."""
    card = f"/districts/1/settings/users/{user_id}"
    page = BeautifulSoup(anna.ask("GET", card)[1], "html.parser")
    form = page.select_one(f"form[action='{card}/reset']")
    assert form
    return anna.ask("POST", f"{card}/reset", form_values(form))[1]


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_address_of_each_person_arrives_and_cannot_be_forged(
    proxy: str, app: Flask, cast: Cast, instance: Path, tmp_path: Path
) -> None:
    with site_behind(proxy, instance, tmp_path) as port:
        guesser = Browser(port, "127.0.0.2", **{"X-Forwarded-For": "127.0.0.3"})
        assert guesser.sign_in("anna", "не тот пароль вовсе") == 422
        assert Browser(port, "127.0.0.3").sign_in("boris", PASSWORD) == 303
        anna = Browser(port, "127.0.0.4")
        assert anna.sign_in("anna", PASSWORD) == 303
        assert f"https://{NAME}:{port}/" in slip(anna, cast.users["vera"])
    assert journal(app) == [
        ("sign_in:failed", "127.0.0.2"),
        ("sign_in:opened", "127.0.0.3"),
        ("sign_in:opened", "127.0.0.4"),
    ]
