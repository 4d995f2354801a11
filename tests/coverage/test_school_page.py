"""The school's page of coverage, and who stands behind its figures."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.people.models import Part, PersonGroup
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_group, add_pair, add_person


@pytest.fixture(autouse=True)
def people(app: Flask, cast: Cast) -> None:
    """Forty mentees in pairs of СОШ №5, one of them known by name, and one without a pair."""
    with app.app_context(), writing():
        add_group(cast.boris_school, 39)
        child = add_person(cast.boris_school, "Ландышева Мария")
        mentor = add_person(cast.boris_school, "Астрова Зоя", part=Part.MENTOR, grade=10)
        add_pair(cast.boris_school, mentor, [child], date(2020, 11, 1))
        add_person(cast.boris_school, "Мятлев Иван")


def test_the_line_says_how_many_are_missing(boris: PageClient, cast: Cast) -> None:
    said = text_of(boris.get(f"/schools/{cast.boris_school}/coverage/2020"))
    assert "Наставляемые 40 из 44 (90,9 %, до плана школы не хватает 4)" in said
    assert "в базе 41" in said


def test_five_years_stand_side_by_side(galina: PageClient, cast: Cast) -> None:
    page = soup(galina.get(f"/schools/{cast.boris_school}/coverage/2022"))
    rows = [
        [c.get_text(strip=True) for c in row.select("th, td")] for row in page.select("tbody tr")
    ]
    assert [row[:3] for row in rows] == [
        ["2020", "44", "40"], ["2021", "109", "—"], ["2022", "174", "—"],
        ["2023", "240", "—"], ["2024", "305", "—"],
    ]  # fmt: skip


def test_a_year_beyond_the_plan_is_among_its_five(boris: PageClient, cast: Cast) -> None:
    page = boris.get(f"/schools/{cast.boris_school}/coverage/2026")
    shown = [cell.get_text(strip=True) for cell in soup(page).select("tbody th")]
    assert shown == ["2022", "2023", "2024", "2025", "2026"]
    assert "План на 2026 год не введён" in text_of(page)
    assert not soup(page).select("a[href*=settings]")


def test_the_school_sees_by_name_who_is_counted(boris: PageClient, cast: Cast) -> None:
    base = f"/schools/{cast.boris_school}/coverage/2020"
    page = boris.get(f"{base}/people?part=mentee")
    assert "Ландышева Мария" in text_of(page)
    assert "Мятлев" not in text_of(page)  # without a pair
    assert len(soup(page).select("tbody tr")) == 40
    earlier = boris.get(f"{base}/people?part=mentee&on=31.10.2020")
    assert "Ландышева" not in text_of(earlier)
    assert "Астрова Зоя" in text_of(boris.get(f"{base}/people?part=mentor"))


def test_another_school_is_not_found(vera: PageClient, cast: Cast) -> None:
    base = f"/schools/{cast.boris_school}/coverage"
    for address in (base, f"{base}/2020", f"{base}/2020/people"):
        assert vera.get(address).status_code == 404


def test_the_coordinator_reads_the_schools_page_without_a_way_to_names(
    anna: PageClient, cast: Cast
) -> None:
    page = soup(anna.get(f"/schools/{cast.boris_school}/coverage/2020"))
    assert "Наставляемые 40 из 44" in page.get_text()
    assert not page.select("a[href*=people]")


def test_a_date_in_the_future_is_refused(boris: PageClient, cast: Cast) -> None:
    page = boris.get(f"/schools/{cast.boris_school}/coverage/2020?on=10.12.2020")
    assert page.status_code == 422
    assert "Дата ещё не наступила" in text_of(page)


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_no_plan_can_have_is_not_found(boris: PageClient, cast: Cast, year: int) -> None:
    assert boris.get(f"/schools/{cast.boris_school}/coverage/{year}").status_code == 404


def test_where_no_classes_are_the_list_says_the_age(
    app: Flask, anna: PageClient, boris: PageClient, cast: Cast
) -> None:
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, "Снегирёва Анна", part=Part.MENTOR, grade=0)
        told = {"name": "Вокал", "age": 14, "aged_on": date(2020, 9, 1)}
        db.session.add(PersonGroup(person_id=mentor.id, school_id=cast.boris_school, **told))
        child = add_person(cast.boris_school)
        add_pair(cast.boris_school, mentor, [child], date(2020, 11, 1))
    asked = "part=mentor&why=under_age"
    own = text_of(boris.get(f"/schools/{cast.boris_school}/coverage/2020/people?{asked}"))
    assert "Снегирёва Анна 14 лет на 01.09.2020" in own
    numbers = anna.get(f"/districts/1/coverage/2020/{cast.boris_school}?{asked}")
    assert "14 лет на 01.09.2020" in text_of(numbers)
    assert "Вокал" not in text_of(numbers)
