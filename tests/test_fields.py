"""No form of a school of a thousand sends more fields than the site takes (security.md#s11)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bench import crowded
from bench.fill import TODAY, fill
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from nastav.gatherings.occasions.models import OccasionPart
from nastav.pairs.models import Pair, PairMember, PairState
from tests.support.pages import form_values

pytestmark = pytest.mark.xdist_group("fields")  # the school is filled once
MENTEES, MENTORS = 1000, 600  # a pair for each mentor


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, FlaskClient, Path]]:
    """Return a school's application, its curator and its folder."""
    folder = tmp_path_factory.mktemp("crowded")
    _, token = fill(folder, 1, mentees=MENTEES, mentors=MENTORS)
    app = create_app(folder, TODAY=TODAY)
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    yield app, client, folder
    with app.app_context():
        db.engine.dispose()


def sent(form: Tag) -> int:
    """Return how many fields a form sends when every box is ticked."""
    fields = form.select("input[name], select[name], textarea[name]")
    buttons = {"submit", "button", "reset", "image"}
    plain = [field for field in fields if field.get("type") not in {*buttons, "radio"}]
    return len(plain) + len({field["name"] for field in fields if field.get("type") == "radio"}) + 1


def largest(client: FlaskClient, paths: list[str]) -> dict[str, int]:
    """Return address → fields of the largest form that posts, of pages that hold one."""
    found = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            page = BeautifulSoup(answer.data, "html.parser")
            if forms := page.select("form[method=post]"):
                found[path] = max(sent(form) for form in forms)
    return found


def test_no_form_of_a_thousand_has_too_many_fields(
    school: tuple[Flask, FlaskClient, Path],
) -> None:
    app, client, _ = school
    found = largest(client, sorted(set(crowded.addresses(app, crowded.SCHOOL))))
    most = app.config["MAX_FORM_PARTS"]
    assert len(found) > 20
    assert max(found.values()) > 1000  # the school is crowded
    assert {path: count for path, count in found.items() if count > most} == {}


def test_nor_while_all_pairs_are_drafts_or_nobody_has_one(
    school: tuple[Flask, FlaskClient, Path],
) -> None:
    app, client, _ = school
    pairs = "/schools/1/2020/pairs"
    with app.app_context(), writing():
        db.session.execute(update(Pair).values(state=PairState.DRAFT))
    drafts = largest(client, [f"{pairs}/drafts"])
    with app.app_context(), writing():
        db.session.execute(PairMember.__table__.delete())
    unpaired = largest(client, [f"{pairs}/matching", f"{pairs}/new"])
    with app.app_context(), writing():
        db.session.execute(update(Pair).values(state=PairState.ACTIVE))
    most = app.config["MAX_FORM_PARTS"]
    assert len(drafts) + len(unpaired) == 3
    assert all(50 < count <= most for count in {**drafts, **unpaired}.values())


def form_of(client: FlaskClient, path: str) -> tuple[str, dict[str, Any], list[str]]:
    """Return where a page's form posts, what it would send, and the values of its ticks."""
    form = BeautifulSoup(client.get(path).data, "html.parser").select_one("main form[method=post]")
    assert form
    ticks = [str(tick["value"]) for tick in form.select("input[type=checkbox][name]")]
    return str(form["action"]), form_values(form), ticks


def test_the_second_page_of_a_list_is_saved(school: tuple[Flask, FlaskClient, Path]) -> None:
    _, client, _ = school
    action, data, ticks = form_of(client, "/schools/1/consents?page=2")
    assert client.post(action, data={**data, "got": ticks}).status_code == 303
    _, _, left = form_of(client, "/schools/1/consents?page=2")
    assert len(ticks) == 50
    assert not set(ticks) & set(left)


def test_who_took_part_is_ticked_page_by_page(school: tuple[Flask, FlaskClient, Path]) -> None:
    app, client, _ = school
    new = "/schools/1/2020/occasions/new"
    action, data, first = form_of(client, new)
    typed = {"name": "Ярмарка", f"role-{first[1]}": "призёр"}
    assert client.post(action, data={**data, **typed, "present": first}).status_code == 303
    board = client.get("/schools/1/2020/occasions").get_data(as_text=True)
    card = re.findall(r"/schools/1/2020/occasions/\d+", board)[0]
    action, data, second = form_of(client, f"{card}?page=2")
    assert client.post(action, data={**data, "present": second}).status_code == 303
    with app.app_context():
        rows = db.session.execute(select(OccasionPart.person_id, OccasionPart.role))
        roles = {row.person_id: row.role for row in rows}
    assert len(first) == 800
    assert set(roles) == {int(role) for role in first + second}
    assert roles[int(first[1])] == "призёр"
