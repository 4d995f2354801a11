"""«Последняя встреча 34 дня назад» on the list of pairs."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.meetings import rules
from nastav.pairs.models import Pair, PairState
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.school import School


def last_of(boris: PageClient, school: School) -> str:
    page = soup(boris.get(school.pairs))
    return page.select_one("[data-label='Последняя встреча']").get_text().replace("\xa0", " ")


def test_the_list_says_how_long_ago_a_pair_met(boris: PageClient, school: School) -> None:
    assert last_of(boris, school) == "не записана"
    boris.fill(school.card, "/meetings", held_on="05.11.2020", topic="Проект")
    assert last_of(boris, school) == "05.11.2020, 34 дня назад"
    boris.fill(school.card, "/meetings", held_on="08.12.2020", topic="Проект")
    assert last_of(boris, school) == "08.12.2020, вчера"


@pytest.mark.parametrize(("day", "is_silent"), [("09.11.2020", False), ("08.11.2020", True)])
def test_after_thirty_days_a_pair_is_silent(
    boris: PageClient, school: School, day: str, is_silent: bool
) -> None:
    boris.fill(school.card, "/meetings", held_on=day, topic="Проект")
    shown = len(soup(boris.get(f"{school.pairs}?show=silent")).select("tbody tr"))
    assert shown == int(is_silent)
    assert ("Давно не встречались: 1" in text_of(boris.get(school.pairs))) is is_silent


def test_a_young_pair_a_pause_and_a_deleted_meeting(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, school.free, started=date(2020, 12, 1))
    boris.fill(school.card, "/meetings", held_on="08.12.2020", topic="Проект")
    boris.fill(f"{school.card}/meetings/1", "/delete")
    rows = soup(boris.get(f"{school.pairs}?show=silent")).select("tbody th")
    assert [row.get_text().replace("\xa0", " ") for row in rows] == ["Громова А."]
    with app.app_context(), writing():
        db.session.get_one(Pair, school.pair).state = PairState.PAUSED
    assert soup(boris.get(f"{school.pairs}?show=silent")).select("tbody th") == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(45, "45 мин"), (60, "1 ч"), (90, "1 ч 30 мин"), (0, "0 мин"), (60060, "1 001 ч")],
)
def test_durations_in_words(minutes: int, said: str) -> None:
    assert rules.duration(minutes).replace("\xa0", " ") == said


def test_many_meetings_cost_as_many_queries_as_one(boris: PageClient, school: School) -> None:
    def cost(days: range) -> int:
        for day in days:
            boris.fill(school.card, "/meetings", held_on=f"{day:02}.11.2020", topic="Проект")
        with statements() as sent:
            boris.get(school.card)
            boris.get(school.pairs)
        return len(sent)

    assert cost(range(1, 2)) == cost(range(2, 16))
