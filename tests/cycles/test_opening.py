"""Opening the next school year: one button, one effect."""

from datetime import date

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district.models import Cycle
from nastav.stages.models import Activity, Stage
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/settings/cycles"


def stages_of(app: Flask, first_year: int) -> list[Stage]:
    with app.app_context():
        return (
            db.session.query(Stage)
            .join(Cycle, Cycle.id == Stage.cycle_id)
            .filter(Cycle.first_year == first_year)
            .order_by(Stage.ordinal)
            .all()
        )


def test_the_button_names_the_next_school_year(anna: PageClient) -> None:
    button = soup(anna.get(PAGE)).select_one("#open-next")
    assert button is not None
    assert button.get_text() == "Открыть 2021/22 учебный год"


def test_opening_copies_the_stages_and_shifts_their_dates(anna: PageClient, app: Flask) -> None:
    answer = anna.fill(PAGE, "cycles")
    assert answer.location == "/districts/1/settings/deadlines?cycle=2021"
    old, new = stages_of(app, 2020), stages_of(app, 2021)
    assert [stage.key for stage in new] == [stage.key for stage in old]
    assert [stage.title for stage in new] == [stage.title for stage in old]
    assert (new[0].due, new[6].due) == (date(2021, 11, 30), date(2022, 5, 25))
    assert [stage.printed_due for stage in new] == [""] * 7
    with app.app_context():
        counts = [
            db.session.query(Activity).join(Stage).filter(Stage.cycle_id == cycle_id).count()
            for cycle_id in (1, new[0].cycle_id)
        ]
    assert counts == [22, 22]


def test_a_moved_deadline_is_what_the_next_year_shifts(anna: PageClient, app: Flask) -> None:
    anna.fill(
        "/districts/1/settings/deadlines/2020/1", "2020/1", due="4.12.2020", reason="Карантин"
    )
    anna.fill(PAGE, "cycles")
    first = stages_of(app, 2021)[0]
    assert (first.due, first.due_reason) == (date(2021, 12, 4), "")


def test_clicked_twice_one_school_year_is_opened(anna: PageClient, app: Flask) -> None:
    opened = anna.get(PAGE)
    first, second = anna.fill(opened, "cycles"), anna.fill(opened, "cycles")
    assert first.location == second.location
    assert "2021/22 учебный год уже открыт" in text_of(anna.get(second.location or ""))
    with app.app_context():
        assert db.session.query(Cycle).count() == 2
        assert db.session.query(AuditEntry).filter_by(event="cycle:opened").count() == 2


def test_a_year_further_than_the_next_is_not_opened(anna: PageClient, app: Flask) -> None:
    anna.fill(PAGE, "cycles")
    assert soup(anna.get(PAGE)).select_one("#open-next") is None
    assert anna.send(PAGE, {"first_year": "2022"}).status_code == 409
    assert anna.send(PAGE, {"first_year": "год"}).status_code == 409
    assert stages_of(app, 2022) == []


def test_only_the_coordinator_opens_a_school_year(gleb: PageClient, boris: PageClient) -> None:
    assert gleb.get(PAGE).status_code == 403
    assert boris.send(PAGE, {"first_year": "2021"}).status_code == 403
