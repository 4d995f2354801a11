"""Two curators of one school who fill one register at the same time: nobody is lost, nobody is doubled."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.db import db
from nastav.people.models import Person, RegisterNumber
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient

EACH = 12


def enter(client: PageClient, page: str, surnames: list[str], statuses: list[int]) -> None:
    """Enter people one by one, as the form asks."""
    for surname in surnames:
        sent = client.fill(page, "/new", surname=surname, given_name="Лев", school_class="7А")
        statuses.append(sent.status_code)


@pytest.fixture
def two(client_of: ClientOf) -> tuple[PageClient, PageClient]:
    """Return two sessions at one school."""
    return client_of("boris"), client_of("boris")


def test_everybody_that_two_enter_at_once_has_a_number_of_their_own(
    app: Flask, cast: Cast, two: tuple[PageClient, PageClient]
) -> None:
    page = f"/schools/{cast.boris_school}/mentees/new"
    letters = "абвгдежзиклм"
    names = [[f"{begin}{letter}нов" for letter in letters[:EACH]] for begin in ("Ба", "Ва")]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=enter, args=(client, page, mine, statuses))
        for client, mine in zip(two, names, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * (2 * EACH)
    rows = select(Person.surname, RegisterNumber.number).join(
        RegisterNumber, RegisterNumber.person_id == Person.id
    )
    with app.app_context():
        found = db.session.execute(rows.order_by(RegisterNumber.number)).all()
    assert sorted(row.surname for row in found) == sorted(names[0] + names[1])
    assert [row.number for row in found] == list(range(1, 2 * EACH + 1))


def test_of_two_who_enter_one_child_the_second_is_asked(
    app: Flask, cast: Cast, two: tuple[PageClient, PageClient]
) -> None:
    page = f"/schools/{cast.boris_school}/mentees/new"
    child = {"surname": "Птицына", "given_name": "Ольга", "school_class": "7А"}
    forms = [client.get(page) for client in two]
    first, second = (
        client.fill(form, "/new", **child) for client, form in zip(two, forms, strict=True)
    )
    assert first.status_code == 303
    assert second.status_code == 422, "the second did not see the first one's child"
    with app.app_context():
        assert db.session.query(Person).count() == 1
