"""A block pasted from Excel: which row and column each cell goes to, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.intake.block import Column, Grid, Naming, Spread, digits, named, spread

PEOPLE = {7: ["Петрова Анна", "Петрова А."], 8: ["Ёлкин Иван"], 9: ["Петрова Алла", "Петрова А."]}
NUMBER = "нужно число"


def block(*rows: str) -> str:
    return "\r\n".join(row.replace(" | ", "\t") for row in rows) + "\r\n"


def laid(text: str, *, must_name: bool = False, columns: int = 2, **more: object) -> Spread[int]:
    fields = (Column("first", "один", digits, NUMBER), Column("second", "два", digits, NUMBER))
    names = (Naming("фио", named(PEOPLE.items())),)
    grid = Grid(list(PEOPLE), names, fields[:columns], "такого нет.", must_name=must_name, **more)  # type: ignore[arg-type]
    return spread(text, grid)


def test_without_names_a_block_goes_down_from_the_first_row() -> None:
    assert laid(block("1 | 2", "3 | 4")).cells == {
        7: {"first": "1", "second": "2"},
        8: {"first": "3", "second": "4"},
    }


def test_names_find_their_rows_in_any_order_and_spelling() -> None:
    found = laid(block("елкин иван | 1", "ПЕТРОВА АННА | 2"))
    assert found.cells == {8: {"first": "1"}, 7: {"first": "2"}}
    assert not found.problems


def test_headings_say_which_column_is_which() -> None:
    found = laid(block("Два | ФИО | Класс", "5 | Ёлкин Иван | 7А"))
    assert found.cells == {8: {"second": "5"}}
    assert found.problems == ("Не вставлены столбцы: Класс.",)
    assert found.rest == ("Класс\n7А",)


def test_too_wide_is_said_and_kept() -> None:
    found = laid(block("1 | 2 | 3", "4 | 5 | 6"))
    assert found.cells[8] == {"first": "4", "second": "5"}
    assert found.problems == ("Не вставлены столбцы: 3-й.",)
    assert found.rest == ("3\n6",)


def test_too_long_is_said_and_kept() -> None:
    found = laid(block("1", "2", "3", "4 | 5"))
    assert list(found.cells) == [7, 8, 9]
    assert found.problems == ("Вставленная строка 4 пропущена: такого нет.",)
    assert found.rest == ("4\t5",)


def test_a_word_where_a_number_belongs_is_said_and_the_rest_of_the_row_is_put() -> None:
    found = laid(block("1 | 2", "час | 4"))
    assert found.cells[8] == {"second": "4"}
    assert found.problems == ("Вставленная строка 2: «час» — нужно число.",)
    assert found.rest == ("час",)


@pytest.mark.parametrize(
    ("name", "why"),
    [("Иванова Ольга", "«Иванова Ольга»: такого нет."), ("Петрова А.", "таких несколько")],
)
def test_who_is_not_one_person_of_the_list_is_said(name: str, why: str) -> None:
    found = laid(block("Ёлкин Иван | 1", f"{name} | 2"))
    assert found.cells == {8: {"first": "1"}}
    assert why in found.problems[0]
    assert found.rest == (f"{name}\t2",)


def test_the_empty_cells_of_merged_ones_leave_what_is_there() -> None:
    found = laid(block("Петрова Анна | 1 | ", " | 2 | 3", "Ёлкин Иван |  | 4"))
    assert found.cells == {7: {"first": "1"}, 8: {"second": "4"}}
    assert found.problems == ("Вставленная строка 2 пропущена: не сказано, чья она.",)


def test_a_number_of_the_line_before_the_names_is_no_cell() -> None:
    found = laid(block("1 | Ёлкин Иван | 5", "2 | Петрова Алла | 6"))
    assert found.cells == {8: {"first": "5"}, 9: {"first": "6"}}
    assert not found.problems


def test_nobody_is_ticked_by_the_order_where_a_list_must_name_people() -> None:
    found = laid(block("Неизвестная Ольга", "Чужой Пётр"), must_name=True, columns=0)
    assert found.cells == {}
    assert len(found.problems) == 2


def test_the_same_row_twice_is_said() -> None:
    found = laid(block("Ёлкин Иван | 1", "Ёлкин Иван | 2"))
    assert found.cells == {8: {"first": "1"}}
    assert found.rest == ("Ёлкин Иван\t2",)


def test_a_closed_cell_and_too_many_rows_are_said() -> None:
    found = laid(block("1", "2", "3"), closed={(7, "first")})
    assert found.cells == {8: {"first": "2"}, 9: {"first": "3"}}
    assert found.problems == ("Вставленная строка 1: «1» — эта клетка не заполняется.",)
    assert laid(block("1", "2", "3"), most=2).problems == (
        "Вставленная строка 3 пропущена: за один раз помещается 2.",
    )


@given(st.lists(st.lists(st.sampled_from(["", "1", "час", "Ёлкин Иван"]), max_size=5), max_size=6))
def test_no_text_of_a_block_is_lost(rows: list[list[str]]) -> None:
    found = laid("\n".join("\t".join(row) for row in rows))
    typed = sum(row.count("час") for row in rows)
    assert "\t".join(found.rest).count("час") >= typed
