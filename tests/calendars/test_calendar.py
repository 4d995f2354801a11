"""A calendar link: what it shows, to whom, and that a revoked one opens nothing."""

from datetime import date, timedelta

import pytest
from bs4 import Tag
from flask import Flask
from icalendar import Calendar, Event

from nastav.accounts.models import User
from nastav.db import db, writing
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put

OWN = "/account/calendar"
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")


def make(client: PageClient) -> str:
    """Make the link of whoever is signed in and return its path."""
    page = client.get(OWN)
    if not soup(page).select_one("#address"):
        assert client.fill(page).status_code == 303
        page = client.get(OWN)
    field = soup(page).select_one("#address")
    assert isinstance(field, Tag)
    return str(field["value"]).removeprefix("http://localhost")


def events(app: Flask, path: str) -> dict[str, Event]:
    """Return summary → event, as a program reads them that has not signed in."""
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.data).events}


def test_a_program_reads_the_seven_deadlines_of_the_school(app: Flask, boris: PageClient) -> None:
    found = events(app, make(boris))
    assert sorted(found) == [f"Этап {roman}: срок" for roman in ROMANS]
    days = [event.start for event in found.values()]
    assert days == sorted(days)
    first = found["Этап I: срок"]
    assert first.start == date(2020, 11, 30)
    assert first.end - first.start == timedelta(days=1)
    [reminder] = first.alarms.times
    assert f"{reminder.trigger:%d.%m.%Y %H:%M}" == "27.11.2020 09:00"


def test_a_stage_sent_says_so_and_reminds_of_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    found = events(app, make(boris))
    assert "Этап I: на проверке" in found
    assert not found["Этап I: на проверке"].alarms.times
    assert found["Этап II: срок"].alarms.times


def test_a_returned_stage_stands_on_the_day_it_is_to_be_mended(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    put(app, ("СОШ №5", 1, "returned"))
    event = events(app, make(boris))["Этап I: исправить до этого дня"]
    assert event.start != date(2020, 11, 30)


def test_a_second_press_keeps_the_link(app: Flask, boris: PageClient) -> None:
    page = boris.get(OWN)
    assert boris.fill(page).status_code == 303
    path = make(boris)
    assert boris.fill(page).status_code == 303
    assert make(boris) == path


def test_a_revoked_link_opens_nothing_and_says_what_to_do(app: Flask, boris: PageClient) -> None:
    path = make(boris)
    assert boris.fill(boris.get(OWN)).status_code == 303
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert "Такой ссылки на календарь нет" in text_of(answer)
    assert make(boris) != path


def test_the_link_of_a_disabled_user_opens_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    path = make(boris)
    with app.app_context(), writing():
        user = db.session.get_one(User, cast.users["boris"])
        user.disabled_at = user.created_at
    assert app.test_client().get(path).status_code == 404


def test_nobody_of_the_district_has_a_calendar(anna: PageClient) -> None:
    assert anna.get(OWN).status_code == 403


@pytest.mark.parametrize("code", ["", "x", "%00", "a" * 500])
def test_a_code_that_was_never_given_out_opens_nothing(app: Flask, cast: Cast, code: str) -> None:
    assert app.test_client().get(f"/calendar/{code}.ics").status_code == 404
