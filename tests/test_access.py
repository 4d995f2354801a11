"""The door: every route × every role × own, foreign and missing places.

See security.md#s1, security.md#s2, security.md#s9.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from nastav import access
from nastav.access import PUBLIC, Role
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.routes import doors, listing, may_enter

ROOT = Path(__file__).resolve().parent
ROLES = {
    "boris": Role.CURATOR,
    "galina": Role.HEAD,
    "anna": Role.COORDINATOR,
    "gleb": Role.OBSERVER,
}
MISSING = 987_654
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def address(path: str, *, school: int, district: int) -> str:
    """Fill a route's path: the given tenant, the open year, and objects that do not exist."""
    given = {
        "school_id": school,
        "district_id": district,
        "cycle": 2020,
        "ordinal": 1,
        "year": 2020,
    }
    known = {"name": "missing", "filename": "missing", "file": "missing", "book": "mentees"}

    def value(match: re.Match[str]) -> str:
        name = match.group(1).split(":")[-1]
        return str(given.get(name, known.get(name, MISSING)))

    return re.sub(r"<([^>]+)>", value, path)


def ask(client: PageClient, method: str, url: str, token: str = "") -> int:
    """Return the status of an answer; a token that is not given is asked for first."""
    if method == "GET":
        return int(client.get(url).status_code)
    data = {"csrf_token": token or client.token()}
    return int(client.post(url, data=data).status_code)


def guarded(app: Flask) -> list[tuple[str, str, str, str]]:
    found = [door for door in doors(app) if door[3] != PUBLIC]
    assert len(found) > 40, "the routes were not read"
    return found


def test_a_route_without_a_permission_stops_the_application(own_app: Flask) -> None:
    own_app.view_functions["bare"] = lambda: "open to everybody"
    own_app.url_map.add(own_app.url_rule_class("/bare", endpoint="bare"))
    with pytest.raises(RuntimeError, match="bare"):
        access.check_declared(own_app)


def test_rights_are_the_ones_agreed_on(app: Flask) -> None:
    agreed = (ROOT / "access.txt").read_text(encoding="utf-8")
    assert listing(app) == agreed, "see tests/support/routes.py"


def test_nobody_enters_without_signing_in(app: Flask, cast: Cast, nobody: PageClient) -> None:
    for path, method, endpoint, _permission in guarded(app):
        url = address(path, school=cast.boris_school, district=cast.district)
        answer = nobody.open(url, method=method)
        expected = 302 if method == "GET" else 401
        assert answer.status_code == expected, f"{method} {endpoint}: {answer.status_code}"
        fragment = nobody.open(url, method=method, headers={"HX-Request": "true"})
        assert fragment.status_code == 401, f"{method} {endpoint} as a fragment"


@pytest.mark.parametrize("login", ROLES)
def test_each_role_enters_its_own_place_only_where_it_may(
    app: Flask, cast: Cast, client_of: ClientOf, login: str
) -> None:
    client, role = client_of(login), ROLES[login]
    for path, method, endpoint, permission in guarded(app):
        url = address(path, school=cast.boris_school, district=cast.district)
        if endpoint in ("accounts.sign_out", "accounts.close_other_sessions"):
            continue  # would end the session this test works in
        status = ask(client, method, url)
        allowed = may_enter(role, permission, path)
        assert (status != 403) is allowed, f"{login} {method} {url}: {status}"
        assert status < 500, f"{login} {method} {url}: {status}"


@pytest.mark.parametrize("login", ROLES)
def test_a_foreign_place_looks_like_a_missing_one(
    app: Flask, cast: Cast, client_of: ClientOf, login: str
) -> None:
    client = client_of(login)
    foreign = cast.vera_school if ROLES[login] in access.SCHOOL_ROLES else MISSING
    seen, token = 0, client.token()  # a token that held no more would be 400
    for path, method, endpoint, _permission in guarded(app):
        if "school_id" not in path and "district_id" not in path:
            continue
        seen += 1
        for school in {foreign, MISSING}:
            url = address(path, school=school, district=MISSING)
            assert ask(client, method, url, token) == 404, f"{login} {method} {endpoint} {url}"
    assert seen > 30


@pytest.mark.parametrize("login", ["boris", "anna"])
def test_nothing_is_changed_without_this_sessions_token(
    app: Flask, cast: Cast, client_of: ClientOf, login: str
) -> None:
    client, other = client_of(login), client_of("vera")
    attacks: list[dict[str, Any]] = [
        {},
        {"data": {"csrf_token": other.token()}},
        {"data": {"csrf_token": client.token()}, "headers": {"Origin": "http://evil.example"}},
        {"data": {"csrf_token": client.token()}, "headers": {"Sec-Fetch-Site": "cross-site"}},
    ]
    tried = 0
    for path, method, endpoint, _permission in guarded(app):
        if method not in UNSAFE:
            continue
        url = address(path, school=cast.boris_school, district=cast.district)
        for attack in attacks:
            tried += 1
            assert client.open(url, method=method, **attack).status_code == 400, endpoint
    assert tried > 60


def test_the_coordinator_is_not_sent_to_the_coordinator(cast: Cast, client_of: ClientOf) -> None:
    by_role = {role: login for login, role in ROLES.items()}
    page = f"/schools/{cast.boris_school}/mentees"
    refused = client_of(by_role[Role.COORDINATOR]).get(page)
    assert refused.status_code == 403
    assert "открывают только сотрудники школы" in text_of(refused)
    assert "координатор" not in soup(refused).select_one("main").get_text()
    assert "обратитесь к муниципальному координатору" in text_of(
        client_of(by_role[Role.OBSERVER]).get(page)
    )
