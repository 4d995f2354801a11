"""What an acceptance rested on is kept with the numbers behind it; what is gone is said, by number."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.people.models import Part, Participation
from tests.stages.stand import Stand
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person

LOST = "На день приёма 3 наставляемых в базе, сейчас 2 : −1: № 2."


@pytest.fixture
def stand(app: Flask, cast: Cast, anna: PageClient, boris: PageClient) -> Stand:
    """Stage II, accepted with three mentees in the register."""
    stand = Stand(app, cast)
    with app.app_context(), writing():
        for name in ("Птицына Ольга", "Ёлкин Лев", "Рябов Пётр"):
            add_person(cast.boris_school, name)
    stand.fill(2)
    boris.fill(stand.url(2, "/submit"), "/submit")
    anna.fill(stand.url(2, "/review"), decision="accept")
    return stand


def strike(app: Flask, number: int = 2) -> None:
    """Mark the line of the second child as a mistake."""
    with app.app_context(), writing():
        line = db.session.query(Participation).order_by(Participation.id).all()[number - 1]
        line.is_mistake = True


def page_of(client: PageClient, stand: Stand, rest: str = "/review") -> str:
    return text_of(client.get(stand.url(2, rest))).replace("\xa0", " ")


def test_who_is_gone_is_named_by_number_everywhere(
    app: Flask, stand: Stand, anna: PageClient, boris: PageClient, gleb: PageClient
) -> None:
    assert "изменено после приёмки" not in page_of(anna, stand)
    assert "Наставляемых в базе 3 3 без изменений" in page_of(anna, stand)
    strike(app)
    review = page_of(anna, stand)
    assert LOST in review
    assert "изменено после приёмки" in review
    assert "было В базе за учебный год 3 наставляемых" in review
    for client in (anna, boris, gleb):
        text = page_of(client, stand, "")
        assert "Изменено после приёмки: на день приёма 3 наставляемых в базе, сейчас 2" in text
    assert "Ёлкин" not in review
    matrix = text_of(anna.get("/districts/1/2020/stages"))
    assert "1 этап изменён после приёмки" in matrix.replace("\xa0", " ")
    assert "принят, поздно, изменён после приёмки" in matrix
    assert "изменён после приёмки" not in text_of(anna.get("/districts/1/2020/stages?on=1.12.2020"))
    queue = anna.get("/districts/1/review")
    assert "Изменено после приёмки СОШ №5: этап II." in text_of(queue).replace("принят ", "")


def test_who_came_since_changes_nothing(
    app: Flask, stand: Stand, cast: Cast, anna: PageClient
) -> None:
    with app.app_context(), writing():
        add_person(cast.boris_school, "Новиков Олег")
    text = page_of(anna, stand)
    assert "Наставляемых в базе 3 4 +1: № 4" in text
    assert "изменено после приёмки" not in text


def test_leaving_it_accepted_takes_the_mark_off_and_keeps_both(
    app: Flask, stand: Stand, anna: PageClient
) -> None:
    strike(app)
    before = anna.get(stand.url(2, "/review"))
    assert anna.fill(before, "/keep").status_code == 303
    assert "изменено после приёмки" not in page_of(anna, stand)
    history = page_of(anna, stand, "/history")
    assert "Оставлен принятым 09.12.2020, Анна Андреева" in history
    assert "за учебный год 3 наставляемых" in history
    assert "за учебный год 2 наставляемых" in history
    strike(app, 3)
    assert "2 наставляемых в базе, сейчас 1 : −1: № 3." in page_of(anna, stand)
    assert anna.fill(before, "/keep").status_code == 409  # the page is older than the word
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="stage:left_accepted").count() == 1


def test_a_stage_opened_meanwhile_cannot_be_left_accepted(
    app: Flask, stand: Stand, anna: PageClient
) -> None:
    strike(app)
    page = anna.get(stand.url(2, "/review"))
    anna.fill(page, "/reopen", reason="Проверьте.", fix_by="20.12")
    assert anna.fill(page, "/keep").status_code == 409


def test_the_observer_has_no_button(stand: Stand, app: Flask, gleb: PageClient) -> None:
    strike(app)
    assert gleb.get(stand.url(2, "/review")).status_code == 403
    assert not soup(gleb.get(stand.url(2))).select("main form")


def test_pairs_are_told_by_the_numbers_of_their_mentees(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    stand = Stand(app, cast)
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, "Старшев Иван", part=Part.MENTOR)
        mentees = [add_person(cast.boris_school, name) for name in ("Птицына Ольга", "Ёлкин Лев")]
        pairs = [add_pair(cast.boris_school, mentor, [mentee]) for mentee in mentees]
        ids = [pair.id for pair in pairs]
    stand.fill(5)
    boris.fill(stand.url(5, "/submit"), "/submit")
    anna.fill(stand.url(5, "/review"), decision="accept")
    with app.app_context(), writing():
        db.session.execute(
            db.text("UPDATE pair SET state = 'draft' WHERE id = :id"), {"id": ids[1]}
        )
    text = text_of(anna.get(stand.url(5, "/review"))).replace("\xa0", " ")
    assert "На день приёма 2 наставляемых в парах и группах, сейчас 1 : −1: № 3." in text
