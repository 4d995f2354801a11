"""The district's page of coverage, and what stands behind its figures."""

from datetime import date

import pytest
from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from nastav.coverage.forms import asked_day
from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.people.models import Kind, Part
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_group, add_pair, add_person
from tests.support.queries import statements

PAGE = "/districts/1/coverage/2020"
NOVEMBER = date(2020, 11, 1)


@pytest.fixture
def people(app: Flask, cast: Cast) -> None:
    """Forty mentees in pairs of СОШ №5 since October; one teacher-mentor of СОШ №2 since November."""
    with app.app_context(), writing():
        add_group(cast.boris_school, 36)
        child = add_person(cast.vera_school, "Ландышева Мария", grade=5, letter="Б")
        teacher = add_person(cast.vera_school, "Мятлев Иван", part=Part.MENTOR, kind=Kind.TEACHER)
        add_pair(cast.vera_school, teacher, [child], NOVEMBER)
        add_group(cast.boris_school, 4, NOVEMBER)


def row(answer: TestResponse, name: str) -> list[str]:
    """Return the cells of a school or total of the first table."""
    for line in soup(answer).select("#coverage-table tr"):
        heading = line.select_one("th[scope=row]")
        if isinstance(heading, Tag) and heading.get_text(strip=True) == name:
            return [cell.get_text(strip=True) for cell in line.select("td")]
    raise AssertionError(f"no row {name}")


@pytest.mark.usefixtures("people")
def test_plan_and_fact_stand_beside_both_totals(anna: PageClient) -> None:
    page = anna.get(PAGE)
    assert row(page, "СОШ №5")[:5] == ["44", "40", "90,9\xa0%", "−4", "4"]
    assert row(page, "СОШ №5")[5:] == ["2", "2", "100,0\xa0%", "0", "0"]
    assert row(page, "СОШ №2")[:5] == ["35", "1", "2,9\xa0%", "−34", "34"]
    assert row(page, "СОШ №2")[5:] == ["2", "0", "0,0\xa0%", "−2", "2"]
    assert row(page, "СОШ №10")[5:] == ["0", "нет данных", "—", "—", "—"]
    sums = row(page, "ИТОГО, сумма по школам")
    assert sums[:5] == ["286", "41", "14,3\xa0%", "−245", "245"]
    assert sums[5:] == ["16", "2", "12,5\xa0%", "−14", "14"]
    printed = row(page, "ИТОГО по приказу")
    assert printed[:5] == ["285", "41", "14,4\xa0%", "−244", "—"]
    assert printed[5:] == ["17", "2", "11,8\xa0%", "−15", "—"]
    assert "верны оба числа" in text_of(page)


@pytest.mark.usefixtures("people")
def test_who_is_missing_and_where_is_said_in_people(anna: PageClient) -> None:
    said = text_of(anna.get(PAGE))
    gap = (
        "До плана района не хватает 245 наставляемых, по школам не хватает 245, из них нет данных:"
    )
    assert f"{gap} СОШ №1, план 68; СОШ №4, план 32;" in said
    assert "Больше всего: СОШ №1 — 68, СОШ №2 — 34, СОШ №4 — 32, СОШ №12 — 21" in said
    assert "Наставники: по школам не хватает 14, могут добавить СОШ №1 (4)," in text_of(
        anna.get(f"{PAGE}/counted")
    )
    assert "Наставники: не вошли в счёт: взрослые: другие 1" in said


@pytest.mark.usefixtures("people")
def test_a_past_date_is_counted_from_what_is_entered_today(anna: PageClient) -> None:
    page = anna.get(PAGE, query_string={"on": "31.10"})
    assert row(page, "СОШ №5")[1] == "36"
    assert "по данным, внесённым на сегодня" in text_of(page)
    assert "по состоянию на 31 октября 2020 г." in text_of(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("10.12.2020", "Дата ещё не наступила: укажите от 01.01.2020 до 09.12.2020."),
        ("31.12.2019", "Дата не относится к 2020 году: укажите от 01.01.2020 до 09.12.2020."),
        ("31.11", "31.11.2020 не существует"),
        ("31.02", "31.02.2020 не существует"),
        ("завтра", "Укажите дату в формате ДД.ММ.ГГГГ"),
    ],
)
def test_a_date_that_cannot_be_shown_is_refused_with_a_sentence(
    anna: PageClient, typed: str, sentence: str
) -> None:
    for headers in ({}, HTMX):
        page = anna.get(PAGE, query_string={"on": typed}, headers=headers)
        assert page.status_code == 422
        assert sentence in text_of(page)
    field = soup(anna.get(PAGE, query_string={"on": typed})).select_one("#on")
    assert field is not None
    assert field["value"] == typed


def test_a_refused_date_says_which_day_is_shown_instead(app: Flask, anna: PageClient) -> None:
    assert "Ниже — показатели на сегодня." in text_of(anna.get(PAGE, query_string={"on": "31.11"}))
    with app.app_context():
        over, running, to_come = (asked_day({"on": "x"}, year) for year in (2019, 2020, 2021))
    assert over.instead == "Ниже — показатели на 31.12.2019."
    assert running.instead == "Ниже — показатели на сегодня."
    assert to_come.instead == "Ниже — план."


@pytest.mark.usefixtures("people")
def test_htmx_gets_the_part_that_changes(anna: PageClient) -> None:
    part = soup(anna.get(PAGE, query_string={"on": "31.10.2020"}, headers=HTMX))
    assert part.select_one("#coverage") is not None
    assert part.select_one("h1") is None


def test_a_year_without_a_plan_leads_to_entering_it(anna: PageClient, gleb: PageClient) -> None:
    page = anna.get("/districts/1/coverage/2026")
    assert "План на 2026 год не введён" in text_of(page)
    assert soup(page).select_one("a[href='/districts/1/settings/plan/2026']")
    for_observer = soup(gleb.get("/districts/1/coverage/2026"))
    assert not for_observer.select("a[href*=settings]")


def test_pages_without_a_year_lead_to_this_one(anna: PageClient, boris: PageClient) -> None:
    assert anna.get("/districts/1/coverage").location == PAGE
    assert boris.get("/schools/4/coverage").location == "/schools/4/coverage/2020"


@pytest.mark.usefixtures("people")
def test_the_district_setting_chooses_what_is_compared(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        db.session.get_one(District, 1).coverage_basis = "in_register"
        add_person(4)
    page = anna.get(PAGE)
    assert row(page, "СОШ №5")[:2] == ["44", "41"]
    assert "в базах школ" in text_of(page)


@pytest.mark.usefixtures("people")
def test_behind_a_figure_the_district_sees_numbers_and_classes(
    anna: PageClient, cast: Cast
) -> None:
    page = anna.get(f"{PAGE}/{cast.vera_school}?part=mentee")
    cells = [cell.get_text(strip=True) for cell in soup(page).select("tbody th, tbody td")]
    assert cells == ["1", "5\xa0«Б»"]
    assert len(soup(anna.get(f"{PAGE}/{cast.boris_school}")).select("tbody tr")) == 40
    assert len(soup(anna.get(f"{PAGE}/{cast.boris_school}?on=31.10")).select("tbody tr")) == 36
    assert anna.get(f"{PAGE}/{cast.vera_school}?part=director").status_code == 404
    of_teacher = anna.get(f"{PAGE}/{cast.vera_school}?part=mentor")
    assert "никто не посчитан" in text_of(of_teacher)


@pytest.mark.usefixtures("people")
def test_no_name_reaches_the_coordinators_pages(anna: PageClient, cast: Cast) -> None:
    school = cast.vera_school
    for address in (PAGE, f"{PAGE}/{school}", f"/schools/{school}/coverage/2020"):
        page = anna.get(address).get_data(as_text=True)
        assert "Ландышев" not in page
        assert "Мятлев" not in page
    assert anna.get(f"/schools/{school}/coverage/2020/people").status_code == 403


@pytest.mark.usefixtures("people")
def test_schools_do_not_see_the_districts_page(boris: PageClient) -> None:
    assert boris.get(PAGE).status_code == 403
    assert boris.get("/districts/2/coverage/2020").status_code == 404


def test_the_page_costs_as_many_queries_for_forty_schools(app: Flask, client_of: ClientOf) -> None:
    with app.app_context(), writing():
        schools = [school.id for school in db.session.query(School)][:3]
        for school in schools:
            add_group(school, 3)
    anna = client_of("anna")
    anna.get(PAGE)
    with statements() as few:
        anna.get(PAGE)
    with app.app_context(), writing():
        for n in range(27):
            school = School(district_id=1, ordinal=20 + n, name=f"СОШ №{20 + n}")
            db.session.add(school)
            db.session.flush()
            add_group(school.id, 3)
    with statements() as many:
        anna.get(PAGE)
    assert len(many) == len(few) <= 18
