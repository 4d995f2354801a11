"""R5: whatever creates or sends something, posted ten times at once, has one effect.

A load of a register is tried the same way in `people/test_load_clicks.py`.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from nastav import schema
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.feedback.models import Question, Questionnaire
from nastav.people.models import Kind
from tests.conftest import ClientOf
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.clicks import ten_at_once
from tests.support.pages import find_form, form_values
from tests.support.registers import registers

CHILD = {"surname": "Птицына", "given_name": "Ольга", "school_class": "7А"}
MEMBER = {"name": "Зоя Зимина", "post": "учитель"}


@dataclass(frozen=True)
class Form:
    """A form, what is typed into it, and the table one row is added to; `{…}` are ids of the test."""

    table: str
    page: str
    typed: dict[str, str] = field(default_factory=dict)
    action: str = "/new"  # a part of the form's address
    login: str = "boris"


S, D, STAGES = "/schools/{school}", "/districts/{district}", "/schools/{school}/2020/stages"
FORMS = (
    Form("person", f"{S}/mentees/new", CHILD),
    Form("participation", f"{S}/mentors/new", {**CHILD, "school_class": "10А"}),
    Form("consent", f"{S}/mentees/{{line}}/consents/new", {"signed_on": "1.12"}, "/consents/new"),
    Form("mentor_profile", f"{S}/mentors/{{lead}}/profile", {"interests": "физика"}, "/profile"),
    Form("pair", f"{S}/2020/pairs/new", {"mentor_id": "{mentor}", "mentee_ids": "{mentee}"}),
    Form("meeting", f"{S}/2020/pairs/{{pair}}", {"topic": "Проект"}, "/meetings"),
    Form(
        "training",
        f"{S}/2020/training/new",
        {"held_on": "1.12", "hours": "4", "programme": "Школа", "present": "{mentor}"},
    ),
    Form("activity_revision", f"{STAGES}/1/activities/1/edit", {"comment": "Готово"}, "/edit"),
    Form("evidence", f"{STAGES}/1/activities/1/documents/new", {"kind": "План", "number": "1"}),
    Form("transition", f"{STAGES}/1/submit", action="/submit"),
    Form(
        "response",
        f"{S}/2020/feedback/new?part=mentee&moment=final",
        {"answered_on": "08.12.2020", "q{question}": "9"},
    ),
    Form("team_member", f"{S}/team/new", MEMBER),
    Form("team_member", f"{D}/team/new", MEMBER, login="anna"),
    Form("user", f"{D}/settings/users/new", {"login": "dina", "role": "observer"}, login="anna"),
    Form("cycle", f"{D}/settings/cycles", action="/cycles", login="anna"),
    Form("pair_kind", f"{D}/settings/kinds", {"name": "Шахматы"}, "/kinds", "anna"),
    Form(
        "meeting_kind", f"{D}/settings/meeting-kinds", {"name": "Поход"}, "/meeting-kinds", "anna"
    ),
)


@pytest.fixture
def ids(app: Flask, cast: Cast) -> dict[str, int]:
    """Return the ids the forms name: a school at work, its stage I ready to be sent."""
    Stand(app, cast).fill(1)
    with registers(app, cast) as own:
        mentor = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        paired, mentee = own.mentee("Новак Олег"), own.mentee("Ёлкин Лев")
        pair = own.pair(mentor, paired).id
        people = {"mentor": mentor.person_id, "mentee": mentee.person_id}
        people |= {"lead": mentor.participation_id, "line": mentee.participation_id}
    with app.app_context():
        asked = select(Question.id).join(Questionnaire).filter(Question.key == "satisfied")
        question = db.session.scalars(asked.filter_by(part="mentee", moment="final")).one()
    places = {"school": cast.boris_school, "district": cast.district}
    return {**places, **people, "pair": pair, "question": question}


def rows(app: Flask, table: str) -> int:
    with app.app_context():
        count = select(func.count()).select_from(schema.METADATA.tables[table])
        return int(db.session.scalar(count) or 0)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.table} by {form.login}")
def test_ten_at_once_have_one_effect(
    form: Form, app: Flask, ids: dict[str, int], client_of: ClientOf
) -> None:
    client = client_of(form.login)
    page = form.page.format(**ids)
    found = find_form(client.get(page), form.action)
    typed: dict[str, Any] = {
        name.format(**ids): value.format(**ids) for name, value in form.typed.items()
    }
    data = {**form_values(found), **typed}
    tables = (form.table, AuditEntry.__tablename__)
    before = [rows(app, table) for table in tables]
    statuses = ten_at_once(app, client, str(found.get("action") or page), data)
    assert [rows(app, table) - was for table, was in zip(tables, before, strict=True)] == [1, 1]
    assert set(statuses) <= {200, 303}, statuses
