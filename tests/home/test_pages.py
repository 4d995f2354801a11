"""Start, help, what a school prints, the index of settings."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.stages.models import Stage
from tests.conftest import ClientOf
from tests.support.cast import BORIS_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put

EVERYBODY = ("boris", "vera", "galina", "anna", "gleb")


@pytest.mark.parametrize("login", EVERYBODY)
def test_the_root_leads_everybody_to_their_own_place(
    cast: Cast, client_of: ClientOf, login: str
) -> None:
    own = {
        "boris": f"/schools/{cast.boris_school}",
        "galina": f"/schools/{cast.boris_school}",
        "vera": f"/schools/{cast.vera_school}",
    }
    answer = client_of(login).get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == own.get(login, f"/districts/{cast.district}")


def test_nobody_is_led_to_sign_in(nobody: PageClient) -> None:
    for url in ("/", "/help", "/schools/1"):
        answer = nobody.get(url)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login"), url


@pytest.mark.parametrize("login", EVERYBODY)
def test_help_is_for_every_role(client_of: ClientOf, login: str) -> None:
    answer = client_of(login).get("/help")
    page = soup(answer)
    anchors = [str(link["href"])[1:] for link in page.select(".contents > li > a")]
    assert anchors == ["first-week", "start", "words", "deadlines", "counting", "trouble", "ask"]
    assert all(page.find(id=anchor) for anchor in anchors)


def test_help_shows_the_deadlines_of_the_database(app: Flask, boris: PageClient) -> None:
    with app.app_context(), writing():
        db.session.query(Stage).filter_by(ordinal=3).one().due = date(2020, 12, 17)
    rows = {
        row.select("th")[0].get_text(): row.select("td")[0].get_text(" ")
        for row in soup(boris.get("/help")).select(".deadlines tbody tr")
    }
    assert len(rows) == 7
    assert "17.12.2020" in rows["III. База наставников"]


def test_the_help_begins_with_all_its_headings_and_a_search(boris: PageClient) -> None:
    page = boris.get("/help")
    contents = {str(link["href"])[1:]: link.get_text() for link in soup(page).select(".contents a")}
    heads = soup(page).select("main h2[id]")
    listed = [str(head["id"]) for head in heads]
    assert list(contents) == listed
    assert listed[0] == "first-week"
    titles = {str(head["id"]): head.get_text() for head in heads}
    assert {key: titles[key] for key in contents if key != "deadlines"} == {
        key: title for key, title in contents.items() if key != "deadlines"
    }
    found = boris.fill(page, "/search", words="файл не принят")
    assert str(found.location).endswith("/help#file")


def test_help_names_whom_to_ask(boris: PageClient) -> None:
    text = text_of(boris.get("/help"))
    assert "Анна Андреева" in text
    assert "Давиденко Елена Вячеславовна" in text


def tags_of(page: BeautifulSoup) -> list[str]:
    return [
        " ".join(tags.get_text(" ").split()) for tags in page.select(".tags, .stages td:last-child")
    ]


@pytest.mark.parametrize("path", ["", "/reports", "/2020/stages"])
def test_lateness_stands_beside_the_state_and_never_in_its_place(
    app: Flask, boris: PageClient, home: str, path: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "accepted"), (BORIS_SCHOOL, 2, "returned"))
    page = soup(boris.get(f"{home}{path}"))
    assert tags_of(page)[:3] == ["принят поздно", "возвращён просрочен на 4 дня", "не начат"]
    assert re.search(r"испр(авить|\.) до 05\.12", page.get_text(" "), re.IGNORECASE)


def test_a_school_prints_the_sheet_of_each_stage(
    app: Flask, boris: PageClient, galina: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "accepted"), (BORIS_SCHOOL, 2, "1"))
    for client in (boris, galina):
        page = soup(client.get(f"{home}/reports"))
        sheets = [str(link["href"]) for link in page.select("tbody a[href$=print]")]
        assert sheets == [f"{home}/2020/stages/{n}/print" for n in range(1, 8)]
        assert tags_of(page)[:3] == ["принят поздно", "в работе просрочен на 3 дня", "не начат"]
        assert page.select(f'main a[href="{home}/coverage/2020"]')


def test_reports_list_every_workbook_of_the_school(
    boris: PageClient, galina: PageClient, home: str
) -> None:
    for client in (boris, galina):
        page = soup(client.get(f"{home}/reports"))
        books = [str(link["href"]) for link in page.select("main a[href$='.xlsx']")]
        yearly = [f"{home}/2020/{name}.xlsx" for name in ("pairs", "meetings", "feedback")]
        assert books == [f"{home}/mentees.xlsx", f"{home}/mentors.xlsx", *yearly]
        assert {client.get(book).status_code for book in books} == {200}


def test_reports_of_an_empty_year_say_that_sheets_are_blank(
    app: Flask, boris: PageClient, home: str
) -> None:
    blank = "листы будут пустыми"
    assert blank in text_of(boris.get(f"{home}/reports"))
    put(app, (BORIS_SCHOOL, 1, "1"))
    assert blank not in text_of(boris.get(f"{home}/reports"))


def test_reports_offer_other_school_years(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2021))
    page = soup(boris.get(f"{home}/reports"))
    years = [str(link["href"]) for link in page.select(".site-year .panel a")]
    assert years == [f"{home}/reports?cycle={year}" for year in (2021, 2020)]
    assert "2021/22 учебный год" in text_of(boris.get(years[0]))


def test_the_district_does_not_open_what_a_school_signs(
    anna: PageClient, gleb: PageClient, vera: PageClient, home: str
) -> None:
    assert anna.get(f"{home}/reports").status_code == 403
    assert gleb.get(f"{home}/reports").status_code == 403
    assert vera.get(f"{home}/reports").status_code == 404


def test_settings_show_their_present_values(cast: Cast, anna: PageClient) -> None:
    base = f"/districts/{cast.district}"
    answer = anna.get(f"{base}/settings")
    links = [str(link["href"]) for link in soup(answer).select(".cards a")]
    parts = (
        "deadlines", "order", "wording", "papers", "plan", "cycles", "rules", "kinds", "meeting-kinds",
        "questionnaires", "consents", "users",
    )  # fmt: skip
    assert links == [*(f"{base}/settings/{part}" for part in parts), f"{base}/team"]
    text = text_of(answer).replace("\N{NO-BREAK SPACE}", " ")
    for value in (
        "ближайший срок 10.12.2020, этапы III и V",
        "План на 2020 год введён для всех школ",
        "Текущий учебный год 2020/21",
        "доволен — от 7 из 10",
        "Без куратора 11 школ",
        "В группе 3 человека",
    ):
        assert value in text


def test_settings_say_that_this_years_plan_is_missing(
    cast: Cast, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: date(2026, 2, 3))
    text = text_of(anna.get(f"/districts/{cast.district}/settings"))
    assert "План на 2026 год не введён." in text
    assert "все сроки уже прошли" in text


def test_settings_are_the_coordinators_alone(
    cast: Cast, gleb: PageClient, boris: PageClient
) -> None:
    assert gleb.get(f"/districts/{cast.district}/settings").status_code == 403
    assert boris.get(f"/districts/{cast.district}/settings").status_code in (403, 404)
    assert gleb.get("/districts/987654/settings").status_code == 404
