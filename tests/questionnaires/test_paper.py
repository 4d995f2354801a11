"""Blank questionnaires to print."""

import re

from flask import Flask

from nastav.db import writing
from nastav.feedback.models import Moment, Respondent
from tests.feedback.sheets import questionnaire
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_person


def at(app: Flask, cast: Cast, more: str, part: Respondent = Respondent.MENTEE) -> str:
    with app.app_context():
        found = questionnaire(cast, part, Moment.FINAL)
    base = f"/schools/{cast.boris_school}/2020/feedback/paper/print"
    return f"{base}?questionnaire={found.id}&{more}"


def test_so_many_copies_each_with_a_code_of_its_own(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(at(app, cast, "for_whom=copies&copies=30"))
    sheets = soup(page).select("article.paper")
    codes = {re.findall(r"код листа (\d{6})", sheet.get_text())[0] for sheet in sheets}
    assert (len(sheets), len(codes)) == (30, 30)
    assert "№ в базе" not in text_of(page)
    assert [mark.get_text() for mark in sheets[0].select(".paper-marks")[0].select("span")] == [
        *map(str, range(1, 11))
    ]
    assert not soup(page).select("article input, article button")


def test_one_for_each_participant_with_the_number_and_without_the_name(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with app.app_context(), writing():
        surnames = [add_person(cast.boris_school).surname for _ in range(3)]
        add_person(cast.vera_school)
        add_person(cast.boris_school, is_mistake=True)
    page = boris.get(at(app, cast, "for_whom=each"))
    titles = [element.get_text() for element in soup(page).select(".paper-head b:first-child")]
    assert titles[::1] == ["1", "2", "3"]
    assert not [name for name in surnames if name in text_of(page)]


def test_a_wrong_number_of_copies_is_explained(app: Flask, cast: Cast, boris: PageClient) -> None:
    for more, sentence in (
        ("copies=0", "Укажите число листов от 1 до 100."),
        ("copies=1000", "Укажите целое число от 0 до 100"),
        ("for_whom=all&copies=2", "Not a valid choice"),
    ):
        answer = boris.get(at(app, cast, more))
        assert answer.status_code == 422, more
        assert sentence in text_of(answer) or more.startswith("for_whom"), more


def test_the_curator_s_assessment_is_not_on_paper(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    assert boris.get(at(app, cast, "copies=1", Respondent.CURATOR)).status_code == 404
