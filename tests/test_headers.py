"""What every answer carries, and what is refused before a view is reached.

See security.md#s10, security.md#s11, security.md#s16.
"""

import json
import logging

import pytest
from flask import Flask

from nastav import logs
from tests.support.cast import Cast
from tests.support.pages import PageClient

PATHS = ("/login", "/healthz", "/no/such/page", "/help", "/static/css/base.css")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(anna: PageClient, path: str) -> None:
    with anna.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/login", "/help", "/no/such/page"])
def test_pages_are_kept_nowhere(anna: PageClient, path: str) -> None:
    answer = anna.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "HX-Request" in answer.vary


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(nobody: PageClient) -> None:
    cookie = nobody.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_too_much_is_refused_with_a_sentence(app: Flask, anna: PageClient) -> None:
    token = anna.token()
    answer = anna.post("/account", data={"csrf_token": token, "name": "я" * 12_000_000})
    assert answer.status_code == 413
    assert "слишком больш" in answer.get_data(as_text=True)


def test_too_many_fields_are_refused(anna: PageClient) -> None:
    fields = {f"f{number}": "1" for number in range(2500)}
    answer = anna.post("/account", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_another_host_is_refused(anna: PageClient) -> None:
    answer = anna.get("/login", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "NASTAV_TRUSTED_HOSTS" in answer.get_data(as_text=True)


def test_an_address_cannot_forge_a_line_of_the_log(
    anna: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    anna.get("/no%0d%0a{%22forged%22:1}")
    lines = [logs.JsonLines().format(record) for record in caplog.records]
    assert lines
    for line in lines:
        assert "\n" not in line
        assert "\r" not in line
        json.loads(line)


def test_the_log_holds_no_form_and_no_name(
    anna: PageClient, nobody: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    nobody.fill("/login", login="boris", password="канарейка в клетке")
    anna.fill("/account", name="Канарейкина Анна")
    assert caplog.records
    assert "анарейк" not in " ".join(logs.JsonLines().format(record) for record in caplog.records)


def test_a_number_no_row_can_have_is_not_found(cast: Cast, boris: PageClient) -> None:
    own = f"/schools/{cast.boris_school}"
    for number in ("9" * 10, "9" * 25):
        for address in ("/schools", f"{own}/mentees", f"{own}/2020/pairs"):
            assert boris.get(f"{address}/{number}").status_code == 404
