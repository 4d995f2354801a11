"""Figures recalled between requests: by whom, until when, and what never is.

That none is ever stale is tried in `tests/posts/test_kept.py`: what Flask would say counts all anew.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from nastav import config, dates, kept, recall, unit
from nastav.coverage import queries as coverages
from nastav.coverage.byform.queries import of_district
from nastav.db import db, read_mode, settle, write_mode, writing
from nastav.district.models import District
from nastav.people.models import Part, Person
from nastav.progress.queries import progress
from nastav.recall import MOST, Counted, Shelf
from tests.support.cast import Cast
from tests.support.kept import is_hit, stale
from tests.support.pages import HTMX, PageClient, text_of
from tests.support.people import add_group, add_pair, add_person

DAY = date(2020, 12, 9)
pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    found = app.extensions[recall.NAME]
    assert isinstance(found, Shelf)
    kept.forget()
    found.hits = 0
    return found


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/districts/{cast.district}/coverage/2020"


@pytest.fixture
def free(app: Flask, cast: Cast) -> tuple[str, str]:
    """Return a mentor and a child of Борис's school who are in no pair; another pair there is."""
    with app.app_context(), writing():
        add_group(cast.boris_school, 3)
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        return str(mentor.id), str(add_person(cast.boris_school).id)


def paired(client: PageClient, cast: Cast, free: tuple[str, str]) -> None:
    """Put both into a pair, as a curator does."""
    new = {"mentor_id": free[0], "mentee_ids": [free[1]], "started": "02.12.2020"}
    address = f"/schools/{cast.boris_school}/2020/pairs/new"
    assert client.fill(address, "/new", **new).status_code == 303


def test_a_page_the_workbook_and_another_sign_in_share_what_was_counted(
    shelf: Shelf, address: str, cast: Cast, anna: PageClient, gleb: PageClient
) -> None:
    anna.get(address)
    assert shelf.hits == 0
    gleb.get(address)
    assert shelf.hits == 1
    anna.get(f"/districts/{cast.district}/exports/coverage-2020.xlsx")
    assert shelf.hits > 1


def test_the_matrix_is_recalled_by_the_number_of_its_year(
    shelf: Shelf, cast: Cast, anna: PageClient, gleb: PageClient
) -> None:
    for client in (anna, gleb):
        client.get(f"/districts/{cast.district}/2020/stages?state=accepted", headers=HTMX)
    assert shelf.hits == 1


def test_a_save_that_moves_no_figure_leaves_it(
    shelf: Shelf, address: str, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    anna.get(address)
    boris.fill(f"/schools/{cast.boris_school}/2020/stages/1/activities/1/edit", responsible="Завуч")
    anna.get(f"{address}?sort=gap")
    assert shelf.hits == 1


def test_a_child_put_into_a_pair_is_counted_at_once(
    app: Flask,
    shelf: Shelf,
    address: str,
    cast: Cast,
    free: tuple[str, str],
    anna: PageClient,
    boris: PageClient,
) -> None:
    assert "3 из" in text_of(anna.get(address))
    paired(boris, cast, free)
    assert "4 из" in text_of(anna.get(address))
    assert shelf.hits == 0


def test_a_page_of_what_was_recalled_is_made_anew_with_it(
    app: Flask,
    shelf: Shelf,
    address: str,
    cast: Cast,
    free: tuple[str, str],
    anna: PageClient,
    gleb: PageClient,
    boris: PageClient,
) -> None:
    """Глеб's page read nothing of the pairs itself: it stands on what was counted for Анна."""
    anna.get(address)
    gleb.get(address)
    assert shelf.hits == 1
    assert is_hit(app, gleb, address)
    paired(boris, cast, free)
    assert "4 из" in text_of(gleb.get(address))
    assert stale(app, gleb, address) == []


def test_a_change_of_the_district_reaches_every_figure(
    app: Flask, shelf: Shelf, address: str, cast: Cast, free: tuple[str, str], anna: PageClient
) -> None:
    assert "3 из" in text_of(anna.get(address))
    with app.app_context(), writing():
        db.session.get_one(District, cast.district).coverage_basis = "met"
    assert "3 из" not in text_of(anna.get(address))


def test_another_day_is_counted_anew(
    app: Flask, shelf: Shelf, address: str, anna: PageClient
) -> None:
    anna.get(f"{address}?on=01.12.2020")
    dates.configure(app.config["ZONE"], config.fixed_today("2020-12-10"))
    anna.get(f"{address}?on=01.12.2020")
    assert shelf.hits == 0


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is run, but for the reading of stamps."""
    run: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "data_version" not in statement:
            run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield run
    event.remove(Engine, "before_cursor_execute", note)


def coverage(cast: Cast) -> object:
    return coverages.coverage_by_school(cast.district, 2020, DAY)


def test_in_requests_that_read_it_is_counted_once(
    app: Flask, cast: Cast, statements: list[str]
) -> None:
    with app.app_context(), read_mode():
        with unit.begun() as work:
            first, read = coverage(cast), set(work.read)
        assert "people" in read
        assert statements
        statements.clear()
        with unit.begun() as work:
            assert coverage(cast) is first
            assert work.read == read, "what rests on it rests on the same"
        assert not [each for each in statements if each.startswith(("SELECT", "WITH"))]


def test_what_nobody_has_committed_is_neither_kept_nor_hidden(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit.begun():
        with read_mode():
            before = coverage(cast)
            db.session.rollback()
        with write_mode():
            add_group(cast.boris_school, 3)
            assert coverage(cast) != before
            db.session.rollback()
        with read_mode():
            assert coverage(cast) == before


def test_outside_of_a_request_nothing_is_kept(app: Flask, shelf: Shelf, cast: Cast) -> None:
    """Nobody notes there what is read."""
    with app.app_context():
        coverage(cast)
    assert shelf.all() == []


def test_what_is_for_once_is_counted_each_time(app: Flask, cast: Cast) -> None:
    @recall.recalled
    def clock(_district_id: int) -> object:
        return dates.now(), object()

    with app.app_context(), unit.begun(), read_mode():
        assert clock(cast.district) != clock(cast.district)
        assert unit.current().passing


def test_a_figure_is_of_what_was_read_before_it(app: Flask, cast: Cast) -> None:
    """Somebody saves while it is counted: it is of before, and must not be taken for one of after."""
    counted = []

    @recall.recalled
    def slow(_district_id: int) -> int:
        counted.append(1)
        db.session.scalar(db.select(Person.id).limit(1))
        if len(counted) == 1:
            db.session.rollback()  # the reader's transaction ends
            with unit.begun(), write_mode():  # somebody else's
                db.session.get_one(District, cast.district).name = "Другой район"
                db.session.commit()
        return len(counted)

    with app.app_context(), unit.begun(), read_mode():
        assert slow(cast.district) == 1
        assert slow(cast.district) == 2
        assert slow(cast.district) == 2


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf, read = Shelf(), frozenset({"people"})
    for number in range(MOST + 1):
        shelf.put(number, Counted(number, read, {"people": 1}))
        assert shelf.get(0, {"people": 1})
    assert shelf.get(1, {"people": 1}) is None
    assert shelf.get(2, {"people": 1})
    assert shelf.get(2, {"people": 2}) is None


def held(value: Any) -> Iterator[Any]:
    """Yield a value and all that it holds."""
    yield value
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from held(each)


def test_what_is_recalled_holds_no_row_and_no_child(
    app: Flask, shelf: Shelf, address: str, cast: Cast, anna: PageClient
) -> None:
    with app.app_context(), writing():
        child = add_person(cast.boris_school, "Ландышева Мария")
        add_pair(cast.boris_school, add_person(cast.boris_school, part=Part.MENTOR), [child])
    district = f"/districts/{cast.district}"
    for each in (
        address, f"{district}/2020/stages", f"{district}/execution", f"{district}/feedback",
        f"{district}/exports/coverage-2020.xlsx", f"{district}/exports/stages-2020.xlsx",
    ):  # fmt: skip
        assert anna.get(each).status_code == 200, each
    everything = [part for value in shelf.all() for part in held(value)]
    assert len(everything) > 500
    assert not [part for part in everything if isinstance(part, db.Model)]
    assert not [part for part in everything if isinstance(part, str) and "Ландышева" in part]


def test_the_days_in_pairs_are_read_once_for_all_figures_of_a_request(
    app: Flask, cast: Cast, statements: list[str]
) -> None:
    with app.app_context(), read_mode():
        with unit.begun() as work:
            progress(cast.district, 2020, DAY)
            statements.clear()
            by_form = of_district(cast.district, "Район", 2020, DAY)
            assert not [each for each in statements if "meeting" in each]
            read = set(work.read)
        kept.forget()
        with unit.begun() as work:
            assert of_district(cast.district, "Район", 2020, DAY) == by_form
            assert [each for each in statements if "meeting" in each]
            assert work.read == read - {"stages"}


def test_of_a_year_that_is_over_they_are_read_once_too(
    app: Flask, cast: Cast, statements: list[str]
) -> None:
    with app.app_context(), read_mode(), unit.begun():
        progress(cast.district, 2019, DAY)
        assert [each for each in statements if "meeting" in each]
        statements.clear()
        of_district(cast.district, "Район", 2019, DAY)
        assert not [each for each in statements if "meeting" in each]


def test_a_figure_from_rows_read_for_another_rests_on_what_they_rest_on(
    app: Flask, cast: Cast, free: tuple[str, str], boris: PageClient
) -> None:
    with app.app_context(), read_mode(), unit.begun():
        progress(cast.district, 2020, DAY)
        before = of_district(cast.district, "Район", 2020, DAY).district.total.mentees
        db.session.rollback()
    paired(boris, cast, free)
    with app.app_context(), read_mode(), unit.begun():
        assert of_district(cast.district, "Район", 2020, DAY).district.total.mentees == before + 1


def test_rows_read_before_a_save_are_not_shown_after_it(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit.begun():
        with read_mode():
            assert coverages.days_of_plan(cast.district, 2020, DAY) == ()
            db.session.rollback()
        with write_mode():
            add_group(cast.boris_school, 3)
            assert len(coverages.days_of_plan(cast.district, 2020, DAY)) == 4
            settle()
        with read_mode():
            assert len(coverages.days_of_plan(cast.district, 2020, DAY)) == 4
