"""«Моя школа»: what must I do today, and where do we stand."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import writing
from nastav.pairs.models import PairState
from nastav.people.models import Part
from tests.conftest import ClientOf
from tests.home.stand import (
    REMARK,
    SURNAME,
    URGENT,
    add_cycle,
    add_transfer,
    enter,
    groups,
    task,
    tasks,
    titles,
)
from tests.support.cast import BORIS_SCHOOL, VERA_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_pair, add_person, member
from tests.support.queries import statements
from tests.support.stages import put


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
    assert "В базе за учебный год 3" in task(boris.get(home), base).get_text(" ")
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


def test_of_a_year_that_is_over_the_answers_of_its_end_are_missing(
    app: Flask, cast: Cast, boris: PageClient, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(app, cast.boris_school, mentees=3, paired=3)
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 9, 6))
    found = titles(boris.get(home))
    assert "Итоговые анкеты" in found
    assert "Анкеты в начале работы" not in found


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
    assert boris.get(f"{home}?cycle={10**22}").status_code == 404
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
    assert len(full) < 42
