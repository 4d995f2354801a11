"""The page of a stage: what stands out in it, the seven stages over it, several documents in one form."""

from datetime import date

import pytest
from bs4 import Tag
from flask import Flask

from nastav.db import db, writing
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.models import ActivityStatus, Evidence, SchoolActivity, StageState
from tests.stages.stand import DONE, ORDER, Stand
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_person

ROW = "/activities/1/edit"
QUIET = {"btn-secondary", "btn-quiet", "btn-link"}
THREE = {
    "status": "done",
    "done_on": "12.10.2020",
    "doc_kind": "Положение",
    "doc_number": "7",
    "doc_dated": "01.10.2020",
    "doc_kind_2": "Приказ",
    "doc_number_2": "145",
    "doc_dated_2": "12.10.2020",
    "doc_kind_3": "План мероприятий",
}


def line(client: PageClient, url: str, number: int = 1) -> Tag:
    found = soup(client.get(url)).select_one(f"#activity-{number}")
    assert found
    return found


def look(client: PageClient, url: str, number: int = 1) -> list[str]:
    return list(line(client, url, number).get("class") or ())


def strip(client: PageClient, url: str) -> dict[str, str]:
    """Return the figures of the strip by their names."""
    found = soup(client.get(url)).select("#stage-progress dl > div")
    return {
        " ".join(figure.dt.get_text().split()): " ".join(figure.dd.get_text().split())  # type: ignore[union-attr]
        for figure in found
    }


def test_three_documents_are_saved_by_one_form(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, ROW))
    assert len(soup(page).select(".doc-line input")) == 9
    boris.fill(page, ROW, **THREE)
    details = [
        document.details.replace("\xa0", " ") for document in stand.sheet(1).activities[0].documents
    ]
    assert details == [
        "Положение № 7 от 01.10.2020",
        "Приказ № 145 от 12.10.2020",
        "План мероприятий",
    ]
    again = soup(boris.get(stand.url(1, ROW)))
    assert len(again.select(".doc-line input")) == 3  # one more may always come
    assert "Приказ № 145 от 12.10.2020" in again.select_one(".doc-lines").get_text().replace(  # type: ignore[union-attr]
        "\xa0", " "
    )


def test_a_form_sent_twice_adds_its_documents_once(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, ROW))
    for _ in range(2):
        boris.fill(page, ROW, **THREE)
    assert stand.count(Evidence) == 3


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"doc_kind_2": ""}, "doc_kind_2", "Укажите вид документа"),
        ({"doc_dated_3": "31.02.2020"}, "doc_dated_3", "дат"),
        ({"doc_dated_2": "12.12.2020"}, "doc_dated_2", "Дата ещё не наступила"),
        ({"doc_kind_3": "я" * 101}, "doc_kind_3", "помещается не больше 100"),
    ],
)
def test_a_wrong_line_saves_none_of_them_and_keeps_all(
    stand: Stand, boris: PageClient, typed: dict[str, str], field: str, sentence: str
) -> None:
    answer = boris.fill(stand.url(1, ROW), ROW, **{**THREE, **typed})
    assert answer.status_code == 422
    page = soup(answer)
    error = page.select_one(f"#{field}-error")
    assert error
    assert sentence in error.get_text()
    assert page.select_one(f'[name={field}][aria-describedby="{field}-error"]')
    for name, text in {**THREE, **typed}.items():
        if name.startswith("doc_"):
            assert page.select_one(f"[name={name}]")["value"] == text  # type: ignore[index]
    assert stand.count(Evidence) == 0


def test_a_stale_form_gives_all_its_documents_back(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, ROW))
    boris.fill(stand.url(1, ROW), ROW, **DONE)
    conflict = boris.fill(page, ROW, **THREE)
    assert conflict.status_code == 409
    assert "Положение № 7 от 01.10.2020; Приказ № 145" in text_of(conflict).replace("\xa0", " ")
    boris.fill(conflict, ROW)
    assert len(stand.sheet(1).activities[0].documents) == 4


@pytest.mark.parametrize(
    ("values", "documents", "sentence"),
    [
        (Values(ActivityStatus.IN_PROGRESS, date(2020, 10, 12)), [], "а мероприятие не выполнено"),
        (Values(ActivityStatus.NOT_REQUIRED, reason="Таких нет"), [ORDER], "а документ есть"),
        (Values(ActivityStatus.DONE, date(2020, 10, 12)), [ORDER], ""),
        (Values(ActivityStatus.NOT_REQUIRED, reason="Таких нет"), [], ""),
    ],
)
def test_a_status_that_contradicts_a_date_or_a_document_is_remarked_at_once(
    app: Flask,
    stand: Stand,
    boris: PageClient,
    values: Values,
    documents: list[object],
    sentence: str,
) -> None:
    with app.app_context(), writing():
        sheet = stand._sheet(1)
        row = sheet.activities[3]
        save_activity(stand.cast.actor("boris"), sheet, row, values, version=0, documents=documents)  # type: ignore[arg-type]
    remarks = [remark.get_text() for remark in line(boris, stand.url(1), 4).select(".check")]
    assert [sentence in remark for remark in remarks] == ([True] if sentence else [])
    assert ("row-warn" in look(boris, stand.url(1), 4)) is bool(sentence)
    if sentence:
        assert sentence in text_of(boris.get(stand.url(1, "/submit")))


def test_done_without_a_date_is_remarked_whoever_wrote_it(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    stand.fill(1)
    with app.app_context(), writing():
        db.session.query(SchoolActivity).update({"done_on": None})
    assert "Отмечено выполненным, а даты нет" in line(boris, stand.url(1)).get_text()


def test_a_row_stands_out_by_what_can_be_done_with_it(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    assert look(boris, stand.url(2), 2) == ["row-warn"]  # nobody in the base
    with app.app_context(), writing():
        add_person(stand.cast.boris_school)
    assert look(boris, stand.url(2), 2) == ["row-ready"]
    boris.fill(stand.url(2), "/activities/2/declare")
    assert look(boris, stand.url(2), 2) == ["row-done"]
    assert look(boris, stand.url(4), 2) == ["row-warn"]
    assert look(boris, stand.url(1), 4) == []


def test_the_first_ready_row_alone_has_the_filled_button(stand: Stand, boris: PageClient) -> None:
    stand.put(6, StageState.IN_PROGRESS)
    page = soup(boris.get(stand.url(6)))
    filled = [button for button in page.select("main .btn") if not set(button["class"]) & QUIET]
    assert [button["id"] for button in filled] == ["to-submit"]  # all is done
    for number in (4, 6):
        edit = stand.url(6, f"/activities/{number}/edit")
        boris.fill(edit, "/edit", status="in_progress", done_on="")
    page = soup(boris.get(stand.url(6)))
    filled = [button for button in page.select("main .btn") if not set(button["class"]) & QUIET]
    assert [button["id"] for button in filled] == ["declare-6-4"]


def test_the_strip_says_each_figure_once(app: Flask, stand: Stand, boris: PageClient) -> None:
    with app.app_context(), writing():
        add_person(stand.cast.boris_school)
    figures = strip(boris, stand.url(2))
    assert figures["Выполнено"] == "0 из 2 мероприятий"
    assert figures["Можно отметить"] == "1 мероприятие"
    boris.fill(stand.url(2), "/activities/2/declare")
    boris.get(stand.url(2))  # the notice is shown once
    page = text_of(boris.get(stand.url(2)))
    assert page.count("1 из 2") == 1
    assert "2 из 2" not in page


def test_a_returned_stage_counts_what_is_mended(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.RETURNED)
    figures = strip(boris, stand.url(1))
    assert figures["Замечания координатора"] == "исправлено 0 из 1"
    assert figures["Вернул(а)"].startswith("09.12.2020")
    assert text_of(boris.get(stand.url(1))).count("Укажите номер приказа.") == 1
    boris.fill(stand.url(1, ROW), ROW, answer="Указан")
    assert strip(boris, stand.url(1))["Замечания координатора"] == "исправлено 1 из 1"


@pytest.mark.parametrize(
    "rest", ["", "/submit", "/edit", "/history", "/activities/1/documents/new"]
)
def test_the_seven_stages_stand_over_every_page_of_a_stage(
    stand: Stand, boris: PageClient, anna: PageClient, rest: str
) -> None:
    stand.put(3, StageState.SUBMITTED)
    links = soup(boris.get(stand.url(2, rest))).select(".romans a")
    names = [" ".join(link.get_text().split()) for link in links]
    assert names[0] == "Все этапы"
    assert names[3] == "Этап III, на проверке"
    assert names[2].startswith("Этап II,")
    assert [link["href"] for link in links if link.get("aria-current")] == [stand.url(2)]
    assert soup(anna.get(stand.url(2))).select(".romans a")
    assert not soup(boris.get(f"/schools/{stand.cast.boris_school}")).select(".romans")


def test_why_it_is_not_required_is_said_to_be_for_that_status_only(
    stand: Stand, boris: PageClient
) -> None:
    field = soup(boris.get(stand.url(1, ROW))).select_one(".only-not-required")
    assert field
    assert "Только для статуса «не требуется»" in field.get_text()


def test_a_question_mark_is_a_link_and_opens_its_paragraph_in_place(
    stand: Stand, boris: PageClient
) -> None:
    mark = soup(boris.get(stand.url(1, ROW))).select_one(".doc-lines .help-mark")
    assert mark
    assert mark["href"] == "/help#help-documents"
    assert soup(boris.get("/help")).select_one("#help-documents")
    opened = soup(boris.get(str(mark["hx-get"]), headers=HTMX))
    text = opened.select_one(".help-here")
    assert text
    assert "Файл прикладывать не обязательно" in text.get_text()
    again = opened.select_one('.help-mark[aria-expanded="true"][data-focus]')
    assert again
    shut = soup(boris.get(str(again["hx-get"]), headers=HTMX))
    assert shut.select_one('.help-mark[aria-expanded="false"]')
    assert not shut.select(".help-here")
    assert boris.get(str(mark["hx-get"])).location == "/help#help-documents"
    assert boris.get("/help/nothing").status_code == 404
