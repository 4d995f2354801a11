"""«Что изменилось с прошлого входа»: steps of stages since the reader came before, by the real clock."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.rollup.changes import Since
from nastav.stages.models import Step, Transition
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put

MATRIX, CHANGES = "/districts/1/2020/stages", "/districts/1/2020/changes"


@pytest.fixture
def visited(app: Flask, cast: Cast, anna: PageClient) -> None:
    """Let Анна have come yesterday; half of what happened was before."""
    put(app, ("СОШ №1", 1, "accepted"), ("СОШ №2", 1, "submitted"), ("СОШ №4", 1, "returned"))
    anna.get("/account")
    with app.app_context(), writing():
        entry = AuditEntry(
            event="sign_in:opened", actor_id=cast.users["anna"], actor_name="Анна Андреева"
        )
        entry.at = dates.now() - timedelta(days=1)
        db.session.add(entry)
        for step in db.session.query(Transition):
            is_old = step.step is Step.STARTED or step.id <= 3
            step.at = dates.now() - timedelta(hours=30 if is_old else 2)


def news(client: PageClient) -> str:
    found = soup(client.get(MATRIX)).select(".decide-head p")
    return " ".join(found[0].get_text().split()) if found else ""


@pytest.mark.usefixtures("visited")
def test_what_changed_since_the_visit_before_is_counted(anna: PageClient) -> None:
    before, _, counts = news(anna).partition(": ")
    assert before.startswith("Что изменилось с прошлого входа, ")
    assert counts == "отправлено 2, возвращено 1"
    link = soup(anna.get(MATRIX)).select(".decide-head a")[0]
    assert link["href"] == CHANGES


@pytest.mark.usefixtures("visited")
def test_the_page_lists_the_steps_and_older_ones_on_demand(anna: PageClient) -> None:
    lines = [
        " ".join(line.get_text().split()) for line in soup(anna.get(CHANGES)).select(".changes li")
    ]
    assert len(lines) == 3
    assert lines[0].endswith("СОШ №4, этап I: возвращён на доработку (школа)")
    week = soup(anna.get(f"{CHANGES}?days=7"))
    assert len(week.select(".changes li")) == 8
    assert str(week.select(".changes a")[0]["href"]) == "/schools/3/2020/stages/1"
    assert len(soup(anna.get(f"{CHANGES}?days=много")).select(".changes li")) == 3


@pytest.mark.usefixtures("visited")
def test_the_newest_step_stands_first_whatever_was_written_first(
    app: Flask, anna: PageClient
) -> None:
    """A demo, or a database joined from two, writes the steps of one school after another."""
    with app.app_context(), writing():
        accepted = db.session.query(Transition).filter_by(step=Step.ACCEPTED).one()
        accepted.at = dates.now() - timedelta(hours=1)
    page = soup(anna.get(f"{CHANGES}?days=7"))
    shown = [str(line["datetime"]) for line in page.select(".changes time")]
    assert shown == sorted(shown, reverse=True)
    assert "СОШ №1, этап I: принят" in page.select(".changes li")[0].get_text()


@pytest.mark.usefixtures("visited")
def test_a_decision_taken_back_is_no_change(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        returned = db.session.query(Transition).filter_by(step=Step.RETURNED).one()
        returned.is_undone = True
    assert news(anna).endswith(": отправлено 2")


def test_at_the_first_visit_there_is_no_before(app: Flask, anna: PageClient) -> None:
    put(app, ("СОШ №1", 1, "accepted"))
    assert news(anna) == "Что изменилось за 7 дней"
    assert "за 7 дней" in text_of(anna.get(CHANGES)).replace("\xa0", " ")


def test_many_kinds_are_told_in_short() -> None:
    at = datetime(2020, 11, 27, 13, 5, tzinfo=UTC)
    counts = [(Step.SUBMITTED, 6), (Step.ACCEPTED, 2), (Step.RETURNED, 1), (Step.STARTED, 3)]
    told = Since(at, counts)
    assert told.brief == "отправлено 6, принято 2, возвращено 1 и ещё 3"
    assert Since(at, counts[:2]).brief == "отправлено 6, принято 2"
    assert told.when == "27.11.2020 в 16:05"


def test_nothing_new_is_said_so(app: Flask, cast: Cast, anna: PageClient) -> None:
    with app.app_context(), writing():
        entry = AuditEntry(event="sign_in:opened", actor_id=cast.users["anna"], actor_name="Анна")
        entry.at = dates.now() - timedelta(days=1)
        db.session.add(entry)
    assert news(anna).endswith(": ничего")


def test_the_observer_reads_it_and_schools_do_not(client_of: ClientOf) -> None:
    assert client_of("gleb").get(CHANGES).status_code == 200
    assert client_of("boris").get(CHANGES).status_code == 403
    assert client_of("anna").get("/districts/2/2020/changes").status_code == 404
