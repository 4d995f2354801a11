"""What a school changed since its stage was last looked at: field by field, beside each activity."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.review.deciding import decide, remark_fields
from tests.stages.stand import DONE, Stand
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

FIRST, FIFTH = "/activities/1/edit", "/activities/5/edit"


@pytest.fixture
def stand(app: Flask, cast: Cast, anna: PageClient, boris: PageClient) -> Stand:
    """A stage sent, and returned with a remark on its first activity."""
    stand = Stand(app, cast)
    stand.fill(1)
    boris.fill(stand.url(1, "/submit"), "/submit")
    page = anna.get(stand.url(1, "/review"))
    remark = remark_fields(page)[0]
    decide(anna, page, decision="return", fix_by="14.12", **{remark: "Нет плана."})
    return stand


def item(page: BeautifulSoup, number: int) -> str:
    section = page.select_one(f"section[aria-labelledby=activity-{number}]")
    assert section
    return section.get_text(" ", strip=True)


def test_only_changed_fields_stand_with_both_values(
    stand: Stand, anna: PageClient, boris: PageClient
) -> None:
    boris.fill(stand.url(1, FIRST), "/edit", answer="План приложен.", done_on="10.11.2020")
    boris.fill(stand.url(1, FIFTH), "/edit", responsible="Лаптева П. С.")
    boris.fill(stand.url(1, "/submit"), "/submit")
    page = soup(anna.get(stand.url(1, "/review")))
    text = page.get_text(" ", strip=True).replace("\xa0", " ")
    assert "С возврата 09.12.2020 изменено 2 мероприятия из 5:" in text
    first, fifth = item(page, 1), item(page, 5)
    assert (
        "Изменено по замечанию Поле Было (09.12.2020) Стало Дата выполнения 12.10.2020 10.11.2020"
        in first
    )
    assert "Изменено без замечания" in fifth
    assert "Ответственный Белов Б. Б. Лаптева П. С." in fifth
    assert "Дата выполнения" not in fifth
    assert "Без изменений с 09.12.2020." in item(page, 2)
    folded = [
        each.get_text(" ", strip=True) for each in page.select("details.review-remark summary")
    ]
    assert folded == [f"Написать замечание к мероприятию {number}" for number in (2, 3, 4)]


def test_a_document_is_said_as_added_or_taken_away(
    stand: Stand, anna: PageClient, boris: PageClient
) -> None:
    boris.fill(
        stand.url(1, FIRST),
        "/edit",
        **{**DONE, "doc_kind": "План мероприятий", "doc_number": "312"},
    )
    boris.fill(stand.url(1, "/submit"), "/submit")
    page = soup(anna.get(stand.url(1, "/review")))
    added = [each.get_text(strip=True) for each in page.select("#activity-1 ~ table ins")]
    assert added == ["План мероприятий №\xa0312 от\xa012.10.2020"]
    assert not page.select("#activity-1 ~ table del")


def test_a_remark_that_nothing_answers_is_said(
    stand: Stand, anna: PageClient, boris: PageClient
) -> None:
    boris.fill(stand.url(1, "/submit"), "/submit")
    page = soup(anna.get(stand.url(1, "/review")))
    assert "в мероприятиях и документах ничего не изменено" in page.get_text(" ")
    assert "Замечание было, а в мероприятии ничего не изменено" in item(page, 1)


def test_a_first_sending_is_compared_with_nothing(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    stand = Stand(app, cast)
    stand.fill(1)
    boris.fill(stand.url(1, "/submit"), "/submit")
    text = text_of(anna.get(stand.url(1, "/review")))
    assert "изменено" not in text
    assert "Без изменений" not in text


def test_what_was_taken_back_is_compared_with_the_sending(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    stand = Stand(app, cast)
    stand.fill(1)
    boris.fill(stand.url(1, "/submit"), "/submit")
    boris.fill(stand.url(1), "/withdraw")
    boris.fill(stand.url(1, FIRST), "/edit", responsible="Лаптева П. С.")
    boris.fill(stand.url(1, "/submit"), "/submit")
    text = text_of(anna.get(stand.url(1, "/review"))).replace("\xa0", " ")
    assert "С прошлой отправки 09.12.2020 изменено 1 мероприятие из 5: 1 (без замечания)" in text


def test_a_stage_opened_again_is_compared_with_what_was_accepted(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    stand = Stand(app, cast)
    stand.fill(1)
    boris.fill(stand.url(1, "/submit"), "/submit")
    anna.fill(stand.url(1, "/review"), decision="accept")
    anna.fill(stand.url(1, "/review"), "/reopen", reason="Проверьте дату.", fix_by="20.12")
    boris.fill(stand.url(1, FIRST), "/edit", done_on="13.10.2020")
    boris.fill(stand.url(1, "/submit"), "/submit")
    text = text_of(anna.get(stand.url(1, "/review"))).replace("\xa0", " ")
    assert "С открытия этапа 09.12.2020 изменено 1 мероприятие из 5" in text
