"""«Моя школа»: what must I do today, and where do we stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from nastav.db import writing
from nastav.pairs.models import PairState
from nastav.people.models import Part
from tests.conftest import ClientOf
from tests.support.cast import BORIS_SCHOOL, VERA_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person
from tests.support.stages import put

SURNAME = "Ландышева"
REMARK = "Укажите номер приказа."
URGENT = (
    (BORIS_SCHOOL, 1, "returned"),
    (BORIS_SCHOOL, 2, "1"),
    (BORIS_SCHOOL, 3, "1"),
    (BORIS_SCHOOL, 6, "accepted"),
)


def enter(app: Flask, school_id: int, mentees: int, paired: int) -> None:
    """Put mentees into a register, so many of them into one group with a pupil as mentor."""
    with app.app_context(), writing():
        people = [add_person(school_id, f"{SURNAME} Анна{n}") for n in range(mentees)]
        mentor = add_person(school_id, f"{SURNAME} Пётр", part=Part.MENTOR, grade=10)
        add_pair(school_id, mentor, people[:paired], date(2020, 10, 5))


def tasks(answer: TestResponse) -> list[Tag]:
    return soup(answer).select(".tasks > li")


def titles(answer: TestResponse) -> list[str]:
    return [" ".join(task.select(".task-title")[0].get_text().split()) for task in tasks(answer)]


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_tasks_stand_in_the_order_of_urgency(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=6, paired=2)
    assert titles(boris.get(home)) == [
        "Этап I. Подготовка условий",
        "Этап II. База наставляемых",
        "Этап III. База наставников",
        "Этап V. Пары и группы",
        "4 наставляемых без пары",
    ]


def test_each_task_has_exactly_one_link(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=3, paired=2)
    stage = f"{home}/2020/stages"
    links = [[str(link["href"]) for link in task.select("a")] for task in tasks(boris.get(home))]
    assert links == [
        [f"{stage}/1"],
        [f"{stage}/2"],
        [f"{stage}/3"],
        [f"{stage}/5"],
        [f"{home}/mentees?show=unpaired"],
    ]


def test_a_stage_with_everything_done_is_offered_for_sending(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 2, "in_progress"))
    page = boris.get(home)
    assert soup(page).select(f'.tasks a[href="{home}/2020/stages/2/submit"]')


def test_the_coordinators_remark_is_printed_right_there(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    first = tasks(boris.get(home))[0].get_text(" ", strip=True)
    assert f"Мероприятие 1: {REMARK}" in first
    assert "Исправить нужно было до 05.12.2020" in first


def test_five_tasks_at_most_and_the_rest_counted(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "returned"), (BORIS_SCHOOL, 6, "returned"))
    put(app, (BORIS_SCHOOL, 7, "returned"))
    enter(app, cast.boris_school, mentees=2, paired=1)
    answer = boris.get(home)
    assert len(tasks(answer)) == 5
    assert "И ещё 4 дела: этапы видны ниже, в списке;" in text_of(answer)
    rest = [link.get_text() for link in soup(answer).select(".muted a")]
    assert rest[:3] == ["наставляемые без пары", "пары без встреч", "люди без согласия"]


def test_missing_consents_are_the_last_task_and_lead_to_their_list(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, home: str
) -> None:
    put(app, *[(BORIS_SCHOOL, stage, "accepted") for stage in (1, 2, 3, 5)])
    enter(app, cast.boris_school, mentees=2, paired=1)
    last = tasks(boris.get(home))[-1]
    assert "3 человека в базах без согласия" in " ".join(last.get_text(" ").split())
    assert last.select_one("a")["href"] == f"{home}/consents"
    assert not tasks(anna.get(home))[-1].select("a")  # a count, no list


def test_a_new_school_is_led_to_exactly_one_first_task(boris: PageClient, home: str) -> None:
    answer = boris.get(home)
    assert not tasks(answer)
    buttons = soup(answer).select("main a.btn")
    assert [str(button["href"]) for button in buttons] == [f"{home}/2020/stages/1"]
    assert "начните с этапа I" in text_of(answer)


def test_nothing_urgent_names_the_next_deadline(app: Flask, boris: PageClient, home: str) -> None:
    put(app, *((BORIS_SCHOOL, ordinal, "submitted") for ordinal in (1, 2, 3, 5, 6)))
    assert "Ближайший срок — этап IV, до 31.12.2020" in text_of(boris.get(home))


def test_coverage_counts_people_against_the_plan(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=44, paired=40)
    text = text_of(boris.get(home)).replace("\N{NO-BREAK SPACE}", " ")
    assert "наставляемые 40 из 44 (90,9 %, до плана школы не хватает 4)" in text
    assert "наставники 1 из 2" in text


def test_no_data_is_not_zero(app: Flask, boris: PageClient, home: str) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    assert "наставляемые нет данных, план 44" in text_of(boris.get(home))


def test_a_year_without_a_plan_says_so(
    app: Flask, boris: PageClient, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: date(2026, 2, 3))
    assert "План на 2026 год не введён" in text_of(boris.get(home))


@pytest.mark.parametrize(
    ("state", "expected"), [(PairState.DRAFT, 1), (PairState.PAUSED, 0), (PairState.ACTIVE, 0)]
)
def test_a_draft_is_no_pair_and_a_paused_pair_is(
    app: Flask, cast: Cast, boris: PageClient, home: str, state: PairState, expected: int
) -> None:
    with app.app_context(), writing():
        mentee = add_person(cast.boris_school)
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        add_pair(cast.boris_school, mentor, [mentee], date(2020, 10, 5), state=state)
    assert ("1 наставляемый без пары" in titles(boris.get(home))) is bool(expected)


def test_who_left_or_was_a_mistake_needs_no_pair(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        add_person(cast.boris_school, left=date(2020, 12, 8))
        add_person(cast.boris_school, is_mistake=True)
        add_person(cast.boris_school, left=date(2020, 12, 9))  # today: as in the register
        add_person(cast.boris_school)
    assert "1 наставляемый без пары" in titles(boris.get(home))


def test_pairs_that_have_not_met_for_long_are_a_task(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=1, paired=1)
    answer = boris.get(home)
    assert titles(answer)[-1] == "1 пара давно не встречалась"
    assert tasks(answer)[-1].select_one("a")["href"] == f"{home}/2020/pairs?show=silent"
    assert "Больше 30 дней без записанной встречи." in text_of(answer)
    assert not tasks(anna.get(home))[-1].select("a")
    boris.fill(f"{home}/2020/pairs/1", "/meetings", topic="Проект")
    assert "1 пара давно не встречалась" not in titles(boris.get(home))


def test_last_events_name_nobody(app: Flask, boris: PageClient, home: str) -> None:
    put(app, (BORIS_SCHOOL, 6, "accepted"))
    events = [
        " ".join(li.get_text(" ").split()) for li in soup(boris.get(home)).select(".history li")
    ]
    assert [event.split(", ", 1)[1][6:] for event in events] == [
        "Этап VI: принят",
        "Этап VI: отправлен на проверку",
        "Этап VI: начата работа",
    ]


def test_the_head_prints_instead_of_filling(app: Flask, galina: PageClient, home: str) -> None:
    put(app, *URGENT)
    links = [str(link["href"]) for link in soup(galina.get(home)).select(".tasks a")]
    assert links == [f"{home}/2020/stages/{n}/print" for n in (1, 2, 3, 5)]


@pytest.mark.parametrize("login", ["anna", "gleb"])
def test_the_district_sees_counts_without_names_and_a_way_back(
    app: Flask, cast: Cast, client_of: ClientOf, home: str, login: str
) -> None:
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=3, paired=1)
    answer = client_of(login).get(home)
    page = soup(answer)
    assert page.h1 is not None
    assert page.h1.get_text() == BORIS_SCHOOL
    assert "2 наставляемых без пары" in titles(answer)
    assert SURNAME not in answer.get_data(as_text=True)
    assert not page.select("main a[href*=mentees]")
    assert page.select(f'.crumbs a[href="/districts/{cast.district}/2020/stages"]')
    assert "Борис Белов" in text_of(answer)


def test_another_schools_home_is_not_found(cast: Cast, boris: PageClient, vera: PageClient) -> None:
    assert boris.get(f"/schools/{cast.vera_school}").status_code == 404
    assert vera.get(f"/schools/{cast.boris_school}").status_code == 404
    assert boris.get("/schools/987654").status_code == 404


def test_a_school_year_that_was_not_opened_is_not_found(boris: PageClient, home: str) -> None:
    assert boris.get(f"{home}?cycle=2020").status_code == 200
    assert boris.get(f"{home}?cycle=2033").status_code == 404
    assert boris.get(f"{home}?cycle=прошлый").status_code == 404


def test_the_page_costs_the_same_queries_however_much_there_is(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with statements() as empty:
        boris.get(home)
    put(app, *URGENT, (VERA_SCHOOL, 1, "returned"))
    enter(app, cast.boris_school, mentees=12, paired=5)
    with statements() as full:
        boris.get(home)
    assert len(full) == len(empty)
    assert len(full) < 28
