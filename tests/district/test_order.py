"""The requisites of the order."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district.models import District
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of


def order_at(cast: Cast) -> str:
    return f"/districts/{cast.district}/team/order"


def district(app: Flask, cast: Cast) -> District:
    with app.app_context():
        return db.session.get_one(District, cast.district)


def test_new_requisites_are_saved_with_old_and_new_in_the_journal(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    answer = anna.fill(
        order_at(cast), order_number="17", order_date="1.02.2021", coordinator="Новикова Н. Н."
    )
    assert answer.location == f"/districts/{cast.district}/team"
    row = district(app, cast)
    assert (row.order_number, row.order_date) == ("17", date(2021, 2, 1))
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="order:changed")).one()
    assert entry.changes == {
        "order_number": ["428", "17"],
        "order_date": ["2020-09-23", "2021-02-01"],
        "coordinator": ["", "изменено"],
    }
    page = text_of(anna.get(f"/districts/{cast.district}/team"))
    assert "№ 17 от 1 февраля 2021 г." in page
    assert "Новикова Н. Н." in page


def test_an_order_without_a_number_is_refused(app: Flask, cast: Cast, anna: PageClient) -> None:
    answer = anna.fill(order_at(cast), order_number="", order_date="31.11.2020")
    assert answer.status_code == 422
    assert "Укажите номер" in text_of(answer)
    assert "31.11.2020 не существует" in text_of(answer)
    assert district(app, cast).order_number == "428"


def test_of_two_tabs_the_second_sees_both(app: Flask, cast: Cast, anna: PageClient) -> None:
    late = anna.get(order_at(cast))
    anna.fill(order_at(cast), order_date="24.09.2020")
    answer = anna.fill(late, order_number="429")
    assert answer.status_code == 409
    rows = [row.get_text("|", strip=True) for row in soup(answer).select("#compared tbody tr")]
    assert rows == ["Номер приказа|429|428", "Дата приказа|23.09.2020|24.09.2020"]
    assert anna.fill(answer).status_code == 303
    assert district(app, cast).order_number == "429"


def test_only_the_coordinator_changes_the_order(
    cast: Cast, gleb: PageClient, boris: PageClient
) -> None:
    for client in (gleb, boris):
        assert client.get(order_at(cast)).status_code == 403
        assert client.send(order_at(cast)).status_code == 403
