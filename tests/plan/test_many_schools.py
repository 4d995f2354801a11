"""The grid of a large district: one form that the site still takes, and a page that is no burden."""

import gzip

from flask import Flask
from flask.testing import FlaskClient

from nastav.db import db, writing
from nastav.district.models import School
from nastav.plan.models import PlanTarget
from tests.support.pages import PageClient, find_form, form_values

PAGE = "/districts/1/settings/plan"
SCHOOLS = 40
FIRST_PAGE = 12 * 1024  # bytes of the page alone, compressed


def many(app: Flask) -> None:
    """Give the district so many schools, each with a plan."""
    with app.app_context(), writing():
        for number in range(14, SCHOOLS + 1):
            school = School(district_id=1, ordinal=number, name=f"СОШ №{number + 100} имени героя")
            db.session.add(school)
            db.session.flush()
            for year in range(2020, 2025):
                row = PlanTarget(school_id=school.id, year=year, mentees=number + year, mentors=3)
                row.printed_mentees = row.printed_mentors = number
                db.session.add(row)


def test_forty_schools_are_one_form_that_is_saved(app: Flask, anna: PageClient) -> None:
    many(app)
    values = form_values(find_form(anna.get(f"{PAGE}?from=2020"), "?from=2020"))
    assert SCHOOLS * 12 < len(values) <= app.config["MAX_FORM_PARTS"] / 4
    last = max(int(name.rpartition("_")[2]) for name in values if name.startswith("mentees_2024_"))
    sent = {**values, f"mentees_2024_{last}": "77", "reason": "Приказ № 12"}
    assert anna.send(PAGE, sent).status_code == 303
    with app.app_context():
        row = db.session.query(PlanTarget).filter_by(school_id=last, year=2024).one()
        assert row.mentees == 77


def test_their_page_is_light(app: Flask, anna: PageClient) -> None:
    many(app)
    answer = FlaskClient.open(anna, PAGE, buffered=True)  # past the page-checking client
    assert len(gzip.compress(answer.data)) < FIRST_PAGE
