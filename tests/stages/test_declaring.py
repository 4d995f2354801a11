"""«Отметить выполненным» and «Вернуть как было»: one press each, wherever and however often."""

from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import writing
from nastav.stages.models import ActivityRevision, ActivityStatus, StageState
from nastav.stages.records import ActivityRow
from tests.conftest import ClientOf
from tests.stages.stand import DONE, Stand
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_person

ROW = "/activities/2"  # of stage II: proved by the mentees of the base
DECLARE, TAKE_BACK = f"{ROW}/declare", f"{ROW}/undeclare"
TODAY = date(2020, 12, 9)


@pytest.fixture
def pupil(app: Flask, stand: Stand) -> None:
    """Put a child into the base: the proof of the activity."""
    with app.app_context(), writing():
        add_person(stand.cast.boris_school)


def row(stand: Stand) -> ActivityRow:
    found = stand.sheet(2).activity(2)
    assert found
    return found


def said(row: ActivityRow) -> tuple[object, ...]:
    return row.status, row.done_on, row.responsible, row.comment, row.reason


def follow(boris: PageClient, stand: Stand, rest: str, **fields: object) -> str:
    """Press a button without JavaScript; return what the page it leads to says."""
    answer = boris.send(stand.url(2, rest), {"version": "0", **fields}, follow_redirects=True)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.usefixtures("pupil")
def test_one_press_declares_today_and_who_pressed(stand: Stand, boris: PageClient) -> None:
    answer = boris.fill(stand.url(2), DECLARE)
    assert answer.location == stand.url(2, "#activity-2")
    assert said(row(stand)) == (ActivityStatus.DONE, TODAY, "Борис Белов", "", "")
    assert stand.state(2) is StageState.IN_PROGRESS
    assert "Мероприятие 2 отмечено выполненным." in text_of(boris.get(stand.url(2)))


@pytest.mark.usefixtures("pupil")
def test_who_is_responsible_already_stays_and_comes_back_too(
    stand: Stand, boris: PageClient
) -> None:
    edit = stand.url(2, f"{ROW}/edit")
    boris.fill(
        edit, f"{ROW}/edit", status="in_progress", responsible="Гончаренко", comment="Список"
    )
    before = said(row(stand))
    boris.fill(stand.url(2), DECLARE)
    assert said(row(stand)) == (ActivityStatus.DONE, TODAY, "Гончаренко", "Список", "")
    boris.fill(stand.url(2), TAKE_BACK)
    assert said(row(stand)) == before


@pytest.mark.usefixtures("pupil")
def test_a_second_press_or_tab_finds_it_done_and_says_so(stand: Stand, boris: PageClient) -> None:
    tab = boris.get(stand.url(2))
    boris.fill(tab, DECLARE)
    once = stand.count(ActivityRevision), stand.count(AuditEntry, event="activity:saved")
    answer = boris.fill(tab, DECLARE)
    assert answer.status_code == 303
    assert "уже отмечено выполненным: 09.12.2020, Борис Белов" in text_of(
        boris.get(answer.location)
    )
    assert (stand.count(ActivityRevision), stand.count(AuditEntry, event="activity:saved")) == once
    assert once == (1, 1)


@pytest.mark.usefixtures("pupil")
def test_taken_back_twice_changes_nothing_more(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(2), DECLARE)
    tab = boris.get(stand.url(2))
    boris.fill(tab, TAKE_BACK)
    assert said(row(stand)) == (ActivityStatus.NOT_STARTED, None, "", "", "")
    answer = boris.fill(tab, TAKE_BACK)
    assert "уже не отмечено выполненным" in text_of(boris.get(answer.location))
    assert stand.count(ActivityRevision) == 2


@pytest.mark.usefixtures("pupil")
def test_what_was_saved_since_is_neither_declared_nor_taken_back(
    stand: Stand, boris: PageClient
) -> None:
    edit = stand.url(2, f"{ROW}/edit")
    boris.fill(edit, f"{ROW}/edit", status="in_progress")
    assert "сохранили ещё раз, поэтому ничего не изменено" in follow(boris, stand, DECLARE)
    assert row(stand).status is ActivityStatus.IN_PROGRESS
    boris.fill(stand.url(2), DECLARE)
    tab = boris.get(stand.url(2))
    boris.fill(edit, f"{ROW}/edit", comment="Проверено")
    assert boris.fill(tab, TAKE_BACK).status_code == 303
    assert said(row(stand))[:2] == (ActivityStatus.DONE, TODAY)
    assert not soup(boris.get(stand.url(2))).select(f'form[action$="{TAKE_BACK}"]')


@pytest.mark.usefixtures("pupil")
@pytest.mark.parametrize("back", ["home", "stage"])
def test_a_stage_sent_while_the_button_was_on_screen_is_told_beside_it(
    stand: Stand, boris: PageClient, back: str
) -> None:
    stand.put(2, StageState.IN_PROGRESS)
    edit = f"{ROW}/edit"
    fields = {**DONE, "status": "not_required", "reason": "В школе нет таких форм"}
    boris.fill(stand.url(2, edit), edit, **fields)
    boris.fill(stand.url(2, "/submit"), "/submit")
    before = said(row(stand)), stand.count(ActivityRevision)
    answer = boris.send(stand.url(2, DECLARE), {"version": "0", "back": back}, headers=HTMX)
    assert answer.status_code == 409
    assert "Этап уже отправлен на проверку, поэтому ничего не изменено" in text_of(answer)
    assert (said(row(stand)), stand.count(ActivityRevision)) == before


@pytest.mark.usefixtures("pupil")
@pytest.mark.parametrize(
    ("state", "word"), [(StageState.SUBMITTED, "отзовите"), (StageState.ACCEPTED, "попросите")]
)
def test_a_stage_sent_meanwhile_is_told_and_nothing_changes(
    stand: Stand, boris: PageClient, state: StageState, word: str
) -> None:
    stand.put(2, state)
    before = said(row(stand)), stand.count(ActivityRevision)
    text = follow(boris, stand, TAKE_BACK, version="1")
    assert "ничего не изменено" in text
    assert word in text
    assert (said(row(stand)), stand.count(ActivityRevision)) == before
    fragment = boris.send(stand.url(2, TAKE_BACK), {"version": "1"}, headers=HTMX)
    assert fragment.status_code == 409
    assert "ничего не изменено" in text_of(fragment)


def test_at_none_the_remark_stands_instead_of_the_button(stand: Stand, boris: PageClient) -> None:
    line = soup(boris.get(stand.url(2))).select_one("#activity-2")
    assert line
    assert not line.select("form")
    assert "рано: в базе за учебный год 0 наставляемых" in follow(boris, stand, DECLARE)
    refused = boris.send(stand.url(2, DECLARE), {"version": "0"}, headers=HTMX)
    assert refused.status_code == 422
    assert row(stand).status is ActivityStatus.NOT_STARTED
    assert stand.count(ActivityRevision) == 0


def test_without_a_count_a_document_is_asked_for(stand: Stand, boris: PageClient) -> None:
    answer = boris.send(stand.url(1, "/activities/1/declare"), {"version": "0"})
    assert "добавьте документ" in text_of(boris.get(answer.location))
    boris.fill(stand.url(1, "/activities/1/documents/new"), "/documents/new", kind="Приказ")
    boris.fill(stand.url(1), "/activities/1/declare")
    assert stand.sheet(1).activities[0].status is ActivityStatus.DONE


def test_not_required_is_no_step_from_done(stand: Stand, boris: PageClient) -> None:
    edit = "/activities/1/edit"
    reason = "В школе нет таких форм"
    boris.fill(stand.url(1, edit), edit, **{**DONE, "status": "not_required", "reason": reason})
    boris.send(stand.url(1, "/activities/1/declare"), {"version": "1"})
    assert stand.sheet(1).activities[0].status is ActivityStatus.NOT_REQUIRED


@pytest.mark.usefixtures("pupil")
def test_htmx_gets_the_row_with_the_focus_on_taking_it_back(
    stand: Stand, boris: PageClient
) -> None:
    answer = boris.send(stand.url(2, DECLARE), {"version": "0"}, headers=HTMX)
    page = soup(answer)
    first = page.select("[data-focus]")[0]
    assert "Вернуть как было" in first.get_text()
    assert page.select_one('[hx-swap-oob="true"]')
    live = page.select_one('[hx-swap-oob="innerHTML:#live"]')
    assert live
    assert "Мероприятие 2 отмечено выполненным." in live.get_text()


@pytest.mark.usefixtures("pupil")
@pytest.mark.parametrize(
    ("back", "ending"),
    [("home", "?cycle=2020"), ("check", "/stages/2/submit"), ("//evil.example", "#activity-2")],
)
def test_a_press_leads_back_to_where_it_was_made(
    stand: Stand, boris: PageClient, back: str, ending: str
) -> None:
    answer = boris.send(stand.url(2, DECLARE), {"version": "0", "back": back})
    assert answer.location.startswith("/schools/")
    assert answer.location.endswith(ending)
    assert boris.get(answer.location).status_code == 200


@pytest.mark.usefixtures("pupil")
def test_on_the_self_check_the_whole_check_is_made_anew(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(2, "/submit"))
    assert "мероприятие 2" in text_of(page)
    fields = {"version": "0", "back": "check"}
    answer = boris.send(stand.url(2, DECLARE), fields, headers=HTMX)
    check = soup(answer).select_one("#self-check")
    assert check
    assert "Выполнено 1 из 2" in check.get_text()
    assert "Вернуть как было" in check.select("[data-focus]")[0].get_text()
    assert "Мероприятие 2: отметьте" not in check.get_text()


@pytest.mark.usefixtures("pupil")
def test_on_the_start_page_its_line_is_answered(stand: Stand, boris: PageClient) -> None:
    fields = {"version": "0", "back": "home"}
    line = soup(boris.send(stand.url(2, DECLARE), fields, headers=HTMX)).select_one("li.is-done")
    assert line
    assert "Вернуть как было" in line.get_text()
    assert line.select_one('[name=back][value="home"]')


@pytest.mark.usefixtures("pupil")
@pytest.mark.parametrize(
    ("login", "status"), [("galina", 403), ("anna", 403), ("gleb", 403), ("vera", 404)]
)
@pytest.mark.parametrize("rest", [DECLARE, TAKE_BACK])
def test_only_the_curator_of_the_school_declares(
    stand: Stand, client_of: ClientOf, login: str, status: int, rest: str
) -> None:
    answer = client_of(login).send(stand.url(2, rest), {"version": "0"})
    assert answer.status_code == status
    assert row(stand).status is ActivityStatus.NOT_STARTED


def test_an_activity_or_year_that_is_not_there_is_missing(stand: Stand, boris: PageClient) -> None:
    assert boris.send(stand.url(2, "/activities/99/declare")).status_code == 404
    stand.year = 2031
    assert boris.send(stand.url(2, DECLARE)).status_code == 404


@pytest.mark.usefixtures("pupil")
def test_the_history_tells_what_a_press_changed_and_no_more(
    stand: Stand, boris: PageClient
) -> None:
    boris.fill(stand.url(2), DECLARE)
    boris.fill(stand.url(2), TAKE_BACK)
    page = text_of(boris.get(stand.url(2, "/history")))
    assert "Статус: было — → стало выполнено" in page
    assert "was" not in page
