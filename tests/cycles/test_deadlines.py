"""Deadlines: moved with a reason, kept in the journal, never silently mended."""

from datetime import date

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.stages.models import Stage
from tests.support.pages import HTMX, PageClient, soup, text_of

PAGE = "/districts/1/settings/deadlines"
STAGE_ONE, STAGE_FIVE = f"{PAGE}/2020/1", f"{PAGE}/2020/5"


def stage(app: Flask, ordinal: int) -> Stage:
    with app.app_context():
        return db.session.query(Stage).filter_by(cycle_id=1, ordinal=ordinal).one()


def moves(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        return db.session.query(AuditEntry).filter_by(event="deadline:moved").all()


def test_the_page_shows_what_the_order_prints_and_why_it_cannot_be(anna: PageClient) -> None:
    row = " ".join(soup(anna.get(PAGE)).select_one("#deadline-1").get_text(" ").split())  # type: ignore[union-attr]
    assert "30.11.2020" in row
    assert "до 31 ноября" in row
    assert "31 ноября не бывает" in row


def test_a_sunday_stays_and_is_named(anna: PageClient) -> None:
    row = soup(anna.get(PAGE)).select_one("#deadline-2")
    assert row is not None
    assert "06.12.2020 воскресенье" in " ".join(row.get_text(" ").split())


def test_a_moved_deadline_holds_at_once_and_stands_in_the_journal(
    anna: PageClient, app: Flask
) -> None:
    answer = anna.fill(STAGE_ONE, "deadlines/2020/1", due="4.12", reason="Карантин в школах")
    assert answer.status_code == 303
    row = soup(anna.get(PAGE)).select_one("#deadline-1")
    assert row is not None
    assert "04.12.2020" in row.get_text()
    assert "Карантин в школах" in row.get_text()
    assert "до 31 ноября" in row.get_text()
    (entry,) = moves(app)
    assert entry.subject == "2020/21, этап I"
    assert entry.changes == {
        "due": ["2020-11-30", "2020-12-04"],
        "reason": ["", "Карантин в школах"],
    }


def test_a_date_without_a_year_is_read_in_the_school_year_of_the_page(
    anna: PageClient, app: Flask
) -> None:
    anna.fill(STAGE_FIVE, "deadlines/2020/5", due="15.1", reason="Каникулы")
    assert stage(app, 5).due == date(2021, 1, 15)


def test_a_move_without_a_reason_is_refused_and_keeps_what_was_typed(
    anna: PageClient, app: Flask
) -> None:
    answer = anna.fill(STAGE_ONE, "deadlines/2020/1", due="4.12.2020", reason="  ")
    assert answer.status_code == 422
    field = soup(answer).select_one("input[name=due]")
    assert field is not None
    assert field["value"] == "04.12.2020"
    assert "Укажите причину" in text_of(answer)
    assert stage(app, 1).due == date(2020, 11, 30)


def test_a_day_outside_the_school_year_is_refused(anna: PageClient) -> None:
    answer = anna.fill(STAGE_ONE, "deadlines/2020/1", due="01.09.2021", reason="Опоздали")
    assert answer.status_code == 422
    assert "с 01.09.2020 по 31.08.2021" in text_of(answer)


def test_an_impossible_date_comes_back_as_it_was_typed(anna: PageClient) -> None:
    answer = anna.fill(STAGE_ONE, "deadlines/2020/1", due="31.11.2020", reason="Так в приказе")
    assert answer.status_code == 422
    field = soup(answer).select_one("input[name=due]")
    assert field is not None
    assert field["value"] == "31.11.2020"
    assert "в ноябре 30 дней" in text_of(answer)


def test_a_stale_form_gets_both_versions_and_can_be_sent_again(
    anna: PageClient, app: Flask
) -> None:
    opened = anna.get(STAGE_ONE)
    anna.fill(STAGE_ONE, "deadlines/2020/1", due="4.12.2020", reason="Первая")
    late = anna.fill(opened, "deadlines/2020/1", due="7.12.2020", reason="Вторая")
    assert late.status_code == 409
    assert "Сейчас сохранено: 04.12.2020, «Первая»" in text_of(late)
    again = anna.fill(late, "deadlines/2020/1")
    assert again.status_code == 303
    assert stage(app, 1).due == date(2020, 12, 7)


def test_a_second_click_leaves_one_entry_in_the_journal(anna: PageClient, app: Flask) -> None:
    opened = anna.get(STAGE_ONE)
    first = anna.fill(opened, "deadlines/2020/1", due="4.12.2020", reason="Карантин")
    second = anna.fill(opened, "deadlines/2020/1", due="4.12.2020", reason="Карантин")
    assert first.status_code == second.status_code == 303
    assert len(moves(app)) == 1


def test_htmx_gets_one_row_and_the_focus_on_its_button(anna: PageClient) -> None:
    data = {"version": "1", "due": "4.12.2020", "reason": "Карантин"}
    answer = anna.send(STAGE_ONE, data, headers=HTMX)
    rows = soup(answer).select("tr")
    assert [row["id"] for row in rows] == ["deadline-1"]
    assert soup(answer).select_one("#edit-deadline-1[data-focus]")


def test_a_school_year_that_is_not_open_is_not_found(anna: PageClient) -> None:
    assert anna.get(f"{PAGE}?cycle=2031").status_code == 404
    assert anna.get(f"{PAGE}?cycle=год").status_code == 404
    assert anna.get(f"{PAGE}/2020/8").status_code == 404


def test_only_the_coordinator_of_this_district_comes_in(
    anna: PageClient, gleb: PageClient, boris: PageClient
) -> None:
    assert gleb.get(PAGE).status_code == 403
    assert boris.get(PAGE).status_code == 403
    assert anna.get("/districts/2/settings/deadlines").status_code == 404
    assert gleb.send(STAGE_ONE, {"due": "4.12.2020", "reason": "Нет"}).status_code == 403
