"""The fields that every paper may hold."""

from dataclasses import replace
from datetime import date

from flask import Flask

from nastav.contents import common
from nastav.db import db, writing
from nastav.papers.kinds import COMMON
from nastav.stages.models import Stage
from tests.contents.scopes import REQUISITES, scope
from tests.support.cast import Cast


def test_they_are_those_that_the_catalogue_names(app: Flask, cast: Cast) -> None:
    with app.app_context():
        found = common.fields(scope(cast.boris_school))
    assert found.keys() == COMMON.keys()
    same = [name for name in COMMON if found[name].replace("\xa0", " ") == COMMON[name]]
    assert same == [name for name in COMMON if name != "формы"]
    assert found["формы"].startswith("ученик – ученик, учитель – ученик, ")
    assert found["школа_кратко"] == "МБОУ СОШ №\xa05"
    assert found["приказ_района"].count("№\xa0428") == 1


def test_a_deadline_is_that_of_the_school_year(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with writing():
            db.session.query(Stage).filter_by(ordinal=3).one().due = date(2020, 12, 24)
            db.session.query(Stage).filter_by(ordinal=2).one().ordinal = 9
        found = common.fields(scope(cast.boris_school))
    assert (found["срок_2"], found["срок_3"]) == ("______________", "24.12.2020")


def test_what_was_not_typed_is_empty_and_a_number_never_parts(app: Flask, cast: Cast) -> None:
    with app.app_context():
        own = replace(REQUISITES, head_name="", head_post="и. о. директора", full_name="Школа №7")
        found = common.fields(scope(cast.boris_school, requisites=own))
    assert found["директор"] == ""
    assert found["директор_должность"] == "И. о. директора"
    assert found["школа"] == "Школа №\xa07"
