"""Whose address a request has behind nginx or Caddy: the person's, and nobody can forge it."""

from pathlib import Path

import pytest
from flask import request

from nastav import proxies
from nastav.app import create_app
from nastav.config import BadSetting
from tests.conftest import TODAY

NGINX = "127.0.0.1"
TRUSTED = proxies.networks(["127.0.0.1", "10.8.0.0/16", "fd00::/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "person"),
    [
        (NGINX, "91.0.0.7", "91.0.0.7"),
        (NGINX, "1.1.1.1, 91.0.0.7", "91.0.0.7"),  # the first part was sent by the person
        (NGINX, "91.0.0.7, 10.8.3.3", "91.0.0.7"),  # two proxies of our own
        (NGINX, "10.8.4.4, 10.8.3.3", "10.8.4.4"),  # nobody but our own
        (NGINX, "91.0.0.7:40112", "91.0.0.7"),
        (NGINX, "[2001:db8::7]:40112", "2001:db8::7"),
        (NGINX, "::ffff:91.0.0.7", "91.0.0.7"),
        ("fd00::2", "2001:db8::7", "2001:db8::7"),
        (NGINX, "", NGINX),
        (NGINX, "unknown", NGINX),
        (NGINX, "91.0.0.7, unknown", NGINX),
        (NGINX, "91.0.0.7, , ", NGINX),
        ("91.0.0.9", "91.0.0.7", "91.0.0.9"),  # asked past the proxy
        ("91.0.0.9", "127.0.0.1", "91.0.0.9"),
        ("", "91.0.0.7", ""),
    ],
)
def test_the_address_is_the_rightmost_one_that_no_trusted_proxy_has(
    peer: str, forwarded: str, person: str
) -> None:
    assert proxies.person(peer, forwarded, TRUSTED) == person


@pytest.mark.parametrize("setting", [[], "", "  "])
def test_nobody_is_trusted_until_the_setting_says_so(setting: object) -> None:
    assert proxies.networks(setting) == ()
    assert proxies.person("127.0.0.1", "91.0.0.7", ()) == "127.0.0.1"


@pytest.mark.parametrize(
    "setting", [["127.0.0.1", "10.0.0.0/8"], "127.0.0.1,10.0.0.0/8", "127.0.0.1 10.0.0.0/8"]
)
def test_a_list_and_a_line_say_the_same(setting: object) -> None:
    assert proxies.networks(setting) == proxies.networks(["127.0.0.1/32", "10.0.0.0/8"])


@pytest.mark.parametrize("setting", ["nginx", "300.1.1.1", "10.0.0.1/8", 10.5, "127.0.0.1;::1"])
def test_what_is_no_address_stops_the_start_with_a_sentence(
    setting: object, instance: Path
) -> None:
    with pytest.raises(BadSetting, match=r"NASTAV_TRUSTED_PROXIES: «.+» — не адрес"):
        create_app(instance, TODAY=TODAY, TRUSTED_PROXIES=setting)


@pytest.mark.parametrize(("trusted", "seen"), [("127.0.0.1", "91.0.0.7"), ("", "127.0.0.1")])
def test_a_view_sees_the_persons_address(trusted: str, seen: str, instance: Path) -> None:
    app = create_app(instance, TODAY=TODAY, TRUSTED_PROXIES=trusted)
    addresses: list[str | None] = []
    app.before_request(lambda: addresses.append(request.remote_addr))
    answer = app.test_client().get("/healthz", headers={"X-Forwarded-For": "127.0.0.1, 91.0.0.7"})
    assert answer.status_code == 200
    assert addresses == [seen]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "scheme"),
    [("127.0.0.1", "https", "https"), ("", "https", "http"), ("127.0.0.1", "ftp", "http")],
)
def test_only_a_trusted_proxy_says_that_https_was_used(
    trusted: str, forwarded: str, scheme: str, instance: Path
) -> None:
    app = create_app(instance, TODAY=TODAY, TRUSTED_PROXIES=trusted)
    schemes: list[str] = []
    app.before_request(lambda: schemes.append(request.scheme))
    app.test_client().get("/healthz", headers={"X-Forwarded-Proto": forwarded})
    assert schemes == [scheme]
