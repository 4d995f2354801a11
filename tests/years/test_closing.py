"""Closing a school year and opening it again: who, when, once, with a report that stays."""

from datetime import date
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select

from nastav import dates
from nastav.archive.models import KeptReport, KeptReportFile
from nastav.audit.models import AuditEntry
from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.years.rules import Moment, moment, report_day
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

YEARS = "/districts/1/settings/cycles"
CLOSE, REOPEN = f"{YEARS}/2020/close", f"{YEARS}/2020/reopen"
OVER = date(2021, 9, 6)


@pytest.fixture
def september(app: Flask) -> None:
    """Be in the next school year."""
    dates.configure(fixed=OVER)


def year(app: Flask) -> Cycle:
    with app.app_context():
        return db.session.scalars(select(Cycle).filter_by(first_year=2020)).one()


def reports(app: Flask) -> list[KeptReport]:
    with app.app_context():
        return list(db.session.scalars(select(KeptReport).order_by(KeptReport.id)))


def events(app: Flask, name: str) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).filter_by(event=name)))


@pytest.mark.parametrize(
    ("today", "found", "day"),
    [
        (date(2021, 5, 31), Moment.TOO_EARLY, date(2021, 5, 31)),
        (date(2021, 6, 1), Moment.EARLY, date(2021, 6, 1)),
        (date(2021, 8, 31), Moment.EARLY, date(2021, 8, 31)),
        (date(2021, 9, 1), Moment.OVER, date(2021, 8, 31)),
    ],
)
def test_when_a_year_may_be_closed(today: date, found: Moment, day: date) -> None:
    assert moment(2020, today) is found
    assert report_day(2020, today, date(2020, 9, 23)) == day
    assert report_day(2020, today, date(2021, 9, 1)) is None, "there was no order yet"


def test_before_june_it_is_refused_with_the_day(app: Flask, anna: PageClient) -> None:
    page = anna.get(CLOSE)
    assert "можно с 01.06.2021" in text_of(page)
    assert "на 09.12.2020" not in text_of(page), "no report is kept on this day"
    assert soup(page).select_one("#close-year") is None
    answer = anna.send(CLOSE, {"version": "1", "early": "y"})
    assert answer.status_code == 422
    assert year(app).closed_on is None
    assert not reports(app)


def test_before_31_august_it_is_confirmed(app: Flask, anna: PageClient) -> None:
    dates.configure(fixed=date(2021, 6, 10))
    refused = anna.fill(CLOSE, "close")
    assert refused.status_code == 422
    assert "Отметьте, что год нужно закрыть до 31 августа" in text_of(refused)
    assert year(app).closed_on is None
    assert anna.fill(CLOSE, "close", early="y").status_code == 303
    assert year(app).closed_on == date(2021, 6, 10)
    assert [report.day for report in reports(app)] == [date(2021, 6, 10)]


@pytest.mark.usefixtures("september", "school")
def test_closing_keeps_its_report_at_once(app: Flask, anna: PageClient, gleb: PageClient) -> None:
    answer = anna.fill(CLOSE, "close")
    (report,) = reports(app)
    assert answer.location == f"/districts/1/reports/{report.id}"
    assert (report.day, report.title) == (
        date(2021, 8, 31),
        "При закрытии 2020/21 учебного года",
    )
    with app.app_context():
        content = db.session.scalars(select(KeptReportFile.content)).one()
    assert (len(content), sha256(content).hexdigest()) == (report.size, report.sha256)
    assert gleb.get(f"{answer.location}.xlsx").data == content
    assert "При закрытии 2020/21 учебного года" in text_of(gleb.get("/districts/1/reports"))
    closed = year(app)
    assert (closed.closed_on, closed.closed_by) == (OVER, "Анна Андреева")
    assert [entry.subject for entry in events(app, "cycle:closed")] == ["2020/21"]
    assert "закрыт 06.09.2021" in text_of(anna.get(YEARS))


@pytest.mark.usefixtures("september")
def test_a_double_click_and_a_second_tab_close_once(app: Flask, anna: PageClient) -> None:
    opened, other = anna.get(CLOSE), anna.get(CLOSE)
    assert anna.fill(opened, "close").status_code == 303
    assert anna.fill(opened, "close").location == YEARS
    assert anna.fill(other, "close").location == YEARS
    assert "уже закрыт" in text_of(anna.get(YEARS))
    assert len(reports(app)) == len(events(app, "cycle:closed")) == 1


@pytest.mark.usefixtures("september")
def test_a_page_from_before_a_reopening_closes_nothing(app: Flask, anna: PageClient) -> None:
    stale = anna.get(CLOSE)
    anna.fill(CLOSE, "close")
    anna.fill(REOPEN, "reopen", reason="СОШ №5 исправляет этап VII")
    assert anna.fill(stale, "close").status_code == 409
    assert year(app).closed_on is None


@pytest.mark.usefixtures("september")
def test_reopening_asks_why_and_leaves_the_report(app: Flask, anna: PageClient) -> None:
    anna.fill(CLOSE, "close")
    (first,) = reports(app)
    refused = anna.fill(REOPEN, "reopen", reason="  ")
    assert refused.status_code == 422
    assert "Укажите, зачем открыть год" in text_of(refused)
    opened, other = anna.get(REOPEN), anna.get(REOPEN)
    for _ in range(2):  # a double click
        assert anna.fill(opened, "reopen", reason="Исправляют этап VII").location == YEARS
    assert year(app).closed_on is None
    late = anna.fill(other, "reopen", reason="По письму школы")
    assert late.status_code == 409
    assert "По письму школы" in text_of(late)
    (entry,) = events(app, "cycle:reopened")
    assert entry.changes["reason"] == ["", "Исправляют этап VII"]
    anna.fill(CLOSE, "close")
    again, *rest = reports(app)
    assert (again.id, again.sha256) == (first.id, first.sha256), "the former is as it was"
    assert [report.title for report in rest] == [first.title]


@pytest.mark.usefixtures("september", "school")
def test_what_is_still_open_is_counted_by_school(anna: PageClient) -> None:
    page = soup(anna.get(CLOSE))
    rows = {
        row.find("th").get_text(): [cell.get_text() for cell in row.find_all("td")]
        for row in page.select("#main tbody tr")
    }
    assert rows["СОШ №5"] == ["7", "0", "1"]
    assert rows["СОШ №2"] == ["7", "0", "0"]
    said = page.get_text().replace("\xa0", " ")
    assert "Не принят 91 этап" in said
    assert "Птицына" not in said


@pytest.mark.usefixtures("september")
@pytest.mark.parametrize("login", ["gleb", "boris", "galina"])
def test_only_the_coordinator_closes(app: Flask, client_of: ClientOf, login: str) -> None:
    client = client_of(login)
    for page in (CLOSE, REOPEN):
        assert client.get(page).status_code in (403, 404)
        assert client.send(page, {"version": "1", "reason": "так"}).status_code in (403, 404)
    assert year(app).closed_on is None


@pytest.mark.usefixtures("september")
def test_the_next_year_opens_after_a_closed_one(app: Flask, anna: PageClient, cast: Cast) -> None:
    anna.fill(CLOSE, "close")
    with app.app_context(), writing():
        assert open_next(cast.actor("anna"), db.session.get_one(District, 1), 2021)
        opened = db.session.scalars(select(Cycle).filter_by(first_year=2021)).one()
        assert opened.closed_on is None
    assert anna.get("/districts/1/2021/stages").status_code == 200
