"""The counting settings of a district."""

from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.people import add_group

PAGE = "/districts/1/settings/rules"
REASON = "Письмо министерства № 7"


def saved(app: Flask) -> tuple[str, int]:
    with app.app_context():
        district = db.session.get_one(District, 1)
        return district.coverage_basis, district.satisfied_from


def journal(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        return db.session.query(AuditEntry).filter_by(event="counting_rules:changed").all()


def test_settings_are_changed_with_a_reason(app: Flask, anna: PageClient) -> None:
    answer = anna.fill(PAGE, coverage_basis="in_register", satisfied_from="8", reason=REASON)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert saved(app) == ("in_register", 8)
    (entry,) = journal(app)
    assert entry.changes == {
        "coverage_basis": ["in_pair", "in_register"],
        "satisfied_from": [7, 8],
        "причина": ["", REASON],
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"satisfied_from": "8"},
        {"satisfied_from": "11", "reason": REASON},
        {"satisfied_from": "0", "reason": REASON},
        {"coverage_basis": "seen", "reason": REASON},
        {"meetings_within": "6", "reason": REASON},
        {"meetings_within": "181", "reason": REASON},
        {"meeting_minutes": "0", "reason": REASON},
        {"meeting_minutes": "", "reason": REASON},
    ],
)
def test_what_cannot_be_a_setting_is_refused(
    app: Flask, anna: PageClient, fields: dict[str, str]
) -> None:
    answer = anna.fill(PAGE, **fields)
    assert answer.status_code == 422
    assert form_values(find_form(answer))["reason"] == [fields.get("reason", "")]
    assert saved(app) == ("in_pair", 7)


def test_the_settings_of_meetings(
    app: Flask, anna: PageClient, boris: PageClient, cast: Cast
) -> None:
    with app.app_context(), writing():
        add_group(cast.boris_school, 1, date(2020, 11, 25))
    anna.fill(PAGE, meetings_within="13", meeting_minutes="40", reason=REASON)
    (entry,) = journal(app)
    assert entry.changes["meetings_within"] == [30, 13]
    card = f"/schools/{cast.boris_school}/2020/pairs/1"
    assert form_values(find_form(boris.get(card), "/meetings"))["minutes"] == ["40"]
    assert "1 пара или группа давно не встречалась" in text_of(
        boris.get(f"/schools/{cast.boris_school}")
    )
    assert "больше 13 дней" in text_of(anna.get("/districts/1/settings"))


def test_a_stale_form_keeps_the_choice(app: Flask, anna: PageClient) -> None:
    stale = anna.get(PAGE)
    anna.fill(PAGE, satisfied_from="8", reason=REASON)
    answer = anna.fill(stale, satisfied_from="9", reason="Другая")
    assert answer.status_code == 409
    assert "Доволен — при ответе не ниже 8" in text_of(answer)
    assert saved(app) == ("in_pair", 8)
    assert anna.fill(answer).status_code == 303
    assert saved(app) == ("in_pair", 9)


def test_the_next_rules_are_not_called_the_second(anna: PageClient) -> None:
    anna.fill(PAGE, mentor_grade_from="8", reason=REASON)
    page = text_of(anna.get(PAGE))
    assert "Действуют правила № 3" in page
    assert "№ 2" not in page, "«было и стало» compares with those in force"


def test_a_second_click_changes_nothing_more(app: Flask, anna: PageClient) -> None:
    form = anna.get(PAGE)
    for _ in range(2):
        assert anna.fill(form, satisfied_from="8", reason=REASON).status_code == 303
    assert len(journal(app)) == 1


def test_only_the_coordinator_sets_the_rules(boris: PageClient, gleb: PageClient) -> None:
    for client in (boris, gleb):
        assert client.get(PAGE).status_code == 403
        assert client.send(PAGE, {"satisfied_from": "1"}).status_code == 403
