"""The door of a closed year, route by route: whoever may post, whatever is posted, nothing is changed."""

from datetime import date

from flask import Flask
from sqlalchemy import text, update
from werkzeug.routing import Rule

from nastav import schema, unit
from nastav.access import PERMISSIONS, Role
from nastav.db import db, writing
from nastav.district.models import Cycle
from tests.conftest import ClientOf
from tests.posts.test_closed_years import GOES_ON
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of

KNOWN = {"book": "mentees", "kind": "task"}


def rules(app: Flask) -> list[Rule]:
    """Return the routes that take a POST under the address of a school year and do not go on."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and "cycle" in rule.arguments
        and rule.endpoint not in GOES_ON
        and not unit.only_reads(app.view_functions[rule.endpoint])
    ]


def rows(app: Flask) -> dict[str, list[object]]:
    tables = {table.name for table in schema.METADATA.sorted_tables} - {"sign_in"}
    with app.app_context():
        found = {name: list(db.session.execute(text(f'SELECT * FROM "{name}"'))) for name in tables}
        db.session.remove()
    return found


def test_every_post_under_its_address_is_refused(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    clients: dict[bool, PageClient] = {False: client_of("boris"), True: client_of("anna")}
    for client in clients.values():
        client.get("/")  # the time last seen is noted now
    with app.app_context(), writing():
        db.session.execute(update(Cycle).values(closed_on=date(2021, 9, 6), closed_by="тест"))
    before = rows(app)
    adapter = app.url_map.bind("localhost")
    known = {**KNOWN, "school_id": cast.boris_school, "district_id": cast.district, "cycle": 2020}
    wrong = {}
    for rule in rules(app):
        permission = vars(app.view_functions[rule.endpoint])["permission"]
        values = {name: known.get(name, 1) for name in rule.arguments}
        is_coordinators = Role.CURATOR not in PERMISSIONS[permission]
        answer = clients[is_coordinators].send(
            adapter.build(rule.endpoint, values), {"version": "1"}
        )
        if answer.status_code != 422 or "2020/21 учебный год закрыт" not in text_of(answer):
            wrong[rule.endpoint] = answer.status_code
    assert not wrong
    assert len(rules(app)) > 60
    assert rows(app) == before
