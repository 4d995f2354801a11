"""A second look at the demo finds no contradiction: neither between pages, nor between its rows."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from nastav import dates
from nastav.access import Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.demo.calendar import is_school_day
from nastav.district.models import School
from nastav.feedback.models import PARTICIPANTS, Questionnaire, Response
from nastav.feedback.queries import people_in_pairs
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.people.models import (
    Part,
    Participation,
    Person,
    PersonClass,
    PersonGroup,
    PersonKind,
)
from nastav.plan.models import PlanTarget

DAYS = ("2021-03-10", "2024-12-03")
Made = Callable[[str], Flask]
every_day = pytest.mark.parametrize("today", DAYS)


# --- rows -----------------------------------------------------------------------------------------


@every_day
def test_never_more_answers_than_people_in_pairs(demo_of: Made, today: str) -> None:
    with demo_of(today).app_context():
        asked = list(answers())
        assert len(asked) > 40
        assert [line for line in asked if line[-2] > line[-1]] == []
        years = {line[0] for line in asked}
    assert dates.cycle_of(date.fromisoformat(today)) in years


def answers() -> Iterator[tuple[int, int, str, int, int]]:
    """Yield (school year, school, questionnaire, answers, people of that role in pairs of the year)."""
    rows = (
        sa.select(Response.first_year, School, Questionnaire.part, Questionnaire.moment)
        .add_columns(sa.func.count())
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .join(School, School.id == Response.school_id)
        .where(Response.deleted_at.is_(None), Questionnaire.part.in_(PARTICIPANTS))
        .group_by(Response.first_year, School.id, Questionnaire.part, Questionnaire.moment)
    )
    for year, school, part, moment, count in db.session.execute(rows).all():
        people = people_in_pairs(school.district_id, school.id, year, dates.today())
        yield year, school.id, f"{part}, {moment}", count, people.get(part, 0)


NEVER = {
    "meetings outside their pair": sa.select(Meeting.id)
    .join(Pair, Pair.id == Meeting.pair_id)
    .where(sa.or_(Meeting.held_on < Pair.started, Meeting.held_on > Pair.ended)),
    "meetings of drafts": sa.select(Meeting.id)
    .join(Pair, Pair.id == Meeting.pair_id)
    .where(Pair.state == PairState.DRAFT),
    "meetings with somebody who was not in the pair": sa.select(Meeting.id)
    .join(Presence, Presence.meeting_id == Meeting.id)
    .join(PairMember, PairMember.id == Presence.member_id)
    .where(
        sa.or_(
            PairMember.pair_id != Meeting.pair_id,
            PairMember.joined > Meeting.held_on,
            PairMember.left < Meeting.held_on,
        )
    ),
    "members who are not in the register": sa.select(PairMember.id)
    .join(Pair, Pair.id == PairMember.pair_id)
    .where(
        Pair.state != PairState.DRAFT,
        ~sa.exists().where(
            Participation.person_id == PairMember.person_id,
            Participation.school_id == Pair.school_id,
            Participation.part == PairMember.part,
            Participation.is_mistake.is_(False),
            Participation.joined <= PairMember.joined,
            sa.or_(
                Participation.left.is_(None),
                Participation.left >= sa.func.coalesce(PairMember.left, Pair.ended, Pair.started),
            ),
        ),
    ),
    "closed without a decision": sa.select(Pair.id).where(
        Pair.state == PairState.CLOSED, sa.or_(Pair.decision.is_(None), Pair.ended.is_(None))
    ),
    "open with a decision": sa.select(Pair.id).where(
        Pair.state != PairState.CLOSED, Pair.ended.is_not(None)
    ),
    "left before they came": sa.select(Participation.id).where(
        Participation.left < Participation.joined
    ),
    "classes that are none": sa.select(PersonClass.id).where(
        sa.or_(PersonClass.grade < 1, PersonClass.grade > 11)
    ),
    "answers of people who are in no pair": sa.select(Response.id).where(
        Response.person_id.is_not(None),
        ~sa.exists().where(PairMember.person_id == Response.person_id),
    ),
    "categories that are not what the card says": sa.select(PersonKind.id)
    .join(Person, Person.id == PersonKind.person_id)
    .where(PersonKind.until == dates.NEVER, PersonKind.kind != Person.kind),
    "ages of people who have a class there": sa.select(PersonGroup.id).join(
        PersonClass,
        sa.and_(
            PersonClass.person_id == PersonGroup.person_id,
            PersonClass.school_id == PersonGroup.school_id,
        ),
    ),
    "edited cells of the plan without their day": sa.select(PlanTarget.id).where(
        PlanTarget.printed_mentees != PlanTarget.mentees, PlanTarget.mentees_changed_on.is_(None)
    ),
    "pairs that were continued and are not closed": sa.select(Pair.id).where(
        Pair.id.in_(sa.select(Pair.continues_id)), Pair.decision != Decision.CONTINUE
    ),
}


@every_day
@pytest.mark.parametrize("what", NEVER)
def test_no_row_says_what_another_denies(demo_of: Made, today: str, what: str) -> None:
    with demo_of(today).app_context():
        assert db.session.scalars(NEVER[what]).all() == []


@every_day
def test_people_are_entered_and_meet_when_schools_work(demo_of: Made, today: str) -> None:
    with demo_of(today).app_context():
        met = db.session.scalars(sa.select(Meeting.held_on).distinct()).all()
        joined = db.session.scalars(sa.select(Participation.joined).distinct()).all()
    assert [day for day in met if not is_school_day(day)] == []
    assert [day for day in joined if day.isoweekday() > 5] == []


@every_day
def test_mentors_among_pupils_are_of_the_upper_grades(demo_of: Made, today: str) -> None:
    with demo_of(today).app_context():
        rows = (
            sa.select(PersonClass.grade, sa.func.count().label("people"))
            .join(Participation, Participation.person_id == PersonClass.person_id)
            .where(Participation.part == Part.MENTOR)
            .group_by(PersonClass.grade)
        )
        grades = {row.grade: row.people for row in db.session.execute(rows)}
    young = sum(count for grade, count in grades.items() if grade < 9)
    assert set(grades) <= {8, 9, 10, 11}
    assert 0 < young < sum(grades.values()) / 4


@every_day
def test_what_a_person_was_follows_without_a_gap(demo_of: Made, today: str) -> None:
    with demo_of(today).app_context():
        rows = sa.select(PersonKind).order_by(PersonKind.person_id, PersonKind.since)
        spans = [(row.person_id, row.since, row.until) for row in db.session.scalars(rows)]
    assert len(spans) >= 2
    by_person = [list(own) for _, own in groupby(spans, key=itemgetter(0))]
    for own in by_person:
        assert own[0][1] == dates.ALWAYS
        assert own[-1][2] == dates.NEVER
        assert all(one[2] + timedelta(days=1) == after[1] for one, after in pairwise(own))


@every_day
def test_an_edited_cell_of_the_plan_is_in_the_journal(demo_of: Made, today: str) -> None:
    with demo_of(today).app_context():
        edited = sa.select(PlanTarget, School.name).join(School)
        edited = edited.where(PlanTarget.printed_mentees != PlanTarget.mentees)
        ((cell, school),) = db.session.execute(edited).all()
        entries = db.session.scalars(sa.select(AuditEntry).filter_by(event="plan:changed")).all()
        (entry,) = entries
        name = f"{school}: наставляемые"
        assert entry.subject == f"План {cell.year} года"
        assert entry.changes[name] == [cell.printed_mentees, cell.mentees]
        assert dates.local(entry.at).date() == cell.mentees_changed_on


# --- pages ----------------------------------------------------------------------------------------


@every_day
def test_figures_of_a_school_are_the_same_on_every_page(demo_of: Made, today: str) -> None:
    app = demo_of(today)
    seen = 0
    for login, school_id in curators(app):
        client = client_of(app, login)
        home = text_of(client, f"/schools/{school_id}")
        tasks = {word: number(home, pattern) for word, pattern in TASKS.items()}
        tasks = {
            word: count for word, count in tasks.items() if count
        }  # the page shows the first five
        boards = {
            "without_pair": number(
                text_of(client, f"/schools/{school_id}/mentees"), TABS["без пары"]
            ),
            "silent": number(text_of(client, f"/schools/{school_id}/pairs"), r"встречались: (\d+)"),
            "without_consent": sum(
                number(text_of(client, f"/schools/{school_id}/{book}"), TABS["без согласия"])
                for book in ("mentees", "mentors")
            ),
        }
        assert {login: tasks} == {login: {word: boards[word] for word in tasks}}
        seen += sum(tasks.values())
    assert seen > 10


TASKS = {
    "without_pair": r"(?<!В нём )(?<!В них )(\d+) наставляем\w+ без пары",
    "silent": r"(\d+) пар\w* (?:или|и) групп\w* давно не встреча",
    "without_consent": r"(\d+) человека? в базах без согласия",
}
TABS = {word: rf"(\d+) {word}" for word in ("без пары", "без согласия")}


def number(text: str, pattern: str) -> int:
    """Return the figure of a pattern; 0 where the page does not speak of it."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def curators(app: Flask) -> list[tuple[str, int]]:
    """Return login and school of each active curator of the demo's own district."""
    with app.app_context():
        rows = sa.select(User.login, User.school_id).where(
            User.role == Role.CURATOR, User.disabled_at.is_(None), User.district_id == 1
        )
        return [(login, school_id or 0) for login, school_id in db.session.execute(rows)]


def client_of(app: Flask, login: str) -> FlaskClient:
    """Return a client of the one of that login."""
    with app.app_context(), writing():
        user = db.session.scalars(sa.select(User).filter_by(login=login)).one()
        token = accounts.open_sign_in(user)
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def text_of(client: FlaskClient, path: str) -> str:
    """Return what a page says, its words divided by single spaces."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return " ".join(BeautifulSoup(answer.data, "html.parser").get_text(" ").split())


@every_day
def test_the_district_sums_what_its_schools_show(demo_of: Made, today: str) -> None:
    app = demo_of(today)
    client = client_of(app, "coordinator")
    year = dates.cycle_of(date.fromisoformat(today))
    matrix = text_of(client, f"/districts/1/{year}/stages")
    waiting = number(matrix, r"(\d+) на проверке")
    queue = text_of(client, "/districts/1/review")
    overdue = text_of(client, "/districts/1/overdue")
    cells = re.findall(r"провер\.", matrix)
    assert waiting == len(cells) > 0
    assert number(queue, r"Ждут решения: (\d+)") in (waiting, 0)
    assert number(matrix, r"(\d+) просрочено") == len(re.findall(r"−\d+ (?:дн\.|испр\.)", matrix))
    assert (number(matrix, r"(\d+) просрочено") > 0) == ("СОШ" in overdue)
    table = covered(client, f"/districts/1/coverage/{today[:4]}")
    for login, school_id in curators(app):
        own = text_of(client_of(app, login), f"/schools/{school_id}")
        shown = re.search(r"наставляемые ([\d  ]+) из ([\d  ]+)", own)
        if shown:
            assert table[school_id] == tuple(
                int(re.sub(r"\D", "", figure)) for figure in shown.groups()
            )


def covered(client: FlaskClient, path: str) -> dict[int, tuple[int, int]]:
    """Return school → fact and plan of mentees, as the district's table shows them."""
    page = BeautifulSoup(client.get(path, follow_redirects=True).data, "html.parser")
    found = {}
    for row in page.select("table")[0].select("tbody tr"):
        link = row.select_one("a[href]")
        # an edited cell says in brackets what the order prints
        shown = [cell.get_text().split("(")[0] for cell in row.select("td")]
        cells = [re.sub(r"\D", "", text) for text in shown]
        if link and cells[0] and cells[1]:
            school = re.search(r"/schools/(\d+)", str(link["href"]))
            assert school
            found[int(school[1])] = (int(cells[1]), int(cells[0]))
    return found


@every_day
def test_who_only_reads_sees_the_same_figures(demo_of: Made, today: str) -> None:
    app, year = demo_of(today), today[:4]
    cycle = dates.cycle_of(date.fromisoformat(today))
    school = dict(curators(app))["school5"]
    home = f"/schools/{school}"
    for own, reader, paths in (
        ("school5", "head5", [home, f"{home}/{cycle}/stages", f"{home}/mentees", f"{home}/pairs"]),
        ("school5", "head5", [f"{home}/coverage/{year}", f"{home}/{cycle}/feedback"]),
        ("coordinator", "observer", [f"/districts/1/{cycle}/stages", "/districts/1/overdue"]),
        ("coordinator", "observer", [f"/districts/1/coverage/{year}", "/districts/1/feedback"]),
        ("coordinator", "observer", [home, f"{home}/coverage/{year}", f"{home}/{cycle}/stages"]),
    ):
        writer, looker = client_of(app, own), client_of(app, reader)
        for path in paths:
            assert figures(looker, path) == figures(writer, path), path


def figures(client: FlaskClient, path: str) -> list[str]:
    """Return the figures of a page's tables and of its sentences of coverage, in reading order."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    main = BeautifulSoup(answer.data, "html.parser").select_one("main")
    assert main
    cells = [tag.get_text() for tag in main.select("td.number, table.matrix td, .late-mark, .tag")]
    lines = [tag.get_text() for tag in main.select("p, li") if "до плана" in tag.get_text()]
    found = [number for text in [*cells, *lines] for number in re.findall(r"\d[\d\s]*", text)]
    return [re.sub(r"\s", "", one) for one in found]


@every_day
def test_whom_the_age_leaves_out_is_told_of_by_school_and_district(
    demo_of: Made, today: str
) -> None:
    app = demo_of(today)
    path = f"/districts/1/coverage/{today[:4]}"
    told = r"младше 15\s+лет\s+(\d+)"
    assert number(text_of(client_of(app, "coordinator"), path), told) == 1
    schools = [
        number(text_of(client_of(app, login), f"/schools/{school}/coverage/{today[:4]}"), told)
        for login, school in curators(app)
    ]
    assert sum(schools) == 1
