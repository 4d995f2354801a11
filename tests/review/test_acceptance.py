"""What the site counted when a stage was accepted stays said, whatever is entered afterwards."""

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.people.models import Participation
from tests.support.cast import BORIS_SCHOOL, Cast
from tests.support.pages import PageClient, text_of
from tests.support.people import add_person
from tests.support.stages import put

KEPT = "Данные сайта при приёмке (правила счёта № 2): 1. В базе нет ни одного наставляемого"


@pytest.fixture
def url(app: Flask, cast: Cast) -> str:
    put(app, (BORIS_SCHOOL, 2, "submitted"))
    return f"/schools/{cast.boris_school}/2020/stages/2"


def history(client: PageClient, url: str) -> str:
    return text_of(client.get(f"{url}/history")).replace("\xa0", " ")


def test_facts_are_kept_as_they_stood(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient, gleb: PageClient, url: str
) -> None:
    anna.fill(f"{url}/review", decision="accept")
    with app.app_context(), writing():
        add_person(cast.boris_school)
    for client in (anna, boris, gleb):
        assert KEPT in history(client, url)
        assert "Что насчитал сайт при приёмке" in text_of(client.get(url))
    with app.app_context():
        assert db.session.query(Participation).count() == 1


def test_an_acceptance_taken_back_says_nothing(
    anna: PageClient, boris: PageClient, url: str
) -> None:
    following = str(anna.fill(f"{url}/review", decision="accept").location)
    anna.fill(following, "/undo")
    assert "при приёмке" not in history(boris, url)


def test_of_stages_accepted_before_it_is_said_that_nothing_was_kept(
    anna: PageClient, boris: PageClient, app: Flask, url: str
) -> None:
    anna.fill(f"{url}/review", decision="accept")
    with app.app_context(), writing():
        db.session.execute(db.text("UPDATE transition SET counted = NULL"))
    assert "для ранее принятых не сохранены" in history(boris, url)
