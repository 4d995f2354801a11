"""The row of an activity: saving, refusals that keep what was typed, two curators at one row."""

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.stages.activities.operations import NotProved, Values, save_activity
from nastav.stages.models import (
    ActivityRevision,
    ActivityStatus,
    Evidence,
    SchoolActivity,
    StageState,
)
from nastav.stages.rules import Locked
from tests.stages.stand import DONE, Stand
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_person

ROW = "/activities/1/edit"


def test_the_first_save_starts_the_stage_and_moves_the_counter(
    stand: Stand, boris: PageClient
) -> None:
    answer = boris.fill(stand.url(1, ROW), ROW, **DONE)
    assert answer.location == stand.url(1, "#activity-1")
    page = text_of(boris.get(stand.url(1)))
    assert "Выполнено 1 из 5 мероприятий" in page
    assert "Приказ № 145 от 12.10.2020" in page
    assert stand.state(1) is StageState.IN_PROGRESS
    assert stand.sheet(1).activities[0].status is ActivityStatus.DONE


def test_a_date_without_a_year_falls_in_the_school_year_of_the_page(
    stand: Stand, boris: PageClient
) -> None:
    boris.fill(stand.url(1, ROW), ROW, **{**DONE, "done_on": "12 октября", "doc_dated": "12.10"})
    row = stand.sheet(1).activities[0]
    assert row.done_on is not None
    assert (row.done_on.isoformat(), row.documents[0].details) == (
        "2020-10-12",
        "Приказ № 145 от 12.10.2020".replace("№ ", "№\xa0").replace("от ", "от\xa0"),
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"done_on": ""}, "Укажите дату выполнения в формате ДД.ММ.ГГГГ"),
        ({"done_on": "31.11.2020"}, "дат"),
        ({"done_on": "10.12.2020"}, "Дата ещё не наступила: укажите 09.12.2020 или раньше."),
        ({"doc_kind": "", "doc_number": "", "doc_dated": ""}, "нужно подтверждение"),
        ({"doc_kind": ""}, "Укажите вид документа"),
        ({"doc_dated": "12.12.2020"}, "Дата ещё не наступила"),
        ({"status": "not_required"}, "Напишите, почему мероприятие не требуется."),
        ({"comment": "я" * 1001}, "1\xa0001\xa0знак, а помещается не больше 1\xa0000"),
        ({"status": "почти"}, "Неверный вариант"),
    ],
)
def test_a_refused_row_says_why_and_keeps_what_was_typed(
    stand: Stand, boris: PageClient, changed: dict[str, str], sentence: str
) -> None:
    given = {**DONE, "comment": "Текст остаётся", **changed, "version": "0"}
    answer = boris.send(stand.url(1, ROW), given)
    assert answer.status_code == 422
    page = soup(answer)
    assert sentence in " ".join(element.get_text() for element in page.select(".error"))
    for name in ("done_on", "responsible", "doc_number"):
        field = page.select_one(f"[name={name}]")
        assert field is not None
        assert field["value"] == given[name]
    assert page.select_one("[name=comment]").get_text().strip() == given["comment"]  # type: ignore[union-attr]
    assert stand.sheet(1).version == 0
    assert stand.count(Evidence) == 0


def test_what_the_site_counts_is_a_proof_only_above_zero(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    given = {"status": "done", "done_on": "01.12.2020", "version": "0"}
    refused = boris.send(stand.url(2, "/activities/2/edit"), given)
    assert refused.status_code == 422
    assert "внесите данные на сайт" in text_of(refused)
    with app.app_context(), writing():
        add_person(stand.cast.boris_school)
    assert boris.send(stand.url(2, "/activities/2/edit"), given).status_code == 303
    assert "посчитано сайтом" in text_of(boris.get(stand.url(2)))


def test_htmx_gets_the_row_the_counter_and_a_word_for_screen_readers(
    stand: Stand, boris: PageClient
) -> None:
    row = boris.get(stand.url(1, ROW), headers=HTMX)
    assert row.get_data(as_text=True).lstrip().startswith('<tr class="editing"')
    answer = boris.send(stand.url(1, ROW), {**DONE, "version": "0"}, headers=HTMX)
    page = soup(answer)
    assert answer.get_data(as_text=True).lstrip().startswith('<tr id="activity-1"')
    assert page.select_one("#edit-activity-1[data-focus]")
    progress = page.select_one("#stage-progress[hx-swap-oob]")
    assert progress is not None
    counter = progress.select_one("#stage-counter")
    assert counter is not None
    assert counter.get_text().split()[:3] == ["1", "из", "5"]
    live = page.select_one('[hx-swap-oob="innerHTML:#live"]')
    assert live is not None
    assert "Сохранено" in live.get_text()


def test_a_refused_row_stays_a_row_and_names_the_error_in_the_title(
    stand: Stand, boris: PageClient
) -> None:
    answer = boris.send(stand.url(1, ROW), {"status": "done", "version": "0"}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).lstrip().startswith('<tr class="editing"')
    assert soup(answer).title.string.startswith("Ошибка: ")  # type: ignore[union-attr]


@pytest.mark.parametrize("rest", ["/activities/1", ROW])
def test_a_fragment_is_a_page_without_htmx(stand: Stand, boris: PageClient, rest: str) -> None:
    assert boris.get(stand.url(1, rest)).get_data(as_text=True).startswith("<!DOCTYPE html>")
    assert "<html" not in boris.get(stand.url(1, rest), headers=HTMX).get_data(as_text=True)


def test_a_stale_row_shows_both_versions_and_mine_can_be_kept(
    stand: Stand, boris: PageClient
) -> None:
    first = boris.get(stand.url(1, ROW))
    second = boris.get(stand.url(1, ROW))
    boris.fill(first, ROW, **{**DONE, "comment": "сохранённое"})
    conflict = boris.fill(second, ROW, status="in_progress", comment="моё")
    assert conflict.status_code == 409
    text = text_of(conflict)
    for part in ("сохранённое", "моё", "выполнено", "в работе", "Борис Белов", "Взять сохранённое"):
        assert part in text
    assert stand.sheet(1).activities[0].comment == "сохранённое"
    assert boris.fill(conflict, ROW).status_code == 303
    row = stand.sheet(1).activities[0]
    assert (row.comment, row.status) == ("моё", ActivityStatus.IN_PROGRESS)


def test_a_stale_row_in_place_is_answered_by_a_row(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, ROW), ROW, **DONE)
    answer = boris.send(stand.url(1, ROW), {"status": "in_progress", "version": "0"}, headers=HTMX)
    assert answer.status_code == 409
    assert answer.get_data(as_text=True).lstrip().startswith('<tr class="editing"')
    assert soup(answer).select_one("#keep-mine-1")


def test_a_second_click_saves_once(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, ROW))
    locations = [boris.fill(page, ROW, **DONE).location for _ in range(2)]
    assert locations[0] == locations[1] == stand.url(1, "#activity-1")
    assert (stand.count(Evidence), stand.count(ActivityRevision)) == (1, 1)
    assert stand.sheet(1).activities[0].version == 1


@pytest.mark.parametrize(
    ("state", "word"), [(StageState.SUBMITTED, "Отзовите"), (StageState.ACCEPTED, "Попросите")]
)
def test_a_locked_row_keeps_what_was_typed_and_says_what_to_do(
    stand: Stand, boris: PageClient, state: StageState, word: str
) -> None:
    stand.put(1, state)
    answer = boris.send(stand.url(1, ROW), {"status": "in_progress", "comment": "не теряйте"})
    assert answer.status_code == 409
    assert "не теряйте" in text_of(answer)
    assert word in text_of(answer)
    page = boris.get(stand.url(1))
    assert not soup(page).select("[id^=edit-activity]")
    assert boris.get(stand.url(1, ROW)).location == stand.url(1, "#activity-1")


def test_nothing_changed_leaves_no_revision(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, ROW), ROW, **DONE)
    boris.fill(stand.url(1, ROW), ROW)
    assert stand.count(ActivityRevision) == 1


def test_the_journal_names_free_text_and_never_keeps_it(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    boris.fill(stand.url(1, ROW), ROW, **{**DONE, "comment": "Ландышева пришла"})
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="activity:saved")).one()
        assert entry.changes is not None
        assert entry.changes["status"] == ["not_started", "done"]
        assert entry.changes["comment"] == [None, None]
        assert "Ландышева" not in str(entry.changes)
        assert db.session.scalars(select(SchoolActivity)).one().version == 1


def test_the_answer_to_a_remark_is_saved_with_the_row(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.RETURNED)
    page = boris.get(stand.url(1))
    assert "Исправить до 14.12.2020 включительно" in text_of(page)
    row = soup(page).select_one("#activity-1 .check")
    assert row is not None
    assert "Укажите номер приказа." in row.get_text()
    boris.fill(stand.url(1, ROW), ROW, answer="Номер указан")
    assert stand.sheet(1).activities[0].remarks[0].answer == "Номер указан"
    assert "Что исправлено: Номер указан" in text_of(boris.get(stand.url(1)))


def test_a_locked_stage_refuses_a_save_that_no_page_made(app: Flask, stand: Stand) -> None:
    stand.put(1, StageState.SUBMITTED)
    sheet = stand.sheet(1)
    row = sheet.activities[0]
    with app.app_context(), pytest.raises(Locked), writing():
        save_activity(
            stand.cast.actor("boris"), sheet, row, Values(row.status, row.done_on), version=1
        )


def test_a_save_without_proof_is_refused_whatever_form_made_it(app: Flask, stand: Stand) -> None:
    sheet = stand.sheet(1)
    values = Values(ActivityStatus.DONE, sheet.head.due)
    with app.app_context(), pytest.raises(NotProved), writing():
        save_activity(stand.cast.actor("boris"), sheet, sheet.activities[0], values, version=0)
