"""Kept pages of a school that knows the same people as another: what the other changes of them is told.

A child of two registers counts in one school (docs/rules.md#one-school-a-year), and a namesake in another
register is pointed out: so a school's figures may move though nothing of its own was changed.
"""

from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import delete

from nastav import unit
from nastav.db import db, writing
from nastav.people.models import Part, Participation
from tests.support.cast import Cast
from tests.support.kept import is_hit, stale
from tests.support.pages import PageClient, text_of
from tests.support.people import add_pair, add_person, enter

pytestmark = pytest.mark.usefixtures("cast")


class Pages(NamedTuple):
    coverage: str
    mentees: str
    others: str  # of the other school


@pytest.fixture
def pages(cast: Cast) -> Pages:
    own, other = f"/schools/{cast.boris_school}", f"/schools/{cast.vera_school}"
    return Pages(f"{own}/coverage/2020", f"{own}/mentees", other)


@pytest.fixture
def shared(app: Flask, cast: Cast) -> tuple[int, int]:
    """A child of both schools, in a pair of the first; return it and a mentor of the second."""
    with app.app_context(), writing():
        child = add_person(cast.boris_school)
        enter(child, cast.vera_school)
        add_pair(cast.boris_school, add_person(cast.boris_school, part=Part.MENTOR), [child])
        mentor = add_person(cast.vera_school, part=Part.MENTOR)
        return child.id, mentor.id


def test_a_pair_of_another_school_takes_a_child_out_of_a_figure(
    app: Flask, pages: Pages, boris: PageClient, vera: PageClient, shared: tuple[int, int]
) -> None:
    child, mentor = map(str, shared)
    before = text_of(boris.get(pages.coverage))
    assert is_hit(app, boris, pages.coverage)
    new = {"mentor_id": mentor, "mentee_ids": [child], "started": "02.12.2020"}
    answer = vera.fill(f"{pages.others}/2020/pairs/new", "/new", **new)
    assert answer.status_code == 303
    assert text_of(boris.get(pages.coverage)) != before
    assert stale(app, boris, pages.coverage) == []


def test_a_namesake_of_another_school_is_pointed_out(
    app: Flask, cast: Cast, pages: Pages, boris: PageClient, vera: PageClient
) -> None:
    with app.app_context(), writing():
        add_person(cast.boris_school, "Ландышева Мария")
    boris.get(pages.mentees)
    assert "возможные совпадения" not in text_of(boris.get(pages.mentees))
    child = {"surname": "Ландышева", "given_name": "Мария", "school_class": "7А"}
    assert vera.fill(f"{pages.others}/mentees/new", "/new", **child).status_code == 303
    assert "возможные совпадения" in text_of(boris.get(pages.mentees))


def test_schools_without_the_same_people_leave_each_others_pages(
    app: Flask, cast: Cast, pages: Pages, boris: PageClient, vera: PageClient
) -> None:
    with app.app_context(), writing():
        add_person(cast.boris_school, "Ландышева Мария")
    boris.get(pages.mentees)
    child = {"surname": "Ландышева", "given_name": "Анна", "school_class": "7А"}
    assert vera.fill(f"{pages.others}/mentees/new", "/new", **child).status_code == 303
    assert is_hit(app, boris, pages.mentees)


def test_a_save_that_says_nothing_of_people_leaves_the_neighbours_pages(
    app: Flask, pages: Pages, boris: PageClient, vera: PageClient, shared: tuple[int, int]
) -> None:
    stage = pages.coverage.replace("coverage/2020", "2020/stages/1")
    boris.get(stage)
    vera.fill(f"{pages.others}/2020/stages/1/activities/1/edit", responsible="Завуч")
    assert is_hit(app, boris, stage)


def test_a_line_of_a_register_that_is_gone_raises_the_district(
    app: Flask, cast: Cast, pages: Pages, boris: PageClient, shared: tuple[int, int]
) -> None:
    """Nothing tells afterwards that the school had the child, too."""
    boris.get(pages.coverage)
    with app.app_context(), unit.begun() as work, writing():
        work.place = (cast.district, cast.vera_school)
        gone = delete(Participation).where(Participation.school_id == cast.vera_school)
        db.session.execute(gone.where(Participation.person_id == shared[0]))
    assert not is_hit(app, boris, pages.coverage)
