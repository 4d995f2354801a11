"""Reading a table pasted from Excel: nothing lost, nothing invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav.people import paste
from nastav.people.models import Kind, Part
from nastav.people.paste import Preview, Verdict
from nastav.people.rules import Namesakes

JOINED = date(2020, 9, 1)


def read(text: str, part: Part = Part.MENTEE) -> Preview:
    return paste.check(paste.parse(text, part, JOINED, 2020), part, Namesakes([], 2020))


def names(preview: Preview) -> list[tuple[str, int | None, str]]:
    return [(one.full_name, one.grade, one.letter) for one in preview.people]


def test_two_columns_become_pupils() -> None:
    got = read("Петрова Ирина Сергеевна\t7 «а»\nИванов Пётр\t11")
    assert names(got) == [("Петрова Ирина Сергеевна", 7, "А"), ("Иванов Пётр", 11, "")]
    assert got.people[0].joined == JOINED
    assert got.people[0].class_year == 2020


def test_a_heading_and_a_numbering_column_are_dropped() -> None:
    got = read("№ п/п\tФИО\tКласс\n1\tПетрова Ирина\t7А\n2.\tИванов Пётр\t8Б")
    assert names(got) == [("Петрова Ирина", 7, "А"), ("Иванов Пётр", 8, "Б")]
    assert [row.row for row in got.rows] == [2, 3]
    assert not got.ignored


def test_a_numbering_column_without_a_heading_is_dropped() -> None:
    assert names(read("1\tПетрова Ирина\t7А\n2\tИванов Пётр\t8Б"))[1] == ("Иванов Пётр", 8, "Б")


def test_headings_may_stand_in_any_order_and_extra_columns_are_named() -> None:
    got = read("Класс\tТелефон\tФамилия\tИмя\tОтчество\n7А\t123\tПетрова\tИрина\tИльинична")
    assert names(got) == [("Петрова Ирина Ильинична", 7, "А")]
    assert got.ignored == ("Телефон",)


def test_quoted_cells_of_excel_are_read_as_it_writes_them() -> None:
    got = read('Петрова Ирина\t"7 ""А"""\n"Иванов\nПётр"\t8Б')
    assert names(got) == [("Петрова Ирина", 7, "А"), ("Иванов Пётр", 8, "Б")]


def test_a_stray_quote_swallows_no_row() -> None:
    got = read('"Петрова Ирина\t7А\nИванов Пётр\t8Б')
    assert [row.row for row in got.rows] == [1, 2]
    assert ("Иванов Пётр", 8, "Б") in names(got)


def test_typed_lines_with_a_comma_are_read_too() -> None:
    assert names(read("Петрова Ирина, 7А\nИванов Пётр; 8Б"))[0] == ("Петрова Ирина", 7, "А")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Петрова Ирина\t12А", "12 класса нет"),
        ("Петрова Ирина\t", "Укажите класс"),
        ("Петрова\t7А", "Укажите фамилию и имя"),
        ("\t7А", "Укажите фамилию и имя"),
        ("Петрова Ирина 7А\t7А", "цифры"),
        (f"{'П' * 101} Ирина\t7А", "Слишком длинное"),
    ],
)
def test_a_bad_row_says_how_to_mend_it_and_comes_first(line: str, told: str) -> None:
    got = read(f"Иванов Пётр\t8Б\n{line}")
    assert got.rows[0].row == 2
    assert got.rows[0].verdict is Verdict.BAD
    assert told in got.rows[0].note
    assert names(got) == [("Иванов Пётр", 8, "Б")]


def test_a_row_repeated_in_the_table_is_left_out() -> None:
    got = read("Петрова Ирина\t7А\nПЕТРOBA  Ирина\t7 а")  # with two Latin letters
    assert len(got.people) == 1
    assert got.of(Verdict.DOUBLE)[0].note == "Повторяет строку 1."


def test_a_mentor_without_a_class_is_a_teacher_with_a_post() -> None:
    got = read("Громова Анна\tучитель физики\nБелкин Юрий\t10А\nОрлова Инна", Part.MENTOR)
    assert [(one.kind, one.post, one.grade) for one in got.people] == [
        (Kind.TEACHER, "учитель физики", None),
        (Kind.PUPIL, "", 10),
        (Kind.TEACHER, "", None),
    ]


def test_more_rows_than_allowed_are_refused() -> None:
    line = "Петрова Ирина\t7А\n"
    assert len(read("ФИО\tКласс\n" + line * paste.MOST_ROWS).rows) == paste.MOST_ROWS
    with pytest.raises(paste.TooManyRows):
        read(line * (paste.MOST_ROWS + 1))


WORD = st.text("АБВГДабвгдеёжийклOpx-", min_size=2, max_size=8).filter(lambda one: "-" not in one)
CELL = st.text(max_size=20) | WORD | st.sampled_from(["7А", "11 б", "0", "ФИО", "1", '"', "№"])
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=12)
relaxed = settings(deadline=None, max_examples=150)  # a slow machine is not a fault


@relaxed
@given(TABLE, st.sampled_from(Part))
def test_any_text_is_read_without_a_crash_and_each_row_is_judged_once(
    table: list[list[str]], part: Part
) -> None:
    got = read("\n".join("\t".join(row) for row in table), part)
    assert len({row.row for row in got.rows}) == len(got.rows)
    assert sum(len(got.of(verdict)) for verdict in Verdict) == len(got.rows)
    for row in got.rows:
        assert (row.verdict is Verdict.BAD) == (row.new is None)
        assert row.verdict is Verdict.GOOD or row.note
    for one in got.people:
        assert one.surname
        assert one.given_name
        assert one.grade is not None or part is Part.MENTOR


@relaxed
@given(st.lists(st.tuples(WORD, WORD, st.integers(1, 11), st.sampled_from("АБ")), max_size=12))
def test_every_well_formed_row_is_kept(people: list[tuple[str, str, int, str]]) -> None:
    lines = [f"{at}\tФамилия{one} {two}\t{n}{ab}" for at, (one, two, n, ab) in enumerate(people)]
    got = read("\n".join(["№\tФИО\tКласс", *lines]))
    assert not got.of(Verdict.BAD)
    assert len(got.people) + len(got.of(Verdict.DOUBLE)) == len(people)
    assert [row.row for row in got.of(Verdict.GOOD)] == sorted(
        row.row for row in got.of(Verdict.GOOD)
    )
