"""The parents' questionnaire: without a number, beside the mentees' answers and never among them."""

from flask import Flask

from nastav.facts import queries as facts
from nastav.feedback.models import Moment, Respondent
from tests.feedback.sheets import enter, questionnaire
from tests.feedback.test_options import page_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

PARENT = Respondent.PARENT


def parents_id(app: Flask, cast: Cast) -> int:
    with app.app_context():
        return questionnaire(cast, PARENT, Moment.FINAL).id


def test_a_parent_is_asked_for_no_number(app: Flask, cast: Cast, boris: PageClient) -> None:
    form = soup(boris.get(f"{page_of(cast)}/new?part=parent&moment=final"))
    assert form.find(id="pair") is not None
    assert form.find(id="number") is None
    grid = boris.get(f"{page_of(cast)}/grid?questionnaire={parents_id(app, cast)}&rows=10")
    heads = [head.get_text() for head in soup(grid).select("thead th")]
    assert heads == ["Лист", "Код листа", "1", "2", "3", "4"]


def test_a_stack_of_parents_is_typed(app: Flask, cast: Cast, boris: PageClient) -> None:
    grid = boris.get(f"{page_of(cast)}/grid?questionnaire={parents_id(app, cast)}&rows=10")
    names = [str(cell["name"]) for cell in soup(grid).select("tbody tr:first-child input")]
    typed = dict(zip(names, ("12", "9", "2", "1, 3", "1"), strict=True))
    assert boris.fill(grid, answered_on="8.12", **typed).status_code == 303
    shown = text_of(boris.get(f"{page_of(cast)}/1"))
    assert "от наставника" in shown
    assert "помощь в учёбе; уверенность в себе" in shown


def test_sheets_with_numbers_are_not_printed_for_parents(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    at = f"{page_of(cast)}/paper/print?questionnaire={parents_id(app, cast)}"
    answer = boris.get(f"{at}&for_whom=each&copies=5")
    assert answer.status_code == 422
    assert "Родители отвечают без номеров" in text_of(answer)
    assert len(soup(boris.get(f"{at}&for_whom=copies&copies=5")).select("article.paper")) == 5


def test_parents_have_no_share_of_answers(app: Flask, cast: Cast, boris: PageClient) -> None:
    enter(app, cast, *[9] * 5, part=PARENT)
    shown = text_of(boris.get(page_of(cast)))
    assert "доли нет: сколько родителей, сайт не знает" in shown
    assert "доля больше 100" not in shown
    row = next(
        row for row in soup(boris.get(page_of(cast))).select(".returns tbody tr")
        if "Родители" in row.get_text()
    )  # fmt: skip
    assert [cell.get_text().strip() for cell in row.select("td")] == [
        "5",
        "—",
        "",
        "—",
        "100,0\xa0%",
    ]


def test_parents_are_not_counted_as_mentees(app: Flask, cast: Cast) -> None:
    enter(app, cast, 9, 9, 9, part=PARENT)
    enter(app, cast, 9, 9)
    with app.app_context():
        place = facts.Place(school_id=cast.boris_school, district_id=cast.district, first_year=2020)
        names = {"responses", "final_responses", "final_mentee", "final_mentor", "assessments"}
        assert facts.figures(place, names) == {
            "responses": 0,
            "final_responses": 2,
            "final_mentee": 2,
            "final_mentor": 0,
            "assessments": 0,
        }
