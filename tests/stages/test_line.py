"""A document in one line: kind, number and date as people write them."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav import ru
from nastav.stages.evidence.line import BadLine, parse
from nastav.stages.evidence.operations import Details

TODAY = date(2020, 12, 9)
DAY = date(2020, 10, 12)


def read(text: str) -> tuple[str, str, date | None]:
    found = parse(text, school_year=2020, today=TODAY)
    return found.kind, found.number, found.dated


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Приказ № 145 от 12.10.2020", ("Приказ", "145", DAY)),
        ("Приказ №\xa0145-ОД от\xa012.10.2020 г.", ("Приказ", "145-ОД", DAY)),
        ("приказ №145, 12.10.20", ("приказ", "145", DAY)),
        ("Приказ 145 от 12 октября 2020 г.", ("Приказ", "145", DAY)),
        ("Приказ от 12.10.2020 № 145", ("Приказ", "145", DAY)),
        ("Распоряжение от 12.10.2020 N 7-р", ("Распоряжение", "7-р", DAY)),
        ("Приказ N 145 от 12.10", ("Приказ", "145", DAY)),
        ("Положение 12.10.2020", ("Положение", "", DAY)),
        ("Положение", ("Положение", "", None)),
        ("План мероприятий на 2020/21 год", ("План мероприятий на 2020/21 год", "", None)),
        ("Протокол собрания от родителей", ("Протокол собрания от родителей", "", None)),
    ],
)
def test_a_line_is_read_as_it_was_meant(text: str, document: tuple[str, str, date | None]) -> None:
    assert read(text) == document


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("№ 145 от 12.10.2020", "Укажите вид документа"),
        ("Приказ № 1; Положение № 2", "Здесь один документ"),
        ("Приказ № 1 Положение № 2", "Здесь один документ"),
        ("Приказ № 145 от 31.11.2020", "в ноябре 30 дней"),
        ("П" * 101, "101\xa0знак, а помещается не больше 100"),
    ],
)
def test_a_line_that_names_no_document_says_how_to_mend_it(text: str, sentence: str) -> None:
    with pytest.raises((BadLine, ru.BadDate), match=sentence):
        read(text)


@given(
    kind=st.sampled_from(["Приказ", "План мероприятий", "Справка по итогам"]),
    number=st.from_regex(r"[0-9]{1,4}(-[А-Я]{1,3})?", fullmatch=True) | st.just(""),
    dated=st.dates(date(2001, 1, 1), date(2099, 12, 31)) | st.none(),
)
def test_what_the_site_prints_is_read_back(kind: str, number: str, dated: date | None) -> None:
    printed = Details(kind, number, dated)
    assert parse(printed.text, school_year=2020, today=TODAY) == printed


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(BadLine, ru.BadDate):
        assert read(text)[0]
