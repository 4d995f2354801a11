"""A form open while the stage was sent or accepted: refused in words, and nothing typed is lost."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.db import db
from nastav.stages.models import Evidence, StageState
from tests.stages.stand import PDF, Stand
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

NEW = "/activities/1/documents/new"
ROW = "/activities/1/edit"
LOCKED = [
    (StageState.SUBMITTED, "отправили на проверку", "Отзовите этап"),
    (StageState.ACCEPTED, "приняли", "Попросите координатора"),
]


def last_document(app: Flask) -> Evidence:
    with app.app_context():
        return db.session.scalars(select(Evidence).order_by(Evidence.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize(("state", "happened", "advice"), LOCKED)
def test_a_new_document_comes_back_with_what_was_typed(
    stand: Stand, boris: PageClient, state: StageState, happened: str, advice: str
) -> None:
    page = boris.get(stand.url(1, NEW))
    stand.put(1, state)
    before = stand.count(Evidence)
    answer = boris.fill(page, NEW, kind="Положение", number="7", dated="31.13")
    assert answer.status_code == 409
    assert happened in text_of(answer)
    assert advice in text_of(answer)
    values = form_values(find_form(answer, NEW))
    assert (values["kind"], values["number"], values["dated"]) == (
        ["Положение"],
        ["7"],
        ["31.13"],
    )
    assert "приложите его снова" not in text_of(answer)
    assert stand.count(Evidence) == before


def test_a_file_sent_to_a_locked_stage_is_said_to_be_lost(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, NEW))
    stand.put(1, StageState.SUBMITTED)
    answer = boris.fill(page, NEW, kind="План", file=(io.BytesIO(PDF), "План.pdf"))
    assert answer.status_code == 409
    assert "Файл: Выберите файл ещё раз" in text_of(answer)
    assert "План.pdf" not in answer.get_data(as_text=True)


def test_the_page_of_the_refusal_saves_once_the_stage_is_taken_back(
    stand: Stand, boris: PageClient
) -> None:
    page = boris.get(stand.url(1, NEW))
    stand.put(1, StageState.SUBMITTED)
    answer = boris.fill(page, NEW, kind="Положение", number="7")
    boris.fill(stand.url(1), "/withdraw")
    assert boris.fill(answer, NEW).status_code == 303
    assert "Положение № 7" in text_of(boris.get(stand.url(1)))


def test_a_mended_document_comes_back_and_is_not_removed(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    stand.put(1, StageState.IN_PROGRESS)
    document = last_document(app)
    url = stand.url(1, f"/documents/{document.id}")
    page = boris.get(url)
    boris.fill(stand.url(1, "/submit"), "/submit")
    changed = boris.fill(page, url, number="146")
    removed = boris.fill(page, "/remove")
    assert (changed.status_code, removed.status_code) == (409, 409)
    assert soup(changed).select_one("[name=number]")["value"] == "146"  # type: ignore[index]
    kept = last_document(app)
    assert (kept.number, kept.removed_at) == (document.number, None)


def test_an_activity_typed_into_a_locked_stage_is_saved_after_taking_it_back(
    stand: Stand, boris: PageClient
) -> None:
    page = boris.get(stand.url(1, ROW))
    stand.put(1, StageState.SUBMITTED)
    answer = boris.fill(page, ROW, comment="Не теряйте", doc_number="7", doc_dated="31.13")
    assert answer.status_code == 409
    for part in ("Не теряйте", "7 31.13", "Сохранить введённое"):
        assert part in text_of(answer)
    boris.fill(stand.url(1), "/withdraw")
    refused = boris.fill(answer, ROW)
    assert refused.status_code == 422
    saved = boris.fill(refused, ROW, doc_kind="План", doc_dated="1.10.2020", status="in_progress")
    assert saved.status_code == 303
    assert stand.sheet(1).activities[0].comment == "Не теряйте"


def test_an_activity_typed_into_an_accepted_stage_can_only_be_copied(
    stand: Stand, boris: PageClient
) -> None:
    page = boris.get(stand.url(1, ROW))
    stand.put(1, StageState.ACCEPTED)
    answer = boris.fill(page, ROW, comment="Не теряйте", doc_number="7")
    assert answer.status_code == 409
    assert "Не теряйте" in text_of(answer)
    assert "Попросите координатора открыть этап" in text_of(answer)
    assert not soup(answer).select("#keep-mine-1")
