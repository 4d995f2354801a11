"""«Было → стало»: what rules 2 changed is shown once, by year and school, with the causes."""

from datetime import date

from flask import Flask

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.coverage.changed import changes
from nastav.coverage.figures import Verdict
from nastav.db import db, writing
from nastav.district.models import District
from nastav.people.models import Kind, Part
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_member, add_pair, add_person

PAGE = "/districts/1/settings/rules/changed"


def a_school(school: int) -> None:
    """Four mentees; one lost the mentor before New Year, one pair stayed open; a third-grade mentor."""
    teacher = add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    add_pair(school, teacher, [add_person(school), add_person(school)], ended=date(2021, 5, 25))
    lost = add_pair(school, None, [])
    add_member(lost, add_person(school), Part.MENTEE, date(2020, 10, 1))
    gone = add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    add_member(lost, gone, Part.MENTOR, date(2020, 10, 1), date(2020, 12, 31))
    young = add_person(school, part=Part.MENTOR, grade=3)
    add_pair(school, young, [add_person(school)], date(2020, 10, 1))


def as_after_an_upgrade(app: Flask, school: int) -> None:
    dates.configure(fixed=date(2022, 3, 1))
    with app.app_context(), writing():
        a_school(school)
        db.session.get_one(District, 1).rules_shown_on = None


def test_what_changed_is_told_by_year_school_and_cause(app: Flask, cast: Cast) -> None:
    as_after_an_upgrade(app, cast.boris_school)
    with app.app_context():
        found = [
            (row.year, row.part, row.was, row.now, dict(row.causes))
            for row in changes(1, dates.today())
        ]
    young = {Verdict.TOO_YOUNG: 1}
    assert found == [
        (2020, Part.MENTOR, 1, 0, young),
        (2021, Part.MENTEE, 4, 3, {Verdict.ALONE: 1}),
        (2021, Part.MENTOR, 1, 0, young),
        (2022, Part.MENTEE, 2, 0, {Verdict.UNDECIDED: 2}),
        (2022, Part.MENTOR, 1, 0, {Verdict.UNDECIDED: 1}),
    ]


def test_the_coordinator_sees_it_once(app: Flask, cast: Cast, anna: PageClient) -> None:
    as_after_an_upgrade(app, cast.boris_school)
    home = anna.get("/districts/1/coverage/2022")
    assert soup(home).select_one(f'a[href="{PAGE}"]').get_text() == "что было и что стало"
    page = anna.get(PAGE)
    assert "без наставника 1" in text_of(page)
    assert anna.fill(page).status_code == 303
    assert soup(anna.get("/districts/1/coverage/2022")).select(f'a[href="{PAGE}"]') == []
    assert not soup(anna.get(PAGE)).select("#note-changed")
    with app.app_context():
        (entry,) = db.session.query(AuditEntry).filter_by(event="counting_rules:shown")
        assert entry.changes == {"2020": [1, 0], "2021": [5, 3], "2022": [3, 0]}


def test_a_new_district_has_nothing_to_be_shown(anna: PageClient) -> None:
    assert "Ни один показатель не изменился" in text_of(anna.get(PAGE))
    assert soup(anna.get("/districts/1/coverage/2020")).select(f'a[href="{PAGE}"]') == []
