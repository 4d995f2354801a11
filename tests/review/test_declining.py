"""A request to open an accepted stage is answered with a no: the school reads why and may ask again."""

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.stages.models import StageState, Step
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put, stage_row, steps

STAGE = "/schools/4/2020/stages/1"  # СОШ №5
PAGE = f"{STAGE}/review"
DECLINE = f"{PAGE}/decline"
WHY = "Приказ действует до лета, менять его не нужно"


def asked(app: Flask, boris: PageClient) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    boris.fill(f"{STAGE}/reopening", "/reopening", reason="Забыли план мероприятий")


def declined(app: Flask) -> int:
    return [transition.step for transition in steps(app, "СОШ №5", 1)].count(
        Step.REOPENING_DECLINED
    )


def test_the_school_reads_why_and_may_ask_again(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    asked(app, boris)
    assert anna.fill(PAGE, DECLINE, why=WHY).location == PAGE
    page = text_of(boris.get(STAGE))
    assert f"Координатор не открыл этап по просьбе школы: {WHY}" in page
    assert "Попросить ещё раз" in page
    assert "не открыт по просьбе" in text_of(boris.get("/schools/4")).lower()
    assert WHY in text_of(boris.get(f"{STAGE}/history"))
    boris.fill(f"{STAGE}/reopening", "/reopening", reason="План не тот")
    assert WHY not in text_of(boris.get(STAGE))
    assert "План не тот" in text_of(anna.get("/districts/1/review"))


def test_the_stage_stays_accepted_and_leaves_the_queue(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    asked(app, boris)
    anna.fill(PAGE, DECLINE, why=WHY)
    row = stage_row(app, "СОШ №5", 1)
    assert (row.state, row.reopening_reason) == (StageState.ACCEPTED, "")
    assert "Просят открыть" not in text_of(anna.get("/districts/1/review"))
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="stage:reopening_declined").one()
    assert (entry.school_id, entry.subject) == (4, "Этап I")


def test_a_no_without_a_reason_is_refused(app: Flask, anna: PageClient, boris: PageClient) -> None:
    asked(app, boris)
    answer = anna.fill(PAGE, DECLINE, why=" ")
    assert answer.status_code == 422
    assert "Укажите причину: её увидит школа." in text_of(answer)
    assert declined(app) == 0


def test_a_second_click_declines_once(app: Flask, anna: PageClient, boris: PageClient) -> None:
    asked(app, boris)
    page = anna.get(PAGE)
    locations = [anna.fill(page, DECLINE, why=WHY).location for _ in range(2)]
    assert locations == [PAGE, PAGE]
    assert declined(app) == 1


def test_a_request_answered_otherwise_meanwhile_keeps_what_was_typed(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    asked(app, boris)
    page = anna.get(PAGE)
    anna.fill(PAGE, "/reopen", reason="Исправьте план", fix_by="14.12.2020")
    answer = anna.fill(page, DECLINE, why=WHY)
    assert answer.status_code == 409
    assert WHY in text_of(answer)
    assert declined(app) == 0


def test_a_request_worded_anew_meanwhile_is_not_declined_unread(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    asked(app, boris)
    page = anna.get(PAGE)
    boris.fill(f"{STAGE}/reopening", "/reopening", reason="Забыли и план, и приказ")
    answer = anna.fill(page, DECLINE, why=WHY)
    assert answer.status_code == 409
    assert soup(answer).select_one("#why").get_text().strip() == WHY  # type: ignore[union-attr]
    assert "Забыли и план, и приказ" in text_of(answer)
    assert anna.fill(answer, DECLINE).status_code == 303


def test_where_nobody_asks_there_is_nothing_to_decline(app: Flask, anna: PageClient) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    assert not soup(anna.get(PAGE)).select("#decline")
    version = stage_row(app, "СОШ №5", 1).version
    assert anna.send(DECLINE, {"version": version, "why": WHY}).status_code == 409
    assert declined(app) == 0


def test_only_the_coordinator_declines(
    app: Flask, boris: PageClient, gleb: PageClient, galina: PageClient
) -> None:
    asked(app, boris)
    for client in (boris, gleb, galina):
        assert client.send(DECLINE, {"why": WHY}).status_code == 403
