"""A block from Excel pasted into the grid: shown first, saved by the form's own button."""

import pytest
from flask import Flask

from nastav.db import db
from nastav.plan.models import PlanTarget
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

PAGE = "/districts/1/settings/plan"
GRID = "?from=2020"
AT = f"{PAGE}{GRID}"


def saved(app: Flask, school: int, year: int) -> tuple[int | None, int | None]:
    with app.app_context():
        row = db.session.query(PlanTarget).filter_by(school_id=school, year=year).one()
        return row.mentees, row.mentors


def pasted(client: PageClient, block: str, school: int | None = None, column: str = "") -> object:
    """Paste a block beside the grid and spread it."""
    values = form_values(find_form(client.get(AT), GRID))
    values |= {"pasted": block, "spread": "1"}
    values |= {"at_school": str(school)} if school else {}
    values |= {"at_column": column} if column else {}
    return client.send(f"{PAGE}/preview{GRID}", values)


def said(answer: object) -> str:
    return " ".join(text_of(answer).replace("\xa0", " ").split())  # type: ignore[arg-type]


TWO_ROWS = "\t2022 год\t\t2023 год\t\nОО\tнаставл. 40 %\tнаставн. 6 %\tнаставляемых\tнаставников\n"
BLOCKS = {
    "as the appendix": f"{TWO_ROWS}СОШ №5\t1 050\t0\t240\t9",
    "one heading, the year of the chosen cell": "ОО\tНаставляемые\tНаставники\nСОШ №5\t1 050\t0",
    "by the school's name": "СОШ №5\t1 050\t0",
    "with sums under it": f"{TWO_ROWS}СОШ №5\t1050\t0\t240\t9\nИТОГО\t9999\t1\t1\t1",
    "in the order of the schools": "270\t13\n141\t7\n129\t6\n1050\t0",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_block_is_shown_with_what_it_changes_and_saved_after(
    anna: PageClient, app: Flask, cast: Cast, block: str
) -> None:
    answer = pasted(anna, block, column="mentees_2022")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "изменится 2 ячейки, пока ничего не записано" in said(answer)
    assert "СОШ №5, 2022 год, наставляемых: 174 → 1 050" in said(answer)
    assert "СОШ №5, 2022 год, наставников: 7 → 0" in said(answer)
    assert "не вставлен" not in said(answer).lower()
    assert saved(app, cast.boris_school, 2022) == (174, 7)
    anna.fill(answer, GRID, reason="Приказ № 12 от 15.01.2021")  # type: ignore[arg-type]
    assert saved(app, cast.boris_school, 2022) == (1050, 0)


def test_a_block_fills_right_and_down_from_the_chosen_cell(anna: PageClient, cast: Cast) -> None:
    answer = pasted(anna, "480\t22\n247\t12 чел.", 1, "mentees_2024")
    assert "изменится 1 ячейка" in said(answer)
    assert "СОШ №1, 2024 год, наставляемых: 473 → 480" in said(answer)
    assert "СОШ №2, 2024 год, наставников: «12 чел.» — не целое число" in said(answer)
    again = pasted(anna, "5 чел.\t9", cast.vera_school, "mentees_2023")
    assert "СОШ №2, 2023 год, наставляемых: «5 чел.» — не целое число" in said(again)
    assert "наставников: 9 →" not in said(again)  # nothing moves into the place of what is wrong


def test_what_lies_beyond_the_grid_is_named(anna: PageClient) -> None:
    answer = pasted(anna, "42\t2\t99\n1\t1", 13, "mentees_2024")
    assert "Не вставлены столбцы: 3-й." in said(answer)
    assert "Вставленная строка 2 пропущена" in said(answer)


def test_a_year_of_another_page_is_named_as_left_out(anna: PageClient) -> None:
    answer = pasted(anna, f"{TWO_ROWS.replace('2023', '2027')}СОШ №5\t175\t7\t8\t9")
    assert "СОШ №5, 2022 год, наставляемых: 174 → 175" in said(answer)
    assert "Не вставлены столбцы: 2027 год, наставляемых, 2027 год, наставников." in said(answer)


def test_what_is_no_number_and_whose_school_is_unknown_is_named(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    block = "ОО\tНаставляемые\tНаставники\nСОШ №5\t48\t12 чел.\nСОШ №99\t1\t1"
    answer = pasted(anna, block, column="mentees_2020")
    assert "СОШ №5, 2020 год, наставников: «12 чел.» — не целое число" in said(answer)
    assert "такой школы в плане нет" in said(answer)
    assert "СОШ №5, 2020 год, наставляемых: 44 → 48" in said(answer)
    assert "изменится 1 ячейка" in said(answer)
    assert saved(app, cast.boris_school, 2020) == (44, 2)


def test_names_that_are_unknown_move_no_figure_aside(anna: PageClient) -> None:
    answer = pasted(anna, "СОШ №98\t1\t1\nСОШ №99\t2\t2")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "«СОШ №98»: такой школы в плане нет" in said(answer)


def test_a_figure_too_large_is_shown_in_its_cell(anna: PageClient) -> None:
    answer = pasted(anna, "1000000", 1, "mentors_2024")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "СОШ №1, 2024 год, наставников: Укажите целое число от 0 до 99999" in said(answer)


def test_a_block_of_nothing_known_is_given_back(anna: PageClient) -> None:
    answer = pasted(anna, "ОО\tНаставляемые\nСОШ №99\tмного")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "СОШ №99" in soup(answer).select_one("#pasted").get_text()  # type: ignore
