"""reliability.md#r5: whatever creates or sends something, posted ten times at once, has one effect.

A load of a register is tried the same way in `people/test_load_clicks.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from nastav import schema
from nastav.access import Role
from nastav.accounts.models import User
from nastav.accounts.queries import schools_without_curator
from nastav.audit.models import AuditEntry
from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import District
from nastav.feedback.models import Question, Questionnaire
from nastav.pairs.models import PairState
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
    """A form, what is typed into it, and the table rows are added to; `{…}` are ids of the test."""

    table: str
    page: str
    typed: dict[str, str] = field(default_factory=dict)
    action: str = "/new"  # a part of the form's address
    login: str = "boris"
    rows: int = 1
    entries: int = 1  # in the journal
    before: Callable[[Cast], None] = lambda _: None  # what has to be there first
    later: frozenset[int] = frozenset()  # what the copies may be answered with besides 200 and 303


def next_year(cast: Cast) -> None:
    district = db.session.get_one(District, cast.district)
    assert open_next(cast.actor("anna"), district, 2021)


def curators_of_all_but_two(cast: Cast) -> None:
    values = {"name": "Куратор", "role": Role.CURATOR, "district_id": cast.district}
    for school in schools_without_curator(cast.district)[2:]:
        user = User(login=f"curator{school.id}", school_id=school.id, password_hash="", **values)
        db.session.add(user)


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
    Form("kept_report", f"{D}/reports", {"title": "Итоги"}, "/reports", "anna"),
    Form("cycle", f"{D}/settings/cycles", action="/cycles", login="anna"),
    Form("pair_kind", f"{D}/settings/kinds", {"name": "Шахматы"}, "/kinds", "anna"),
    Form(
        "meeting_kind", f"{D}/settings/meeting-kinds", {"name": "Поход"}, "/meeting-kinds", "anna"
    ),
)
LATER = (
    Form("meeting", f"{S}/2020/meetings", {"c-{pair}-20201208": "45"}, "/meetings"),
    Form("pair_member", f"{S}/2020/pairs/{{pair}}", {"person_id": "{mentee}"}, "/members"),
    Form(
        "pair",
        f"{S}/2020/pairs/matching",
        {"pick": "{mentee}", "mentor-{mentee}": "{mentor}"},
        "/matching",
    ),
    Form("audit_entry", f"{S}/2020/pairs/drafts", {"pick": "{draft}"}, "/drafts"),
    Form(
        "pair",
        f"{S}/2020/pairs/closing",
        {"ended": "08.12.2020", "reason": "итог", "decision": "continue", "pick": "{pair}"},
        "/closing",
        entries=2,  # closed, and a draft for the next year
        before=next_year,
    ),
    Form("class_move", f"{S}/2021/classes", action="/classes", before=next_year),
    Form("consent", f"{S}/consents", {"got": "{mentee}"}, "/consents"),
    Form(
        "person_merge",
        f"{S}/mentees/{{line}}/merge?with={{twin}}",
        {"keep": "{mentee}"},
        "/merge",
        later=frozenset({404, 409}),  # there is no second card any more
    ),
    Form(
        "transfer",
        f"{S}/mentees/{{line}}/transfer",
        {"to_school_id": "{other_school}", "left": "01.12.2020"},
        "/transfer",
        entries=2,  # left, and offered
    ),
    Form(
        "response",
        f"{S}/2020/feedback/grid?questionnaire={{questionnaire}}&rows=10",
        {"answered_on": "08.12.2020", "r1_q{question}": "9"},
        "/grid",
    ),
    Form(
        "link_set",
        f"{S}/2020/feedback/links",
        {"questionnaire": "{questionnaire}", "size": "5", "expires_on": "20.12.2020"},
        "/links",
    ),
    Form("swot", f"{S}/2020/feedback/swot/1/edit", {"strengths": "Опыт"}, ""),
    Form("school_texts", f"{S}/2020/papers/texts", {"programme_tasks": "Помочь новичкам."}, ""),
    Form("practice", f"{S}/practices/new", {"title": "Кружок"}),
    Form(
        "award",
        f"{S}/2020/rewards/new",
        {"given_on": "4.12", "kind": "prize", "reason": "За помощь", "mentors": "{mentor}"},
    ),
    Form(
        "user",
        f"{D}/settings/users",
        action="/all",
        login="anna",
        rows=2,
        entries=2,
        before=curators_of_all_but_two,
    ),
    Form("plan_year", f"{D}/settings/plan/years", {"year": "2026"}, "/years", "anna"),
)


@pytest.fixture
def ids(app: Flask, cast: Cast) -> dict[str, int]:
    """Return the ids the forms name: a school at work, its stage I ready to be sent."""
    Stand(app, cast).fill(1)
    with registers(app, cast) as own:
        mentor = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        paired, mentee = own.mentee("Новак Олег"), own.mentee("Ёлкин Лев")
        twin, drafted = own.mentee("Ёлкин Лев"), own.mentee("Стрижов Пётр")
        pair = own.pair(mentor, paired).id
        draft = own.pair(mentor, drafted, state=PairState.DRAFT).id
        people = {"mentor": mentor.person_id, "mentee": mentee.person_id}
        cards = {"twin": twin.person_id}
        people |= {"lead": mentor.participation_id, "line": mentee.participation_id}
    with app.app_context():
        asked = select(Question.id).join(Questionnaire).filter(Question.key == "satisfied")
        asked = asked.add_columns(Question.questionnaire_id).filter_by(
            part="mentee", moment="final"
        )
        question, questionnaire = db.session.execute(asked).one()
    places = {
        "school": cast.boris_school,
        "other_school": cast.vera_school,
        "district": cast.district,
    }
    forms = {"question": question, "questionnaire": questionnaire}
    return {**places, **people, **cards, **forms, "pair": pair, "draft": draft}


def rows(app: Flask, table: str) -> int:
    with app.app_context():
        count = select(func.count()).select_from(schema.METADATA.tables[table])
        return int(db.session.scalar(count) or 0)


@pytest.mark.parametrize("form", FORMS + LATER, ids=lambda form: f"{form.table} on {form.page}")
def test_ten_at_once_have_one_effect(
    form: Form, app: Flask, cast: Cast, ids: dict[str, int], client_of: ClientOf
) -> None:
    with app.app_context(), writing():
        form.before(cast)
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
    added = [rows(app, table) - was for table, was in zip(tables, before, strict=True)]
    assert added == [form.rows, form.entries]
    assert set(statuses) <= {200, 303} | form.later, statuses
