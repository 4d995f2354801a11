"""The header: sections, the pages of the section shown, the school year, what is in season."""

from datetime import date

import pytest
from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from nastav import dates
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.home.navigation.rules import Season, is_in_season
from nastav.identity.transfers.models import Transfer
from nastav.pairs.models import PairState
from nastav.people.models import Part
from tests.support.cast import Cast
from tests.support.growth import grow
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_pair, add_person
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.stages import StageOf, put

YEARS = "SELECT cycle.first_year"
SECTIONS = ["Моя школа", "Этапы", "Люди", "Пары и встречи", "Обратная связь", "Отчёты"]
# which section and page a page belongs to; the last are those that no menu leads to
PLACES = {
    "": ("Моя школа", "Неделя"),
    "/team": ("Моя школа", "Рабочая группа"),
    "/2020/stages": ("Этапы", "Все этапы"),
    "/2020/stages/3": ("Этапы", "Этап III, не начат"),
    "/mentees": ("Люди", "Наставляемые"),
    "/mentors/new": ("Люди", "Наставники"),
    "/consents": ("Люди", "Согласия"),
    "/2020/training": ("Люди", "Обучение"),
    "/mentors/criteria": ("Люди", "Критерии отбора"),
    "/transfers": ("Люди", "Переводятся к вам"),
    "/matches": ("Люди", "Возможные совпадения"),
    "/2020/classes": ("Люди", "Перевод в класс"),
    "/2020/pairs": ("Пары и встречи", "Пары и группы"),
    "/2020/pairs/new": ("Пары и встречи", "Пары и группы"),
    "/2020/meetings": ("Пары и встречи", "Лист встреч"),
    "/2020/pairs/plans": ("Пары и встречи", "Планы"),
    "/2020/pairs/matching": ("Пары и встречи", "Подбор"),
    "/2020/pairs/drafts": ("Пары и встречи", "Черновики"),
    "/2020/pairs/closing": ("Пары и встречи", "Завершение года"),
    "/2020/pairs/graduates": ("Пары и встречи", "Выпуск"),
    "/2020/feedback": ("Обратная связь",),
    "/reports": ("Отчёты", "Отчёты и печать"),
    "/coverage/2020": ("Отчёты", "Охват и план"),
    "/practices": ("Отчёты", "Практики"),
    "/2020/rewards": ("Отчёты", "Поощрения"),
    "/2020/occasions": ("Отчёты", "Участие"),
}


def current(answer: TestResponse) -> tuple[str, ...]:
    shown = soup(answer).select(".site-nav [aria-current], .section-nav .wrap > ul [aria-current]")
    return tuple(label(link) for link in shown)


def label(link: Tag) -> str:
    for count in link.select(".nav-count"):
        count.decompose()
    return link.get_text().strip()


def pages(answer: TestResponse) -> list[str]:
    return [label(link) for link in soup(answer).select(".section-nav .wrap > ul a")]


def counts(answer: TestResponse) -> dict[str, str]:
    links = soup(answer).select(".section-nav .wrap > ul a:has(.nav-count)")
    return {str(link.contents[0]).strip(): link.select(".nav-count")[0].text for link in links}


@pytest.mark.parametrize("page", PLACES)
def test_every_page_of_the_menu_stands_in_its_section(
    cast: Cast, boris: PageClient, page: str
) -> None:
    answer = boris.get(f"/schools/{cast.boris_school}{page}")
    assert current(answer) == PLACES[page]
    assert [label(link) for link in soup(answer).select(".site-nav a")] == SECTIONS


@pytest.mark.parametrize("page", ["/account", "/help", "/no/such/page"])
def test_other_pages_belong_to_no_section(boris: PageClient, page: str) -> None:
    answer = boris.get(page)
    assert current(answer) == ()
    assert len(soup(answer).select(".site-nav a")) == len(SECTIONS)


def test_the_links_of_an_error_lead_on_without_a_year(boris: PageClient) -> None:
    """Nothing is asked of a database that may be what failed."""
    for link in soup(boris.get("/no/such/page")).select(".site-nav a"):
        assert boris.get(str(link["href"]), follow_redirects=True).status_code == 200


def test_what_waits_stands_among_the_pages_with_its_count(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    pairs, people = (
        f"/schools/{cast.boris_school}/2020/pairs",
        f"/schools/{cast.boris_school}/mentees",
    )
    assert "Черновики" not in pages(boris.get(pairs))
    assert "Переводятся к вам" not in pages(boris.get(people))
    with app.app_context(), writing():
        mentor, mentee = add_person(cast.boris_school, part=Part.MENTOR), add_person(4)
        draft = add_pair(cast.boris_school, mentor, [mentee], state=PairState.DRAFT)
        other = add_person(cast.vera_school)
        db.session.add(
            Transfer(
                school_id=cast.vera_school,
                to_school_id=cast.boris_school,
                person_id=other.id,
                part=Part.MENTEE,
                left=date(2020, 12, 1),
            )
        )
        assert draft.school_id == cast.boris_school
    assert counts(boris.get(pairs)) == {"Черновики": "1"}
    assert counts(boris.get(people)) == {"Переводятся к вам": "1"}


def test_classes_graduates_and_last_years_pairs_wait(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        mentor = own.mentor("Белкин Юрий", grade=10)
        mentees = [own.mentee("Новак Олег", grade=7), own.mentee("Зимина Яна", grade=11)]
        own.pair(mentor, *mentees)
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2021))
    dates.configure(app.config["ZONE"], date(2021, 10, 5))
    pairs = boris.get(f"/schools/{cast.boris_school}/2021/pairs")
    assert counts(pairs) == {"Завершение года": "1", "Выпуск": "1"}
    assert counts(boris.get(f"/schools/{cast.boris_school}/mentees")) == {"Перевод в класс": "2"}


@pytest.mark.parametrize(
    ("season", "months"),
    [
        (Season.CLASSES, [9]),
        (Season.CLOSING, [5, 6, 7, 8]),
        (Season.GRADUATES, [5, 6, 7, 8]),
        (Season.DRAFTS, []),
        (Season.TRANSFERS, []),
    ],
)
def test_a_page_comes_with_its_months(season: Season, months: list[int]) -> None:
    shown = [month for month in range(1, 13) if is_in_season(season, 0, date(2021, month, 1))]
    assert shown == months
    assert all(is_in_season(season, 1, date(2021, month, 1)) for month in range(1, 13))


def test_rare_pages_always_stand_under_more(cast: Cast, boris: PageClient) -> None:
    page = soup(boris.get(f"/schools/{cast.boris_school}/2020/pairs"))
    more = [label(link) for link in page.select(".section-nav .panel a")]
    assert more == ["Черновики", "Завершение года", "Выпуск"]


def test_nobody_is_led_to_what_they_may_not_open(
    cast: Cast, galina: PageClient, gleb: PageClient
) -> None:
    shown = soup(galina.get(f"/schools/{cast.boris_school}/2020/pairs"))
    assert [label(link) for link in shown.select(".section-nav a")] == [
        "Пары и группы",
        "Лист встреч",
        "Планы",
    ]
    sections = soup(gleb.get(f"/districts/{cast.district}/overdue")).select(".site-nav a")
    assert not {"На проверке", "Настройки", "Журнал"} & {label(link) for link in sections}


OF_DISTRICT = {
    "/2020/stages": ("Сводка",),
    "/overdue": ("Сводка",),
    "/review": ("На проверке",),
    "/coverage/2020": ("Охват и план", "Охват"),
    "/matches": ("Охват и план", "Возможные совпадения"),
    "/execution": ("Исполнение", "Исполнение приказа"),
    "/2020/check": ("Исполнение", "Самопроверка района"),
    "/2020/samples": ("Исполнение", "Выборочная проверка"),
    "/team": ("Исполнение", "Рабочая группа"),
    "/reports": ("Отчёты",),
    "/feedback": ("Обратная связь", "Что говорят участники"),
    "/practices": ("Обратная связь", "Практики"),
    "/settings": ("Настройки", "Все настройки"),
    "/settings/deadlines": ("Настройки", "Все настройки"),
    "/journal": ("Настройки", "Журнал"),
}


@pytest.mark.parametrize("page", OF_DISTRICT)
def test_every_page_of_the_district_stands_in_one_of_seven_sections(
    cast: Cast, anna: PageClient, gleb: PageClient, page: str
) -> None:
    answer = anna.get(f"/districts/{cast.district}{page}")
    assert current(answer) == OF_DISTRICT[page]
    sections = [label(link) for link in soup(answer).select(".site-nav a")]
    assert sections == list(dict.fromkeys(places[0] for places in OF_DISTRICT.values()))
    of_observer = soup(gleb.get(f"/districts/{cast.district}/overdue")).select(".site-nav a")
    assert [label(link) for link in of_observer] == [
        section for section in sections if section not in ("На проверке", "Настройки")
    ]


def test_the_matrix_has_no_second_row(cast: Cast, anna: PageClient) -> None:
    assert pages(anna.get(f"/districts/{cast.district}/2020/stages")) == []


def test_sections_of_the_district_count_what_is_late_and_what_waits(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    put(app, ("СОШ №1", 1, "submitted"), ("СОШ №2", 1, "accepted"), ("СОШ №4", 1, "returned"))
    with app.app_context(), writing():
        StageOf("СОШ №2", 1).row().reopening_reason = "Внести приказ о смене куратора"
    page = anna.get(f"/districts/{cast.district}/2020/stages")
    found = {
        str(link.contents[0]).strip(): link.select(".nav-count")[0].text
        for link in soup(page).select(".site-nav a:has(.nav-count)")
    }
    late = soup(page).select("#counters strong")[0].text
    assert found == {"Сводка": f"{late} просрочено", "На проверке": "2"}
    dates.configure(app.config["ZONE"], date(2020, 12, 5))  # the returned one may still be mended
    before = soup(anna.get(f"/districts/{cast.district}/overdue")).select(".site-nav .nav-count")
    assert before[0].text == "10 просрочено"
    with app.app_context(), writing():
        db.session.query(Cycle).one().before_site = True
    after = soup(anna.get(f"/districts/{cast.district}/reports")).select(".site-nav .nav-count")
    assert [count.text for count in after] == ["2"]


def test_addresses_of_workbooks_lead_on(cast: Cast, anna: PageClient) -> None:
    answer = anna.get(f"/districts/{cast.district}/exports?on=1.11.2020&district_id=2")
    assert answer.location == f"/districts/{cast.district}/reports?on=1.11.2020"


# --- the school year ------------------------------------------------------------------------------


@pytest.fixture
def two_years(app: Flask, cast: Cast) -> str:
    """Open the school year before; return the address of the school of Борис."""
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2019))
    return f"/schools/{cast.boris_school}"


def years(answer: TestResponse) -> dict[str, str]:
    links = soup(answer).select(".site-year .panel a")
    return {link.get_text().split()[0]: str(link["href"]) for link in links}


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("/2020/training", "/2019/training"),
        ("/2020/pairs/plans", "/2019/pairs/plans"),
        ("/2020/stages/3", "/2019/stages/3"),
        ("/2020/feedback", "/2019/feedback"),
        ("/reports", "/reports?cycle=2019"),
        ("", "?cycle=2019"),
    ],
)
def test_the_year_is_switched_on_the_same_page(
    two_years: str, boris: PageClient, page: str, before: str
) -> None:
    found = years(boris.get(two_years + page))
    assert list(found) == ["2020/21", "2019/20"]
    assert found["2019/20"] == two_years + before


def test_a_page_of_one_row_leads_to_the_list_of_another_year(
    app: Flask, cast: Cast, two_years: str, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        pair = own.pair(own.mentor("Белкин Юрий", grade=10), own.mentee("Новак Олег"))
    found = years(boris.get(f"{two_years}/2020/pairs/{pair.id}"))
    assert found["2019/20"] == f"{two_years}/2019/pairs"


@pytest.mark.parametrize("page", ["/mentees", "/coverage/2020", "/practices", "/team"])
def test_a_page_without_a_school_year_shows_none(
    two_years: str, boris: PageClient, page: str
) -> None:
    assert years(boris.get(two_years + page)) == {}


def test_a_past_year_is_said_loudly(two_years: str, boris: PageClient, galina: PageClient) -> None:
    page = boris.get(f"{two_years}/2019/training")
    strip = soup(page).select_one(".past")
    assert strip is not None
    said = "Вы смотрите 2019/20 учебный год. Изменения здесь лягут в прошлый год."
    assert said in " ".join(strip.get_text().split())
    back = soup(page).select(".past a")[0]
    assert (back.text, back["href"]) == ("Вернуться в 2020/21", f"{two_years}/2020/training")
    links = [str(link["href"]) for link in soup(page).select(".section-nav a, .site-nav a")]
    assert f"{two_years}/2019/pairs" in links  # the year is kept, and said
    assert "Изменения здесь" not in text_of(galina.get(f"{two_years}/2019/training"))
    for own in ("/2020/training", "/mentees"):
        assert not soup(boris.get(two_years + own)).select(".past")


def test_a_year_not_begun_is_said_too(app: Flask, cast: Cast, boris: PageClient) -> None:
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2021))
    strip = soup(boris.get(f"/schools/{cast.boris_school}/2021/training")).select_one(".past")
    assert strip is not None
    assert "Вы смотрите 2021/22 учебный год, он ещё не начался." in strip.get_text()


# --- what it costs --------------------------------------------------------------------------------


def test_the_header_costs_the_same_however_much_waits(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    def cost(**headers: str) -> list[str]:
        with statements() as found:
            assert boris.get(f"/schools/{cast.boris_school}/mentees", **headers).status_code == 200
        return found

    def of_header(found: list[str]) -> list[str]:
        return [address for address in found if "transfer" in address or address.startswith(YEARS)]

    before = of_header(cost())
    assert len(before) == 2
    with app.app_context(), writing():
        grow(cast.boris_school)
    assert len(of_header(cost())) == 2
    assert of_header(cost(headers=HTMX)) == []
