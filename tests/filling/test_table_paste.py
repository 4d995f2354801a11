"""A block pasted from Excel is spread over the activities by headings or by the table's order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.filling.paste import spread

TITLES = {1: "Форматы взаимодействия", 2: "Цели и задачи", 3: "Психолог"}


def block(*rows: str) -> str:
    return "\r\n".join(row.replace(" | ", "\t") for row in rows) + "\r\n"


def test_a_block_without_headings_begins_at_the_status() -> None:
    found = spread(
        block("выполнено | 12.10 | Белов | Приказ № 1", "В работе | — |  | ", "не требуется"),
        TITLES,
    )
    assert found.cells == {
        1: {
            "status": "done",
            "done_on": "12.10",
            "responsible": "Белов",
            "document_line": "Приказ № 1",
        },
        2: {"status": "in_progress"},
        3: {"status": "not_required"},
    }
    assert not found.problems


@pytest.mark.parametrize(
    "row", ["3 | Психолог | выполнено | 12.10", "3. | что-то своё | выполнено | 12.10"]
)
def test_a_block_may_begin_at_the_number(row: str) -> None:
    assert spread(block(row), TITLES).cells == {3: {"status": "done", "done_on": "12.10"}}


def test_a_block_may_begin_at_the_title() -> None:
    assert spread(block("цели  и задачи | да", "психолог | нет"), TITLES).cells == {
        2: {"status": "done"},
        3: {"status": "not_started"},
    }


def test_columns_are_known_by_their_headings_in_any_order() -> None:
    found = spread(
        block(
            'Ответственный | № п/п | "Дата\nвыполнения" | Отметка о выполнении | Бюджет',
            "Белов | 2 | 12.10.2020 | Выполнено | 100",
        ),
        TITLES,
    )
    assert found.cells == {2: {"responsible": "Белов", "done_on": "12.10.2020", "status": "done"}}
    assert found.problems == ("Не вставлены столбцы: Бюджет.",)


def test_a_document_in_three_columns_becomes_one_line() -> None:
    found = spread(
        block("Вид документа | Номер документа | Дата документа", "Приказ | 145 | 12.10.2020"),
        TITLES,
    )
    assert found.cells == {1: {"document_line": "Приказ № 145 от 12.10.2020"}}


def test_what_cannot_be_put_anywhere_is_named_with_its_row() -> None:
    found = spread(block("№ | Статус", "1 | готовится", "7 | выполнено", "1 | в работе"), TITLES)
    assert found.cells == {1: {"status": "in_progress"}}
    assert found.problems == (
        "Вставленная строка 2: «готовится» — нет такого статуса, выберите его из списка.",
        "Вставленная строка 3 пропущена: «7»: в этапе 3\xa0мероприятия.",
    )


def test_a_cell_in_quotes_keeps_its_line_break_as_a_space_and_a_stray_quote_is_a_sign() -> None:
    found = spread('выполнено\t\t"Белов\nБ. Б."\r\nвыполнено\t\t"Дружба" и ко\r\n', TITLES)
    assert [row["responsible"] for row in found.cells.values()] == ["Белов Б. Б.", '"Дружба" и ко']


def test_a_whole_book_names_a_few_problems_only() -> None:
    found = spread(block(*["выполнено"] * 2000), TITLES)
    assert len(found.cells) == 3
    assert len(found.problems) == 11
    assert found.problems[-1] == "И ещё 1\xa0987\xa0строк."


@given(st.text(max_size=200))
def test_any_text_is_spread_or_named(text: str) -> None:
    found = spread(text, TITLES)
    assert set(found.cells) <= set(TITLES)
    assert bool(found.cells or found.problems) <= bool(text.strip())
