"""A block from Excel pasted into the cells of a plan year: shown first, saved by the form's own button."""

import pytest
from flask import Flask

from nastav.db import db
from nastav.plan.models import PlanTarget
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

PAGE = "/districts/1/settings/plan/2020"


def saved(app: Flask, school: int) -> tuple[int | None, int | None]:
    with app.app_context():
        row = db.session.query(PlanTarget).filter_by(school_id=school, year=2020).one()
        return row.mentees, row.mentors


@pytest.mark.parametrize(
    "block",
    [
        "ОО\tНаставляемые\tНаставники\nСОШ №5\t1 050\t0",
        "СОШ №5\t1 050\t0",
        "\n".join(["68\t4", "35\t2", "32\t2", "1050\t0"]),  # in the order of the schools
    ],
)
def test_a_block_is_shown_with_what_it_changes_and_saved_after(
    anna: PageClient, app: Flask, cast: Cast, block: str
) -> None:
    answer = anna.fill(PAGE, pasted=block)
    assert answer.status_code == 200
    said = text_of(answer).replace("\xa0", " ")
    assert "СОШ №5: наставляемые: 44 → 1 050" in said
    assert "СОШ №5: наставники: 2 → 0" in said
    assert len(soup(answer).select("main p + ul li")) >= 2
    assert saved(app, cast.boris_school) == (44, 2)
    assert form_values(find_form(answer, "/2020"))[f"mentees_{cast.boris_school}"] == ["1050"]
    anna.fill(answer, "/2020", reason="Приказ № 12 от 15.01.2021")
    assert saved(app, cast.boris_school) == (1050, 0)


def test_what_is_no_number_and_whose_school_is_unknown_is_named(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    block = "ОО\tНаставляемые\tНаставники\nСОШ №5\t48\t12 чел.\nСОШ №99\t1\t1"
    answer = anna.fill(PAGE, pasted=block)
    said = text_of(answer).replace("\xa0", " ")
    assert "12 чел." in said
    assert "не целое число" in said
    assert "такой школы в плане нет" in said
    assert "СОШ №5: наставляемые: 44 → 48" in said
    assert "наставники: 2 →" not in said
    assert saved(app, cast.boris_school) == (44, 2)


def test_a_block_of_nothing_known_is_given_back(anna: PageClient) -> None:
    answer = anna.fill(PAGE, pasted="ОО\tНаставляемые\nСОШ №99\tмного")
    assert answer.status_code == 422
    assert "СОШ №99" in soup(answer).select_one("#pasted").get_text()  # type: ignore[union-attr]
