"""Columns by hand: asked once, remembered for the school, what is not loaded is not kept."""

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nastav.columns.register import is_never_kept, understood
from nastav.db import db
from nastav.loads.headings.models import SchoolHeading
from nastav.people.models import Part
from nastav.tables.table import pasted
from tests.loads.loading import load_of, people, sent, tables, url
from tests.registers.test_codes import switch
from tests.support.cast import Cast
from tests.support.kinds import Made, xlsx
from tests.support.pages import PageClient, soup, text_of

TABLE = "№\tДети\tГде учится\tЧто нужно\n1\tПтицына Ольга\t7А\tучёба\n2\tЁлкин Лев\t5Б\tспорт"


def asked(client: PageClient, cast: Cast, text: str = TABLE, book: str = "mentees") -> str:
    """Send a table and return the page that asks about its columns."""
    load = client.fill(url(cast, book), text=text).location
    page = client.get(load)
    assert page.location == f"{load}/columns"
    return page.location


def test_columns_are_asked_once_and_remembered_for_the_school(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(asked(boris, cast))
    text = text_of(page)
    assert "Какой столбец — имя?" in text
    assert "В нём: Птицына Ольга, Ёлкин Лев." in text
    assert "Код ученика" not in text  # the district keeps names
    answer = boris.fill(page, column_2="name", column_3="class")
    check = boris.get(answer.location)
    assert "Пропущены столбцы: «Что нужно»." in text_of(check)
    assert len(tables(check)["Готово к загрузке"]) == 2
    assert "учёба" not in repr(load_of(app).rows)
    again = boris.get(boris.fill(url(cast), text=TABLE).location)
    assert len(tables(again)["Готово к загрузке"]) == 2
    assert "Пропущены столбцы: «Что нужно»." in text_of(again)
    assert "«дети» — ФИО" in text_of(boris.get(url(cast)))


def test_the_columns_of_one_register_say_nothing_of_the_other_and_can_be_forgotten(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(asked(boris, cast), column_2="name", column_3="class")
    assert boris.get(asked(boris, cast, book="mentors")).status_code == 200
    boris.fill(url(cast), "/columns/forget")
    with app.app_context():
        assert db.session.query(SchoolHeading).count() == 0
    assert boris.get(asked(boris, cast)).status_code == 200


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Укажите, в каком столбце имя"),
        ({"column_2": "name", "column_3": "name"}, "«ФИО» указан дважды"),
        ({"column_2": "name", "column_3": "космос"}, "Столбец «Где учится»"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_keeps_what_was_chosen(
    app: Flask, cast: Cast, boris: PageClient, chosen: dict[str, str], sentence: str
) -> None:
    path = asked(boris, cast)
    answer = boris.send(path, chosen)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if "column_2" in chosen:
        assert soup(answer).select_one("[name=column_2] [selected]")["value"] == "name"
    assert load_of(app).asked


def test_an_answer_sent_twice_and_a_load_given_up_ask_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(asked(boris, cast))
    first = boris.fill(page, column_2="name")
    assert boris.fill(page, column_2="surname").location == first.location
    with app.app_context():
        rows = db.session.query(SchoolHeading.heading, SchoolHeading.column_key)
        assert dict(list(rows))["дети"] == "name"
    page = asked(boris, cast, "Дом\tЛет\nПтицына Ольга\t9")
    boris.send(f"{page.removesuffix('/columns')}/drop")
    assert (load_of(app).rows, load_of(app).asked) == ([], [])
    assert people(app) == []


def test_where_pupils_have_codes_an_unknown_column_is_never_kept(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    switch(app, on=True)
    answer = boris.fill(url(cast), text=TABLE)
    assert answer.status_code == 422
    assert "дайте столбец «Код»" in text_of(answer)
    page = boris.fill(url(cast), text="Код\tКласс\tДруг\nК-1\t7А\tПтицына Ольга")
    assert "Не поняты и пропущены столбцы: «Друг»." in text_of(boris.get(page.location))
    assert "Птицына" not in repr(load_of(app).rows)


COLLEGE = (
    "№ п/п\tФИО обучающегося\tГруппа\tСпециальность\tОсновной запрос\n"
    "1\tБерёзкина Алина Олеговна\tТМ-21\tСварщик\tпрофориентация\n"
    "2\tКлёнов Пётр Андреевич\t2 курс\tПовар\tтрудоустройство"
)


def test_a_speciality_is_asked_of_a_college_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    boris.fill(asked(boris, cast, COLLEGE))
    assert "Сварщик" not in repr(load_of(app).rows)
    page = boris.get(boris.fill(url(cast), text=COLLEGE).location)
    assert "Пропущены столбцы: «Специальность»." in text_of(page)
    assert "ученик, ТМ-21" in tables(page)["Готово к загрузке"][0]


def test_education_and_years_of_service_are_passed_over_unasked(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    text = "ФИО\tДолжность\tОбразование\tПедагогический стаж\nОсинова Ольга\tвоспитатель\tвысшее\t1 год"
    page = boris.get(boris.fill(url(cast), text=text).location)
    assert "Пропущены столбцы: «Образование», «Педагогический стаж»." in text_of(page)
    assert "высшее" not in repr(load_of(app).rows)


MESSY = (
    "1\t1. Козлова Жанна, 4Б\t\t#N/A\n2\t2. Рогов Лев\t5А\tнет\n"
    "3\tЁлкин Лев\t#ССЫЛКА!\tучёба\n4\tИтого\t\t"
)


def test_a_column_named_by_hand_is_cleaned_as_a_known_one(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(url(cast), text=f"№\tФИО\tКласс\tЗапрос\n{MESSY}")
    known = load_of(app)
    page = asked(boris, cast, f"№\tДети\tГде учится\tЧто нужно\n{MESSY}")
    check = boris.fill(page, column_2="name", column_3="class", column_4="need").location
    by_hand = load_of(app)
    assert by_hand.id != known.id
    assert by_hand.rows == known.rows
    assert by_hand.rows[0] == [2, {"name": "Козлова Жанна", "class": "4Б"}]
    assert by_hand.notes == known.notes
    assert len(known.notes) == 4
    assert "вместо значения ошибка Excel (#ССЫЛКА!)" in tables(boris.get(check))["Исправить"][0]


def test_rows_of_several_sheets_are_cleaned_where_they_stand(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    rows = [("ФИО", "Что нужно"), ("Козлова Жанна", "#N/A")]
    sheets = [Made(rows, "5А"), Made([*rows, ("Рогов Лев", "#N/A")], "5Б")]
    load = sent(boris, cast, xlsx(*sheets)).location
    boris.fill(f"{load}/columns", column_2="need")
    assert not any("need" in cells for _, cells in load_of(app).rows)
    told = text_of(boris.get(load))
    assert "Лист «5А». Ошибка Excel вместо значения, оставлено пустым" in told
    assert "строка 2 (#N/A)" in told
    assert "строки 2 и 3 (#N/A)" in told


@pytest.mark.parametrize(
    ("heading", "mentee", "mentor"),
    [
        ("Ученик", "name", "name"),
        ("Обучающийся", "name", "name"),
        ("Наставляемый", "name", "partner"),
        ("Наставник", "partner", "name"),
        ("ФИ", "name", "name"),
        ("Фамилия И.О.", "name", "name"),
        ("Имя и фамилия", "given_first", "given_first"),
        ("Кто", "name", "name"),
        ("Место работы/учебы", "post", "post"),
        ("Должность/класс", "post", "post"),
        ("Важные для программы достижения", None, "achievements"),
        ("Желаемый возраст", None, "ages"),
        ("Дата вхождения в программу", "joined", "joined"),
        ("ФИО наставника", "partner", "name"),
        ("ФИО наставляемого (наставляемых)", "name", "partner"),
        ("Ролевая модель", "role_model", "role_model"),
        ("Место работы/учебы наставника", "partner_place", "post"),
        ("Предполагаемые результаты", "expected_result", None),
        ("Категория участника", "kind", "kind"),
    ],
)
def test_headings_of_the_field_are_understood(
    heading: str, mentee: str | None, mentor: str | None
) -> None:
    assert understood(Part.MENTEE, heading) == mentee
    assert understood(Part.MENTOR, heading) == mentor


@pytest.mark.parametrize(
    "heading",
    ["Телефон", "Контактные данные для связи", "Год рождения", "Ссылка на кейс", "E-mail", "СНИЛС",
     "Адрес проживания", "ФИО родителя", "Группа здоровья", "ОВЗ", "Состав семьи"],
)  # fmt: skip
def test_what_is_never_kept_is_not_asked_for(heading: str) -> None:
    assert is_never_kept(heading, ["что угодно"])
    table = pasted(f"ФИО\tКласс\t{heading}\nПтицына Ольга\t7А\tтайна", Part.MENTEE)
    assert not table.asked
    assert "тайна" not in repr(table.rows)
    assert heading in table.notes[0]


def test_a_column_of_telephones_or_addresses_of_mail_is_known_by_what_is_in_it() -> None:
    text = "ФИО\tКласс\tСвязь\nПтицына Ольга\t7А\t8-900-000-00-01\nЁлкин Лев\t5Б\ta@b.ru"
    assert not pasted(text, Part.MENTEE).asked


HEADINGS = ["ФИО", "Ученик", "Класс", "Дети", "Учится", "Нужно", "Кружок", "№", ""]
VALUES = ["Птицына Ольга", "7А", "5-1", "учёба", "", "12", "8-900-000-00-01", "9 лет"]


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=5),
    st.lists(st.lists(st.sampled_from(VALUES), min_size=1, max_size=5), min_size=1, max_size=6),
)
def test_each_column_is_read_asked_named_or_empty_and_none_is_lost(
    heading: list[str], rows: list[list[str]]
) -> None:
    try:
        table = pasted("\n".join("\t".join(row) for row in [heading, *rows]), Part.MENTEE)
    except ValueError:
        return
    assume(not any(note.startswith("Не люди") for note in table.notes))  # one value across a row
    kept = {text for _, cells in table.rows for text in cells.values()}
    assert {text for question in table.asked for text in question.samples} <= kept
    assert {question.key for question in table.asked} <= {
        key for _, cells in table.rows for key in cells
    }
    assert all(question.samples for question in table.asked)
