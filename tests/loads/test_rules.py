"""Reading a table of people: nothing lost, nothing invented, each row judged once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav import dates
from nastav.loads.rows import Preview, Verdict
from nastav.loads.rules import Register, check
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry, SchoolClass
from nastav.people.rules import Namesakes, NewPerson
from nastav.tables import table as tables
from nastav.tables.table import BadTable

JOINED = date(2020, 9, 1)
KNOWN = Entry(
    id=5, person_id=6, number=7, part=Part.MENTEE, kind=Kind.PUPIL, surname="Ёлкин",
    given_name="Лев", patronymic="", post="", need="учёба", source="", expected_result="",
    joined=date(2020, 9, 5), left=None, left_reason="", is_mistake=False, search_key="елкин лев",
    school_class=SchoolClass(2020, 7, "А"), first_year=2020,
)  # fmt: skip


@pytest.fixture
def on_the_ninth() -> Iterator[None]:
    """Have it be 9 December 2020."""
    dates.configure(fixed=date(2020, 12, 9))
    yield
    dates.configure()


def read(text: str, part: Part = Part.MENTEE, *known: Entry) -> Preview:
    register = Register(part, Namesakes(known, 2020), JOINED, 2020)
    return check(tables.pasted(text, part).rows, register)


def people(preview: Preview) -> list[NewPerson]:
    return [row.new for row in preview.of(Verdict.GOOD) if row.new]


def names(preview: Preview) -> list[tuple[str, int | None, str]]:
    return [(person.full_name, person.grade, person.letter) for person in people(preview)]


def changes(preview: Preview) -> list[tuple[str, str, str]]:
    return [
        (change.title, change.old.replace("\xa0", " "), change.new.replace("\xa0", " "))
        for row in preview.of(Verdict.DIFFERENT)
        for change in row.changes
    ]


def test_two_columns_become_pupils() -> None:
    got = read("Петрова Ирина Сергеевна\t7 «а»\nИванов Пётр\t11\nНовак Яна\t7-б")
    assert names(got) == [
        ("Петрова Ирина Сергеевна", 7, "А"), ("Иванов Пётр", 11, ""), ("Новак Яна", 7, "Б"),
    ]  # fmt: skip
    assert people(got)[0].joined == JOINED
    assert people(got)[0].class_year == 2020


def test_headings_stand_in_any_order_with_line_breaks_and_extra_columns_are_named() -> None:
    text = (
        'Класс\t№ п/п\t"Ф.И.О.\nнаставляемого"\t"Дата\nвхождения"\tТелефон\t"Основной\nзапрос"\t'
        '"Источник\nзапроса"\tФИО наставника\t\n'
        "7А\t1\tПетрова Ирина\t5.09.2020\t123\tучёба\tпсихолог\tГромова А. П.\tдомой"
    )
    got = tables.pasted(text, Part.MENTEE)
    assert got.notes == ("Пропущены столбцы: «Телефон», 9-й, без заголовка.",)
    person = people(read(text))[0]
    assert (person.full_name, person.grade, person.need) == ("Петрова Ирина", 7, "учёба")
    assert person.source == "психолог"
    assert person.joined == date(2020, 9, 5)


def test_of_two_columns_alike_the_first_is_read_and_the_second_is_named() -> None:
    text = "ФИО\tКласс\tЗапрос\tФамилия Имя\tКласс\nПетрова Ирина\t7А\tучёба\tГромов Юрий\t9Б"
    assert names(read(text)) == [("Петрова Ирина", 7, "А")]
    notes = tables.pasted(text, Part.MENTEE).notes
    assert notes == ("Пропущены столбцы: «Фамилия Имя», «Класс».",)


def test_a_name_in_three_columns_is_taken_as_it_stands() -> None:
    got = read("Фамилия\tИмя\tОтчество\tКласс\nдель Рио\tАнна Мария\t-\t7А\nНовак\tОлег\tИльич\t8")
    first, second = people(got)
    assert (first.surname, first.given_name, first.patronymic) == ("дель Рио", "Анна Мария", "")
    assert second.full_name == "Новак Олег Ильич"


def test_a_title_above_the_heading_is_passed_over_and_said() -> None:
    text = "База наставляемых\t\n\t\nФИО\tКласс\nПетрова Ирина\t7А"
    assert [row.number for row in read(text).rows] == [4]
    assert "Над заголовком пропущено, строки: 1." in tables.pasted(text, Part.MENTEE).notes


def test_a_numbering_column_is_dropped_with_a_heading_or_without() -> None:
    assert names(read("№\tФИО\tКласс\n1\tПетрова Ирина\t7А\n2.\tНовак Яна\t8Б"))[1][1:] == (8, "Б")
    assert names(read("1\tПетрова Ирина\t7А\n2\tНовак Яна\t8Б"))[1] == ("Новак Яна", 8, "Б")


def test_without_a_heading_a_third_column_is_said_to_be_passed_over() -> None:
    got = tables.pasted("Петрова Ирина\t7А\tучёба", Part.MENTEE)
    assert got.notes == (
        "Без заголовка читаются два столбца, ФИО и класс. Пропущены столбцы с 3-го.",
    )


def test_quoted_cells_are_read_and_a_stray_quote_swallows_no_row() -> None:
    got = read('Петрова Ирина\t"7 ""А"""\n"Иванов\nПётр"\t8Б\n"Новак Яна\t9А\nЁлкин Лев\t5А')
    assert [name for name, *_ in names(got)] == [
        "Петрова Ирина", "Иванов Пётр", '"Новак Яна', "Ёлкин Лев",
    ]  # fmt: skip


def test_typed_lines_with_a_comma_are_read_too() -> None:
    assert names(read("Петрова Ирина, 7А\nИванов Пётр; 8Б"))[0] == ("Петрова Ирина", 7, "А")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Петрова Ирина\t12А\t\t", "12 класса нет"),
        ("Петрова Ирина\t\t\t", "Укажите класс"),
        ("Петрова\t7А\t\t", "Укажите фамилию и имя"),
        ("\t7А\t\t", "Укажите фамилию и имя"),
        ("Петрова Ирина 7А\t8А\t\t", "цифры"),
        (f"{'П' * 101} Ирина\t7А\t\t", "101\xa0знак, а помещается не больше 100"),
        ("Петрова Ирина\t7А\t31.11.2020\t", "30 дней"),
        ("Петрова Ирина\t7А\t25.12.2020\t", "ещё не наступила"),
        ("Петрова Ирина\t7А\t\tкосмонавт", "Укажите: ученик, молодой педагог"),
        ("Петрова Ирина\t0\t31.11.2020\t", "0 класса нет"),
    ],
)
def test_a_bad_row_says_all_there_is_to_mend_and_comes_first(
    line: str, sentence: str, on_the_ninth: None
) -> None:
    got = read(f"ФИО\tКласс\tДата вхождения\tТип\nИванов Пётр\t8Б\t\t\n{line}")
    assert got.rows[0].number == 3
    assert got.rows[0].verdict is Verdict.BAD
    assert sentence in got.rows[0].note
    assert names(got) == [("Иванов Пётр", 8, "Б")]


def test_mentors_are_pupils_or_adults_of_a_kind() -> None:
    got = read(
        "ФИО\tКласс или должность\tТип наставника\nГромова Анна\tучитель физики\t\n"
        "Белкин Юрий\t10А\t\nОрлова Инна\t\tПедагог\nЗуев Ян\tзавод\tРаботодатель",
        Part.MENTOR,
    )
    assert [(person.kind, person.post, person.grade) for person in people(got)] == [
        (Kind.TEACHER, "учитель физики", None),
        (Kind.PUPIL, "", 10),
        (Kind.TEACHER, "", None),
        (Kind.EMPLOYER, "завод", None),
    ]


def test_a_known_person_is_found_by_a_normalised_name_and_class() -> None:
    got = read("EЛКИН  лев\t7 а\nЁлкин Лев\t8А", Part.MENTEE, KNOWN)  # with a Latin letter
    assert [row.known for row in got.of(Verdict.SAME)] == [KNOWN]
    asked = got.of(Verdict.DIFFERENT)
    assert [(row.known, row.is_alike) for row in asked] == [(KNOWN, True)]
    assert names(got) == []


def test_what_a_known_person_has_otherwise_is_shown() -> None:
    head = "ФИО\tКласс\tЗапрос\tДата вхождения\t№ в базе\n"
    got = read(head + "Елкин Лев Ильич\t7А\tспорт\t2.09.2020\t", Part.MENTEE, KNOWN)
    assert changes(got) == [
        ("отчество", "", "Ильич"), ("основной запрос", "учёба", "спорт"),
        ("дата вхождения", "05.09.2020", "02.09.2020"),
    ]  # fmt: skip
    assert changes(read(head + "Ёлкин Лев\t8Б\t\t\t7", Part.MENTEE, KNOWN)) == [
        ("класс", "7 «А»", "8 «Б»")
    ]


def test_an_empty_cell_and_a_later_day_change_nothing() -> None:
    head = "ФИО\tКласс\tЗапрос\tДата вхождения\n"
    got = read(head + "Ёлкин Лев\t7\t\t6.09.2020", Part.MENTEE, KNOWN)
    assert "укажите в карточке" in got.of(Verdict.SAME)[0].note


def test_of_two_namesakes_the_register_number_says_which() -> None:
    twin = replace(KNOWN, id=15, person_id=16, number=17, need="")
    head = "ФИО\tКласс\tЗапрос\t№ в базе\n"
    assert not changes(read(head + "Ёлкин Лев\t7А\tспорт\t", Part.MENTEE, KNOWN, twin))
    got = read(head + "Ёлкин Лев\t7А\tспорт\t17", Part.MENTEE, KNOWN, twin)
    assert got.of(Verdict.DIFFERENT)[0].known == twin


def test_a_row_repeated_in_the_table_is_left_out() -> None:
    got = read("Петрова Ирина\t7А\nПЕТРOBA  Ирина\t7 а")  # with two Latin letters
    assert len(people(got)) == 1
    assert got.of(Verdict.SAME)[0].note == "Повторяет строку 1."


def test_more_rows_than_allowed_and_none_at_all_are_refused() -> None:
    line = "Петрова Ирина\t7А\n"
    assert len(read("ФИО\tКласс\n" + line * tables.MOST_ROWS).rows) == tables.MOST_ROWS
    with pytest.raises(BadTable, match="не больше 2\xa0000 строк"):
        read(line * (tables.MOST_ROWS + 1))
    with pytest.raises(BadTable, match="под заголовком пусто"):
        read("ФИО\tКласс\n")


WORD = st.text("АБВГДабвгдеёжийклOpx-", min_size=2, max_size=8).filter(lambda text: "-" not in text)
CELL = (
    st.text(max_size=20)
    | WORD
    | st.sampled_from(
        ["7А", "11 б", "0", "ФИО", "Класс", "Запрос", "1", '"', "№", "1.09", "учитель"]
    )
)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=12)


def judged(table: list[list[str]], part: Part) -> None:
    text = "\n".join("\t".join(row) for row in table)
    try:
        got = read(text, part, KNOWN)
    except BadTable:
        return
    assert len({row.number for row in got.rows}) == len(got.rows)
    assert sum(len(got.of(verdict)) for verdict in Verdict) == len(got.rows)
    for row in got.rows:
        assert (row.verdict is Verdict.BAD) == (row.new is None)
        assert row.verdict is Verdict.GOOD or row.note
        assert bool(row.changes) == (row.verdict is Verdict.DIFFERENT)
    for person in people(got):
        assert person.surname
        assert person.given_name
        assert person.kind is not Kind.PUPIL or person.grade


@settings(deadline=None, max_examples=150)
@given(TABLE, st.sampled_from(Part))
def test_any_text_is_read_without_a_crash_and_each_row_is_judged_once(
    table: list[list[str]], part: Part
) -> None:
    judged(table, part)


@pytest.mark.soak
@settings(deadline=None, max_examples=20_000)
@given(TABLE, st.sampled_from(Part))
def test_twenty_thousand_tables_are_judged(table: list[list[str]], part: Part) -> None:
    judged(table, part)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(WORD, WORD, st.integers(1, 11), st.sampled_from("АБ")), min_size=1, max_size=12
    )
)
def test_every_well_formed_row_is_kept(rows: list[tuple[str, str, int, str]]) -> None:
    lines = [
        f"{at}\tФамилия{surname} {name}\t{n}{ab}" for at, (surname, name, n, ab) in enumerate(rows)
    ]
    got = read("\n".join(["№\tФИО\tКласс", *lines]))
    assert not got.of(Verdict.BAD)
    asked = [row for row in got.of(Verdict.DIFFERENT) if row.is_alike]  # one name in two classes
    assert len(people(got)) + len(asked) + len(got.of(Verdict.SAME)) == len(rows)
