"""School classes, typed in every way and written in one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav import classes

NB = "\u00a0"
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
relaxed = settings(deadline=None, max_examples=200)  # a slow machine is not a fault

CLASSES = "7А|7 \"А\"|7-а|7 «а»|7A|7 a| 7\u00a0«А» |7 – А|07а|7а класс|7 А кл.|7.а|7 'А'"


@pytest.mark.parametrize("text", CLASSES.split("|"))
def test_a_class_is_understood_however_it_is_typed(text: str) -> None:
    assert classes.parse_class(text) == (7, "А")


@pytest.mark.parametrize("text", ["11", "11 класс", "11кл", " 11. "])
def test_a_class_may_have_no_letter(text: str) -> None:
    assert classes.parse_class(text) == (11, "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5 класс А", (5, "А")), ("5 кл. А", (5, "А")), ("5 класса «Б»", (5, "Б")),
        ("9-й «Б» класс", (9, "Б")), ("V А", (5, "А")), ("XI", (11, "")), ("ХI б", (11, "Б")),
        ("10/2", (10, "2")), ("5-1", (5, "1")), ("5 – 01", (5, "1")), ("5-1 класс", (5, "1")),
        ("1 доп.", (1, "ДОП")), ("1 дополнительный", (1, "ДОП")), ("7-й", (7, "Й")),
    ],
)  # fmt: skip
def test_a_class_in_words_roman_or_with_a_number_is_understood(
    text: str, read: tuple[int, str]
) -> None:
    assert classes.parse_class(text) == read


@pytest.mark.parametrize(
    "text", ["05.01.2020", "05.янв", "янв.05", "2 окт", "2020-01-05", "май.03"]
)
def test_a_class_that_excel_made_a_date_is_said_to_be_one(text: str) -> None:
    with pytest.raises(classes.BadClass, match="дата: Excel сделал её из класса вроде 5-1"):
        classes.parse_class(text)


@relaxed
@given(
    st.integers(1, 11),
    st.sampled_from([*LETTERS.upper(), "Ё", "", "ДОП"]) | st.integers(1, 19).map(str),
)
def test_every_class_the_site_writes_is_read_back(grade: int, letter: str) -> None:
    assert classes.parse_class(classes.class_name(grade, letter)) == (grade, letter)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", "Укажите класс"),
        ("А7", "Укажите класс"),
        ("7АБ", "Укажите класс"),
        ("7-0", "Укажите класс"),
        ("7-20", "Укажите класс"),
        ("VV", "VV класса нет"),
        ("седьмой", "Укажите класс"),
        ("0А", "0 класса нет"),
        ("12А", "12 класса нет"),
        ("7 «D»", "Буква «D» не русская"),
    ],
)
def test_an_unknown_class_is_refused_with_the_way_to_mend_it(text: str, beginning: str) -> None:
    with pytest.raises(classes.BadClass) as refused:
        classes.parse_class(text)
    assert str(refused.value).startswith(beginning)
    assert "от 1 до 11" in str(refused.value)


def test_a_class_is_written_with_guillemets_and_a_no_break_space() -> None:
    assert classes.class_name(7, "а") == f"7{NB}«А»"
    assert classes.class_name(11, "") == "11"
    assert (classes.class_name(5, "1"), classes.class_name(1, "ДОП")) == ("5-1", f"1{NB}доп.")
