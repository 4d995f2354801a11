"""The search in the header: whom it finds, for whom, and that nothing is left of what was typed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from nastav import unit
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.home.search.rules import EMPTY, SHORT, number_of
from nastav.people.models import Kind
from tests.support.cast import Cast
from tests.support.growth import grow
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers


@dataclass(frozen=True)
class Place:
    """The school of Борис with people whose names begin alike."""

    url: str
    pair: int

    @property
    def search(self) -> str:
        return f"{self.url}/search"


@pytest.fixture
def place(app: Flask, cast: Cast) -> Place:
    with registers(app, cast) as own:
        mentor = own.mentor("Волошина Инна", kind=Kind.TEACHER, post="учитель")
        pair = own.pair(mentor, own.mentee("Волков Вадим", grade=5), own.mentee("Елкин Лев"))
        own.mentee("Волкова Вера", grade=8)
        return Place(f"/schools/{cast.boris_school}", pair.id)


def find(client: PageClient, place: Place, words: str) -> TestResponse:
    return client.send(place.search, {"words": words})


def hits(answer: TestResponse) -> dict[str, list[str]]:
    """Return heading → what is found under it."""
    found = {}
    for heading in soup(answer).select("main h2"):
        after = heading.find_next_sibling()
        if after is not None and after.name == "ul":
            found[heading.get_text()] = [
                link.get_text().replace("\xa0", " ") for link in after.select("a")
            ]
    return found


def test_a_surname_finds_people_and_their_pairs(boris: PageClient, place: Place) -> None:
    answer = find(boris, place, "вол")
    assert answer.status_code == 200
    assert hits(answer) == {
        "Люди": ["Волков Вадим", "Волкова Вера", "Волошина Инна"],
        "Пары и группы": ["Волошина И. — Волков В., Елкин Л."],
    }
    assert [mark.get_text() for mark in soup(answer).select("mark")] == ["Вол"] * 4
    text = text_of(answer)
    assert "5 «А», наставляемый, № 2, наставник Волошина И." in text
    assert "8 «А», наставляемый, № 4, без пары" in text
    assert "ведёт 2 наставляемых" in text


@pytest.mark.parametrize("words", ["Волкова", "волкова вера", "ВОЛКОВА В", "8а"])
def test_the_only_one_found_is_opened(boris: PageClient, place: Place, words: str) -> None:
    answer = find(boris, place, words)
    assert answer.status_code == 303
    assert "Волкова Вера" in text_of(boris.get(answer.location))


def test_a_number_finds_a_pair_and_a_line(boris: PageClient, place: Place) -> None:
    answer = find(boris, place, f" № {place.pair}")
    assert hits(answer)["Пары и группы"] == ["Волошина И. — Волков В., Елкин Л."]
    assert hits(answer)["Люди"] == ["Волошина Инна"]  # № 1 as well
    card = boris.get(f"{place.url}/2020/pairs/{place.pair}")
    assert f"№ {place.pair}, " in text_of(card)


def test_a_word_finds_pages_and_parts_of_the_help(boris: PageClient, place: Place) -> None:
    answer = find(boris, place, "подбор")
    assert answer.location == f"{place.url}/2020/pairs/matching"
    assert find(boris, place, "если не получается").location == "/help#trouble"
    assert find(boris, place, "забыт пароль").location == "/help#password"
    for link in soup(find(boris, place, "охват")).select(".hits a"):
        assert boris.get(str(link["href"]), follow_redirects=True).status_code == 200


def test_a_head_is_led_to_nothing_they_may_not_open(galina: PageClient, place: Place) -> None:
    assert hits(find(galina, place, "подбор")) == {}


@pytest.mark.parametrize(
    ("words", "sentence"), [("", EMPTY), (" — ", EMPTY), ("в", SHORT), ("в л", SHORT)]
)
def test_too_little_is_refused_with_a_sentence(
    boris: PageClient, place: Place, words: str, sentence: str
) -> None:
    answer = find(boris, place, words)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert soup(answer).select("[name=words]")[0]["value"] == words.strip()


def test_too_much_is_refused_with_its_length(boris: PageClient, place: Place) -> None:
    answer = find(boris, place, "в" * 101)
    assert answer.status_code == 422
    assert "101" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("31", 31), ("№31", 31), ("№ 31 ", 31), ("7а", None), ("²", None), ("9" * 10, None)],
)
def test_what_a_number_is(typed: str, number: int | None) -> None:
    assert number_of(typed) == number


# --- whose it is, and what is left ------------------------------------------------------------


def test_only_the_own_school_is_searched(
    boris: PageClient, vera: PageClient, anna: PageClient, cast: Cast, place: Place
) -> None:
    assert find(vera, place, "волков").status_code == 404
    own = Place(f"/schools/{cast.vera_school}", place.pair)
    for words in ("вол", str(place.pair)):
        assert not hits(find(vera, own, words))
    assert find(anna, place, "волков").status_code == 403
    assert not soup(anna.get(f"/districts/{cast.district}/overdue")).select(".site-find")


def test_what_was_typed_stands_on_the_page_alone(
    app: Flask, boris: PageClient, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = find(boris, place, "волк")
    assert "волк" in text_of(answer).lower()
    assert soup(answer).select_one("title").get_text() == "Поиск — Наставничество"  # type: ignore[union-attr]
    assert "волк" not in str(answer.headers).lower() + caplog.text.lower()
    with app.app_context():
        entries = str([vars(row) for row in db.session.scalars(select(AuditEntry))])
    assert "волк" not in entries.lower()
    again = boris.get(place.search)  # the address alone, typed or loaded anew
    assert again.status_code == 200
    assert "Как искать" in text_of(again)


@contextmanager
def begun() -> Iterator[list[str]]:
    """Collect how the transactions of the block begin."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("BEGIN", "INSERT", "UPDATE", "DELETE")):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("words", ["вол", "в", "волкова вера"])
def test_it_runs_as_a_reading_does(boris: PageClient, place: Place, words: str) -> None:
    token = boris.token()
    with begun() as found:
        boris.post(place.search, data={"csrf_token": token, "words": words})
    assert set(found) == {"BEGIN DEFERRED"}


def test_only_what_is_declared_reads(app: Flask) -> None:
    """A POST declared so cannot write; every other one begins by writing."""
    declared = {name for name, view in app.view_functions.items() if unit.only_reads(view)}
    assert "search.find" in declared
    assert "person_new.create" not in declared


def test_a_forged_search_is_refused(boris: PageClient, place: Place) -> None:
    assert boris.post(place.search, data={"words": "вол"}).status_code == 400


def test_it_costs_the_same_in_a_larger_school(
    app: Flask, cast: Cast, boris: PageClient, place: Place
) -> None:
    def cost() -> int:
        with statements() as found:
            assert find(boris, place, "вол").status_code == 200
        return len(found)

    before = cost()
    with app.app_context(), writing():
        grow(cast.boris_school)
    assert cost() == before
