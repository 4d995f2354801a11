"""What a form does not ask is not taken: every form a curator meets is sent with fields of ours.

See security.md#s4.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from nastav.accounts.models import User
from nastav.db import db, writing
from nastav.loads.operations import forget_old
from nastav.stages.models import SchoolStage, StageState
from tests.support.crawl import walk
from tests.support.demo import client_of
from tests.support.pages import PageClient, form_values, soup

OWN, OTHER = 4, 2  # СОШ №5 of the curator, СОШ №2
EXTRA = {
    "school_id": str(OTHER),
    "district_id": "1",
    "role": "coordinator",
    "state": "accepted",
    "is_mistake": "1",
    "person_id": "1",
    "user_id": "1",
    "created_at": "2000-01-01",
}
ENDS_THE_SESSION = {"accounts.sign_out", "accounts.close_other_sessions"}
NOT_OF_SCHOOLS = {"submitted_form", "sign_in", "failed_sign_in", "audit_entry"}


def rows_of_others() -> dict[str, list[Any]]:
    """Return every row that names another school, by table; and those of no school at all."""
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name in NOT_OF_SCHOOLS:
            continue
        if "school_id" in table.c:
            rows = select(table).where((table.c.school_id != OWN) | table.c.school_id.is_(None))
        elif table.name in ("district", "school", "cycle", "stage", "activity", "plan_year"):
            rows = select(table)
        else:
            continue
        found[table.name] = [tuple(row) for row in db.session.execute(rows)]
    return found


def own_facts() -> tuple[Any, ...]:
    """Return what a curator cannot give to anybody: roles, places, accepted stages."""
    users = db.session.execute(select(User.id, User.role, User.school_id, User.district_id))
    accepted = select(SchoolStage.id).filter_by(school_id=OWN, state=StageState.ACCEPTED)
    return [tuple(row) for row in users], set(db.session.scalars(accepted))


def forms_of(app: Flask, client: PageClient) -> dict[str, tuple[str, Tag]]:
    """Return a form of each route that takes one: endpoint → (address, form)."""
    adapter = app.url_map.bind("localhost")
    found: dict[str, tuple[str, Tag]] = {}
    for page in walk(app, client, ["/"]).addresses:
        for form in soup(client.get(page)).select("main form[method=post]"):
            address = urljoin(page, str(form.get("action") or page))
            try:
                endpoint, _ = adapter.match(urlsplit(address).path, method="POST")
            except HTTPException:
                continue
            if endpoint not in ENDS_THE_SESSION:
                found.setdefault(str(endpoint), (address, form))
    return found


def filled(form: Tag) -> dict[str, Any]:
    """Return what a form holds, with something plausible in the fields that are empty."""
    values = form_values(form)
    for field in form.select("input[name], textarea[name]"):
        name = str(field["name"])
        if values.get(name) not in ("", [""]) or field.get("type") in ("hidden", "search"):
            continue
        classes = " ".join(field.get("class") or [])
        numeric = field.get("inputmode") == "numeric" or "short" in classes
        by_type = {"email": "a@example.ru", "tel": "8 (86163) 2-00-00"}
        other = "10.03.2021" if "date" in classes else "2" if numeric else "Слово"
        values[name] = by_type.get(str(field.get("type")), other)
    return values


@pytest.mark.xdist_group("every_page")
def test_no_form_takes_what_it_does_not_ask(demo: Flask) -> None:
    client = client_of(demo, "curator")
    with demo.app_context(), writing():
        forget_old()  # as whoever sends a table next does, in every school
    with demo.app_context():
        others, (users, accepted) = rows_of_others(), own_facts()
    forms = forms_of(demo, client)
    assert len(forms) > 25
    taken = 0
    for endpoint, (address, form) in forms.items():
        data = {**EXTRA, **filled(form)}  # a form's own fields are its own
        answer = client.post(address, data=data)
        assert answer.status_code < 500, f"{endpoint}: {answer.status_code}"
        taken += answer.status_code < 400
    assert taken > len(forms) / 2, "most forms were refused, so nothing was tried"
    with demo.app_context():
        assert len(others) > 15
        assert rows_of_others() == others
        now_users, now_accepted = own_facts()
    assert now_users == users
    assert now_accepted <= accepted
