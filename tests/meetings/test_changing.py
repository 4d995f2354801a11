"""Changing, deleting, bringing back a meeting; what it was before."""

from collections.abc import Callable
from datetime import date

import pytest

from nastav.pairs.models import Pair
from tests.meetings.conftest import Group, Journal, Meetings
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.school import School

Saved = Callable[[int], Pair]


@pytest.fixture
def entered(boris: PageClient, school: School) -> str:
    """Return the address of a meeting of 8 December, 40 minutes, «Проект»."""
    boris.fill(school.card, "/meetings", held_on="08.12.2020", minutes="40", topic="Проект")
    return f"{school.card}/meetings/1"


def test_a_meeting_is_changed_and_what_it_was_stays_readable(
    boris: PageClient, entered: str, meetings: Meetings, journal: Journal
) -> None:
    assert boris.fill(entered, "/meetings/1", topic="Олимпиада", minutes="60").status_code == 303
    (meeting,) = meetings()
    assert (meeting.minutes, meeting.topic, meeting.version) == (60, "Олимпиада", 2)
    said = text_of(boris.get(entered))
    assert "08.12.2020, 40 мин, «Проект»" in said
    assert "(Борис Белов)" in said
    (entry,) = journal("meeting:changed")
    assert entry.changes == {"минуты": ["", "изменено"], "тема": ["", "изменено"]}
    assert "Проект" not in entry.subject


def test_nothing_changed_is_no_change(boris: PageClient, entered: str, journal: Journal) -> None:
    form = boris.get(entered)
    for _ in range(2):
        boris.fill(form, "/meetings/1", minutes="60")
    boris.fill(entered, "/meetings/1")
    assert len(journal("meeting:changed")) == 1


def test_of_two_who_change_one_meeting_the_second_sees_both(
    boris: PageClient, entered: str, meetings: Meetings
) -> None:
    stale = boris.get(entered)
    boris.fill(entered, "/meetings/1", minutes="60")
    answer = boris.fill(stale, "/meetings/1", minutes="30")
    assert answer.status_code == 409
    assert "Минут 60 30" in text_of(answer)
    assert meetings()[0].minutes == 60
    assert boris.fill(answer, "/meetings/1").status_code == 303
    assert meetings()[0].minutes == 30


def test_an_edit_may_not_meet_another_meeting_unasked(
    boris: PageClient, school: School, entered: str, meetings: Meetings
) -> None:
    boris.fill(school.card, "/meetings", held_on="07.12.2020", topic="Раньше")
    answer = boris.fill(entered, "/meetings/1", held_on="07.12.2020")
    assert answer.status_code == 422
    assert "07.12.2020 у этой пары уже записана встреча" in text_of(answer)
    assert boris.fill(answer, "/meetings/1", is_other="y").status_code == 303
    assert [meeting.held_on for meeting in meetings()] == [date(2020, 12, 7)] * 2


def test_a_deleted_meeting_counts_nowhere_and_comes_back(
    boris: PageClient, school: School, entered: str, meetings: Meetings
) -> None:
    stale = boris.get(entered)
    assert boris.fill(entered, "/delete").status_code == 303
    card = text_of(boris.get(school.card))
    assert "Встречи пока не записаны." in card
    assert "Удалённые встречи: 1" in card
    assert boris.fill(stale, "/delete").status_code == 303  # a second click
    assert boris.fill(stale, "/meetings/1", minutes="60").status_code == 409
    assert boris.fill(entered, "/restore").status_code == 303
    assert meetings()[0].deleted_at is None
    assert "1 встреча" in text_of(boris.get(school.card))


def test_a_stale_page_deletes_nothing(boris: PageClient, entered: str, meetings: Meetings) -> None:
    stale = boris.get(entered)
    boris.fill(entered, "/meetings/1", minutes="60")
    assert boris.fill(stale, "/delete").status_code == 409
    assert meetings()[0].deleted_at is None


def test_history_can_be_erased(
    boris: PageClient, entered: str, meetings: Meetings, journal: Journal
) -> None:
    boris.fill(entered, "/meetings/1", topic="Нейтрально")
    assert "«Проект»" in text_of(boris.get(entered))
    assert boris.fill(entered, "/erase").status_code == 303
    assert "«Проект»" not in text_of(boris.get(entered))
    assert meetings()[0].topic == "Нейтрально"
    boris.fill(entered, "/delete")
    boris.fill(entered, "/erase")
    assert meetings()[0].topic == ""
    assert len(journal("meeting:erased")) == 2


def test_who_was_there_can_be_corrected(
    boris: PageClient, group: Group, meetings: Meetings, journal: Journal
) -> None:
    boris.fill(group.card, "/meetings", topic="Проект")
    page = f"{group.card}/meetings/1"
    assert len(form_values(find_form(boris.get(page), "/meetings/1"))["present"]) == 2
    boris.fill(page, "/meetings/1", present=[str(group.members["Новак"])])
    came = {presence.member_id for presence in meetings()[0].presences}
    assert came == {group.members["Белкин"], group.members["Новак"]}
    assert meetings()[0].version == 2
    assert journal("meeting:changed")[0].changes == {"кто был": ["", "изменено"]}


def test_a_pair_does_not_end_before_its_last_meeting_nor_begin_after_its_first(
    boris: PageClient, school: School, entered: str, saved: Saved
) -> None:
    closing = {"ended": "07.12.2020", "reason": "цель", "decision": "finish"}
    answer = boris.fill(f"{school.card}/close", **closing)
    assert "Встреча пары записана 08.12.2020: укажите не раньше." in text_of(answer)
    answer = boris.fill(f"{school.card}/edit", started="09.12.2020")
    assert "Встреча пары записана 08.12.2020: укажите не позже." in text_of(answer)
    assert boris.fill(f"{school.card}/close", **{**closing, "ended": "08.12"}).status_code == 303
    assert saved(school.pair).ended == date(2020, 12, 8)


def test_a_meeting_of_another_pair_is_not_found(
    boris: PageClient, school: School, group: Group, entered: str
) -> None:
    assert boris.get(entered).status_code == 200
    assert boris.get(f"{group.card}/meetings/1").status_code == 404
