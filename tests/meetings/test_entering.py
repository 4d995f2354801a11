"""Entering a meeting on the card of a pair."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.pairs.models import Pair, PairState
from tests.meetings.conftest import Group, Journal, Meetings
from tests.support.pages import HTMX, PageClient, find_form, form_values, soup, text_of
from tests.support.school import School

FORM = "/meetings"


def test_three_fields_make_a_meeting(
    boris: PageClient, school: School, meetings: Meetings, journal: Journal
) -> None:
    answer = boris.fill(school.card, FORM, held_on="8.12", minutes="40", topic="=Проект")
    assert (answer.status_code, answer.location) == (303, f"{school.card}#meetings")
    (meeting,) = meetings()
    assert (meeting.held_on, meeting.minutes, meeting.topic) == (date(2020, 12, 8), 40, "=Проект")
    assert len(meeting.presences) == 2  # mentor and mentee, though nobody was asked
    (entry,) = journal("meeting:added")
    assert entry.subject == f"пара {school.pair}: № 1, 3"
    page = text_of(boris.get(school.card))
    assert "1 встреча, всего 40 мин. Последняя вчера." in page
    assert "=Проект" in page


def test_today_and_the_usual_length_are_offered(boris: PageClient, school: School) -> None:
    typed = form_values(find_form(boris.get(school.card), FORM))
    assert (typed["held_on"], typed["minutes"]) == (["09.12.2020"], ["45"])
    assert typed["meets"] == ["in_person"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("10.12.2020", "Встречи ещё не было: укажите сегодняшнюю дату или раньше."),
        ("04.10.2020", "Пара начата 05.10.2020: укажите не раньше."),
        ("", "Укажите дату встречи, например 08.12.2020."),
    ],
)
def test_impossible_days_are_refused(
    boris: PageClient, school: School, meetings: Meetings, day: str, said: str
) -> None:
    answer = boris.fill(school.card, FORM, held_on=day, topic="Проект")
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert form_values(find_form(answer, FORM))["topic"] == ["Проект"]
    assert meetings() == []


@pytest.mark.parametrize("minutes", ["0", "601", "час", ""])
def test_a_meeting_takes_from_1_to_600_minutes(
    boris: PageClient, school: School, meetings: Meetings, minutes: str
) -> None:
    answer = boris.fill(school.card, FORM, minutes=minutes, topic="Проект")
    assert answer.status_code == 422
    assert meetings() == []


def test_a_meeting_after_the_end_is_refused_and_before_it_is_entered_late(
    app: Flask, boris: PageClient, school: School, meetings: Meetings
) -> None:
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, school.pair)
        pair.state, pair.ended = PairState.CLOSED, date(2020, 11, 30)
    typed = form_values(find_form(boris.get(school.card), FORM))
    assert typed["held_on"] == ["30.11.2020"]
    answer = boris.fill(school.card, FORM, held_on="01.12.2020", topic="Поздно")
    assert "Пара завершена 30.11.2020: укажите не позже." in text_of(answer)
    assert boris.fill(school.card, FORM, topic="Итоги").status_code == 303
    assert [meeting.held_on for meeting in meetings()] == [date(2020, 11, 30)]


def test_a_draft_has_no_meetings(
    app: Flask, boris: PageClient, school: School, meetings: Meetings
) -> None:
    form = boris.get(school.card)
    with app.app_context(), writing():
        db.session.get_one(Pair, school.pair).state = PairState.DRAFT
    assert "Встречи записывают, когда" in text_of(boris.get(school.card))
    assert boris.fill(form, FORM, topic="Проект").status_code == 422
    data = {"held_on": "09.12.2020", "minutes": "45", "topic": "Проект"}
    refused = boris.send(f"{school.card}/meetings", data, headers=HTMX)
    assert refused.status_code == 422
    assert "Пара пока черновик" in text_of(refused)
    assert meetings() == []


def test_of_a_group_everybody_was_there_but_those_unticked(
    boris: PageClient, group: Group, meetings: Meetings
) -> None:
    page = boris.get(group.card)
    both = [str(group.members["Ёлкин"]), str(group.members["Новак"])]
    assert sorted(form_values(find_form(page, FORM))["present"]) == sorted(both)
    boris.fill(page, FORM, topic="Проект", present=both[:1])
    (meeting,) = meetings()
    came = {each.member_id for each in meeting.presences}
    assert came == {group.members["Белкин"], group.members["Ёлкин"]}
    row = soup(boris.get(group.card)).select_one("#meeting-log tbody tr")
    assert row.select_one("[data-label='Не было']").get_text() == "Новак\xa0О."


def test_a_group_without_anybody_is_no_meeting(
    boris: PageClient, group: Group, meetings: Meetings
) -> None:
    answer = boris.fill(group.card, FORM, topic="Проект", present=[])
    assert answer.status_code == 422
    assert "Отметьте хотя бы одного из тех, кто был в группе 09.12.2020." in text_of(answer)
    assert meetings() == []


def test_the_same_day_again_is_asked_about(
    boris: PageClient, school: School, meetings: Meetings
) -> None:
    boris.fill(school.card, FORM, topic="Проект", minutes="30")
    answer = boris.fill(school.card, FORM, topic="Проект")
    assert answer.status_code == 422
    assert "уже записана встреча: 30 мин, «Проект»" in text_of(answer)
    assert len(meetings()) == 1
    assert boris.fill(answer, FORM, is_other="y").status_code == 303
    assert len(meetings()) == 2


def test_a_second_click_adds_nothing(boris: PageClient, school: School, meetings: Meetings) -> None:
    form = boris.get(school.card)
    for _ in range(2):
        assert boris.fill(form, FORM, topic="Проект").status_code == 303
    assert len(meetings()) == 1


def test_htmx_gets_the_form_empty_and_the_log_beside_it(boris: PageClient, school: School) -> None:
    data = {"held_on": "09.12.2020", "minutes": "45", "topic": "Проект"}
    answer = boris.send(f"{school.card}/meetings", data, headers=HTMX)
    page = soup(answer)
    assert answer.status_code == 200
    assert page.select_one("#topic").get("value", "") == ""
    assert "Проект" in page.select_one("#meeting-log[hx-swap-oob]").get_text()
    assert page.select_one("h1") is None
    refused = boris.send(f"{school.card}/meetings", {**data, "topic": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert soup(refused).select_one("form")["id"] == "meeting-form"


def test_who_may_enter_meetings(
    boris: PageClient, galina: PageClient, anna: PageClient, vera: PageClient, school: School
) -> None:
    boris.fill(school.card, FORM, topic="Проект")
    assert "Проект" in text_of(galina.get(school.card))
    data = {"held_on": "08.12.2020", "minutes": "45", "topic": "Проект"}
    for client, status in ((galina, 403), (anna, 403), (vera, 404)):
        assert client.send(f"{school.card}/meetings", data).status_code == status
    assert galina.get(f"{school.card}/meetings/1").status_code == 200
    assert anna.get(f"{school.card}/meetings/1").status_code == 403
    assert vera.get(f"{school.card}/meetings/1").status_code == 404
