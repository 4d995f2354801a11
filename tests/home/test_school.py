"""«Моя школа»: what must I do today, and where do we stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.identity.transfers.models import Transfer
from nastav.pairs.models import PairState
from nastav.people.models import Part, Person
from nastav.stages.models import Stage
from tests.conftest import ClientOf
from tests.support.cast import BORIS_SCHOOL, VERA_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_pair, add_person, member
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


def note_visit(app: Flask, cast: Cast, at: datetime) -> None:
    """Have Boris done something at a moment; newer entries are of later ids."""
    with app.app_context(), writing():
        boris = cast.actor("boris")
        db.session.add(
            AuditEntry(
                at=at,
                event="sign_in:opened",
                actor_id=boris.id,
                actor_name="",
                school_id=boris.school_id,
            )
        )


def add_cycle(district_id: int, first_year: int) -> None:
    """Open a school year with stage I alone, due on 30 November; caller commits."""
    cycle = Cycle(district_id=district_id, first_year=first_year)
    db.session.add(cycle)
    db.session.flush()
    db.session.add(
        Stage(
            cycle_id=cycle.id,
            ordinal=1,
            key="conditions",
            roman="I",
            title="Подготовка условий",
            short="Подготовка",
            due=date(first_year, 11, 30),
        )
    )


def add_transfer(person: Person, from_school: int, to_school: int) -> None:
    """Offer a pupil to another school; caller commits."""
    db.session.add(
        Transfer(
            person_id=person.id,
            school_id=from_school,
            to_school_id=to_school,
            part=Part.MENTEE,
            left=date(2020, 12, 1),
        )
    )


def tasks(answer: TestResponse) -> list[Tag]:
    return soup(answer).select(".todo li")


def titles(answer: TestResponse) -> list[str]:
    return [" ".join(task.select(".todo-title")[0].get_text().split()) for task in tasks(answer)]


def task(answer: TestResponse, title: str) -> Tag:
    """Return the one task whose title has these words."""
    (found,) = [task for task in tasks(answer) if title in " ".join(task.get_text(" ").split())]
    return found


def groups(answer: TestResponse) -> list[str]:
    return [" ".join(head.get_text(" ").split()) for head in soup(answer).select(".todo h2")]


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


def test_tasks_stand_in_three_groups_in_the_order_of_urgency(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT, (BORIS_SCHOOL, 4, "in_progress"))
    enter(app, cast.boris_school, mentees=6, paired=2)
    answer = boris.get(home)
    assert groups(answer) == [
        "Срочно 4",
        "Отметить одним нажатием дата — сегодня, ответственный — вы",
        "На этой неделе 2",
    ]
    assert titles(answer) == [
        "возвращён Этап I. Подготовка условий",
        "просрочен Этап II. База наставляемых",
        "Этап III. База наставников",
        "Этап V. Пары и группы",
        "База наставляемых и предполагаемые результаты",
        "База наставников, формы наставничества",
        "Наставнические пары или группы",
        "Этап IV готов к отправке",
        "Лист встреч 07.12–13.12",
        "4 наставляемых без пары",
        "1 пара или группа давно не встречалась",
        "7 человек в базах без согласия",
    ]


def test_each_task_has_exactly_one_button_and_the_page_one_that_is_filled(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=3, paired=2)
    answer = boris.get(home)
    stage, year = f"{home}/2020/stages", f"{home}/2020"
    buttons = [each.select(".act a, .act form") for each in tasks(answer)]
    assert [str(each.get("href") or each["action"]) for (each,) in buttons] == [
        f"{stage}/1",
        f"{stage}/2",
        f"{stage}/3",
        f"{stage}/5",
        f"{stage}/2/activities/2/declare",
        f"{stage}/3/activities/2/declare",
        f"{stage}/5/activities/1/declare",
        f"{year}/meetings",
        f"{year}/pairs/matching",
        f"{year}/pairs?show=silent",
        f"{home}/consents",
    ]
    filled = soup(answer).select(
        "main a.btn:not(.btn-secondary), main button.btn:not([class*=btn-s])"
    )
    assert [str(each["href"]) for each in filled] == [f"{stage}/1"]
    assert {
        boris.get(str(each.get("href"))).status_code for (each,) in buttons if each.name == "a"
    } == {200}


def test_a_stage_with_everything_done_is_offered_for_sending(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 2, "in_progress"))
    page = boris.get(home)
    assert soup(page).select(f'.todo a[href="{home}/2020/stages/2/submit"]')


def test_the_coordinators_remark_is_printed_right_there(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    first = tasks(boris.get(home))[0].get_text(" ", strip=True)
    assert f"Мероприятие 1: {REMARK}" in first
    assert "Исправить нужно было до 05.12.2020" in first


def test_ten_tasks_before_the_fold_and_the_rest_counted(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT, (BORIS_SCHOOL, 4, "in_progress"))
    enter(app, cast.boris_school, mentees=6, paired=2)
    page = soup(boris.get(home))
    assert len(page.select(".todo > ul > li")) == 10
    assert "Ещё 2 дела" in page.select_one(".todo-rest summary").get_text(" ").replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_missing_consents_are_counted_to_all_and_listed_to_the_school(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=2, paired=1)
    words = "3 человека в базах без согласия"
    assert task(boris.get(home), words).select_one("a")["href"] == f"{home}/consents"
    assert not task(anna.get(home), words).select("a")  # a count, no list


# --- declared by one press --------------------------------------------------------------------------


def test_what_the_site_counts_is_declared_here_and_taken_back_without_a_script(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=3, paired=3)
    base = "База наставляемых и предполагаемые"
    assert "В базе 3" in task(boris.get(home), base).get_text(" ")
    pressed = boris.fill(home, "/stages/2/activities/2/declare")
    assert pressed.status_code == 303
    assert pressed.headers["Location"] == f"{home}?cycle=2020"
    done = task(boris.get(home), "отмечено выполненным")
    assert "is-done" in done["class"]
    assert "Вернуть как было" in done.get_text(" ")
    boris.fill(home, "/stages/2/activities/2/undeclare")
    assert "Отметить выполненным" in task(boris.get(home), base).get_text(" ")


def test_an_activity_whose_count_is_none_is_not_offered(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    assert not soup(boris.get(home)).select(".todo form[action*=declare]")


def test_what_is_sent_is_not_declared_any_more(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=3, paired=3)
    assert soup(boris.get(home)).select(".todo form[action*='stages/2/']")
    assert "предполагаемые результаты" not in " ".join(
        titles(galina.get(home))
    )  # the head declares nothing
    assert not soup(anna.get(home)).select(".todo form")
    put(app, (BORIS_SCHOOL, 2, "submitted"))
    assert not soup(boris.get(home)).select(".todo form[action*='stages/2/']")


# --- people and pairs -------------------------------------------------------------------------------


def test_a_group_that_lost_its_mentor_is_urgent(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR, left=date(2020, 11, 30))
        mentees = [add_person(cast.boris_school) for _ in range(4)]
        group = add_pair(cast.boris_school, mentor, mentees, date(2020, 10, 5))
        member(group, mentor).left = date(2020, 11, 30)
    found = task(boris.get(home), "У группы нет наставника")
    assert "остались 4 наставляемых" in found.get_text(" ").replace("\N{NO-BREAK SPACE}", " ")
    address = f"{home}/2020/pairs?show=lacking"
    assert found.select_one("a")["href"] == address
    assert len(soup(boris.get(address)).select("tbody tr")) == 1
    assert "Открыть пары" in task(galina.get(home), "У группы нет").get_text(" ")


def test_drafts_wait_and_say_how_many_mentees_stand_in_them(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        mentees = [add_person(cast.boris_school) for _ in range(2)]
        add_pair(cast.boris_school, mentor, mentees, date(2020, 12, 14), state=PairState.DRAFT)
    found = task(boris.get(home), "1 черновик ждёт начала")
    assert "В нём 2 наставляемых" in found.get_text(" ").replace("\N{NO-BREAK SPACE}", " ")
    assert found.select_one("a")["href"] == f"{home}/2020/pairs/drafts"
    assert "ещё 2 в черновиках пар" in text_of(boris.get(home))


def test_this_weeks_sheet_is_a_task_until_every_pair_has_met(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        for number in range(2):
            mentor = add_person(cast.boris_school, part=Part.MENTOR)
            mentee = add_person(cast.boris_school)
            pair = add_pair(cast.boris_school, mentor, [mentee])
            add_meeting(
                pair, date(2020, 12, 6 + number), []
            )  # the first on Sunday of the week before
    assert "Заполнен у 1 из 2" in task(boris.get(home), "Лист встреч").get_text(" ")
    boris.fill(f"{home}/2020/pairs/1", "/meetings", topic="Проект")
    assert not any("Лист встреч" in title for title in titles(boris.get(home)))


def test_last_years_classes_a_transfer_and_unsent_stages_are_tasks(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        add_person(cast.boris_school, joined=date(2020, 5, 12), grade=6)
        offered = add_person(cast.vera_school, left=date(2020, 12, 1))
        add_transfer(offered, cast.vera_school, cast.boris_school)
        add_cycle(cast.district, 2019)
    answer = boris.get(home)
    ways = {
        "числится в прошлогоднем классе": f"{home}/2020/classes",
        "В школу переводится": f"{home}/transfers",
        "1 этап 2019/20 не отправлен": f"{home}/2019/stages",
    }
    for words, address in ways.items():
        (link,) = [
            each.select_one("a")["href"]
            for each in tasks(answer)
            if words in " ".join(each.get_text(" ").split())
        ]
        assert link == address
        assert boris.get(address).status_code == 200


def test_missing_answers_are_told_by_whose_they_are(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=3, paired=3)
    found = task(boris.get(home), "Анкеты в начале работы").get_text(" ")
    assert "Наставляемые — 0 из 3, наставники — 0 из 1." in " ".join(found.split())
    put(app, (BORIS_SCHOOL, 6, "submitted"))
    assert not any("Анкеты" in title for title in titles(boris.get(home)))


# --- news, steps, the strip -------------------------------------------------------------------------


def test_what_was_decided_since_the_last_visit_is_news_until_it_holds_no_more(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "returned"), (BORIS_SCHOOL, 6, "accepted"))
    assert not soup(boris.get(home)).select(".news")  # here for the first time
    note_visit(app, cast, datetime(2020, 11, 30, 9, 0, tzinfo=UTC))
    news = soup(boris.get(home)).select_one(".news")
    assert " ".join(news.get_text(" ").split()) == "Новое с 30.11: возвращён этап I принят этап VI"
    assert not soup(anna.get(home)).select(".news")
    note_visit(app, cast, datetime(2020, 12, 2, 9, 0, tzinfo=UTC))
    assert not soup(boris.get(home)).select(".news")


def test_an_empty_school_is_led_by_three_steps(
    boris: PageClient, galina: PageClient, home: str
) -> None:
    page = soup(boris.get(home))
    steps = page.select(".steps > li")
    assert ["около" in step.h2.get_text() for step in steps] == [True] * 3
    assert ["Что понадобится:" in step.get_text() for step in steps] == [True] * 3
    addresses = [
        f"{home}/2020/stages/1",
        f"{home}/mentees/import",
        f"{home}/2020/pairs/matching",
    ]
    assert [str(step.select("a.btn")[0]["href"]) for step in steps] == addresses
    filled = page.select("main a.btn:not(.btn-secondary)")
    assert [str(button["href"]) for button in filled] == addresses[:1]
    sample = page.select_one(f'.needs a[href="{home}/mentees/import/template.xlsx"]')
    assert boris.get(str(sample["href"])).status_code == 200
    read = galina.get(home)
    assert "Вставьте" not in text_of(read)
    heads = [str(link["href"]) for link in soup(read).select(".steps a")]
    assert heads == [f"{home}/2020/stages/1/print"]  # the head reads and prints


def test_the_steps_end_with_the_first_pair(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    page = soup(boris.get(home))
    assert ["is-done" in step.get("class", []) for step in page.select(".steps > li")] == [
        True,
        False,
        False,
    ]
    assert page.select_one(".steps a.btn:not(.btn-secondary)")["href"] == f"{home}/mentees/import"
    enter(app, cast.boris_school, mentees=2, paired=1)
    assert not soup(boris.get(home)).select(".steps")


def test_in_september_what_carries_over_stands_before_who_has_no_pair(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    enter(app, cast.boris_school, mentees=5, paired=4)
    with app.app_context(), writing():
        add_cycle(cast.district, 2021)
        dates.configure(app.config["ZONE"], date(2021, 9, 6))
    page = soup(boris.get(home))
    steps = [step.h3.get_text(" ", strip=True) for step in page.select(".steps > li")]
    assert steps == ["Перевести классы", "Решить о прошлогодних парах", "Закончить прошлый год"]
    rest = [each.get_text(" ", strip=True) for each in page.select(".todo .todo-title")]
    assert "1 наставляемый без пары" in " ".join(rest).replace("\N{NO-BREAK SPACE}", " ")
    assert page.select_one(f'.steps a[href="{home}/2020/stages"]')
    assert len(page.select("main a.btn:not(.btn-secondary)")) == 1


def test_the_nearest_deadline_stands_first_whatever_else_is_there(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    strip = " ".join(soup(boris.get(home)).select_one(".strip").get_text(" ").split())
    assert strip == (
        "Ближайший срок Этап III. База наставников до 10.12.2020 включительно остался 1 день "
        "Выполнено 1 из 2 затем V до 10.12, IV до 31.12"
    )


def test_nothing_is_called_urgent_only_where_nothing_is(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, *((BORIS_SCHOOL, ordinal, "submitted") for ordinal in (1, 2, 3)))
    calm = "срочного нет"
    assert calm not in text_of(boris.get(home))  # stage V is due tomorrow
    put(app, (BORIS_SCHOOL, 5, "submitted"))
    answer = text_of(boris.get(home))
    assert f"{calm}; затем IV до 31.12" in answer
    assert "Этап VI. Работа пар и групп до 15.12.2020 включительно" in answer


def test_a_year_that_is_all_sent_says_so(app: Flask, boris: PageClient, home: str) -> None:
    put(app, *((BORIS_SCHOOL, ordinal, "submitted") for ordinal in range(1, 8)))
    assert "Ближайший срок все этапы отправлены" in text_of(boris.get(home))


def test_the_receipt_ends_with_what_comes_next(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "submitted"), (BORIS_SCHOOL, 2, "1"))
    receipt = f"{home}/2020/stages/1/sent"
    page = soup(boris.get(receipt))
    assert page.select_one("#next").get_text() == "Дальше: Этап II. База наставляемых"
    assert page.select_one("a.btn:not(.btn-secondary)")["href"] == f"{home}/2020/stages/2"
    assert "Дальше" not in text_of(galina.get(receipt))


def test_the_week_is_printed_by_the_school_alone_and_names_nobody(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient, vera: PageClient,
    home: str,
) -> None:  # fmt: skip
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=3, paired=1)
    assert soup(boris.get(home)).select(f'main a[href^="{home}/print"]')
    for client in (boris, galina):
        text = text_of(client.get(f"{home}/print"))
        assert "Этап I. Подготовка условий. Исправить нужно было до 05.12.2020" in text
        assert "10.12.2020 — этап III" in text
        assert SURNAME not in text
    assert anna.get(f"{home}/print").status_code == 403
    assert vera.get(f"{home}/print").status_code == 404


def test_coverage_counts_people_against_the_plan(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    enter(app, cast.boris_school, mentees=44, paired=40)
    bars = " ".join(soup(boris.get(home)).select_one(".bars").get_text(" ").split())
    assert "Наставляемые 40 из 44, 90,9 % до плана школы не хватает 4" in bars
    assert "Наставники 1 из 2" in bars


def test_no_data_is_not_zero(app: Flask, boris: PageClient, home: str) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    assert "Наставляемые нет данных, план 44" in text_of(boris.get(home))


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
    words = "1 пара или группа давно не встречалась"
    found = task(boris.get(home), words)
    assert found.select_one("a")["href"] == f"{home}/2020/pairs?show=silent"
    assert "Больше 30 дней без записанной встречи." in " ".join(found.get_text(" ").split())
    assert not task(anna.get(home), words).select("a")
    boris.fill(f"{home}/2020/pairs/1", "/meetings", topic="Проект")
    assert words not in titles(boris.get(home))


def test_last_events_stand_by_day_and_name_no_child(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 6, "accepted"))
    log = soup(boris.get(home)).select_one(".log")
    assert [line.get_text() for line in log.select("dd")] == [
        "Принят этап VI",
        "Отправлен на проверку этап VI",
        "Начат этап VI",
    ]
    assert len(log.select("dt")) == 1


def test_the_head_prints_instead_of_filling(app: Flask, galina: PageClient, home: str) -> None:
    put(app, *URGENT)
    links = [str(link["href"]) for link in soup(galina.get(home)).select(".todo a")]
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
    assert len(full) < 39
