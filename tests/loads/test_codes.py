"""Tables of pupils who are kept by codes: read, refused with names, written and read back."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.db import db
from nastav.loads.models import Load
from nastav.people.models import Kind
from tests.loads.loading import checked, decided, needs, people, sent, tables, url
from tests.registers.test_codes import switch
from tests.support.books import workbook
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers


@pytest.fixture
def coded(app: Flask) -> Flask:
    """The district keeps pupils by codes."""
    switch(app, on=True)
    return app


def heads(content: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [cell.value for cell in next(sheet.iter_rows())][:4]


def loads(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Load).count()


@pytest.mark.parametrize("heading", ["Код\tКласс\n", "Шифр\tКласс\n", "Код ученика\tКласс\n", ""])
def test_a_column_of_codes_is_understood(
    coded: Flask, cast: Cast, boris: PageClient, heading: str
) -> None:
    page = checked(boris, cast, f"{heading}К-1\t7А\nk1\t8б\nК 2\t7А\nК-3\t12\nК-4\t5")
    assert len(tables(page)["Готово к загрузке"]) == 2
    boris.fill(page)
    assert people(coded) == ["К-1", "К-4"]


@pytest.mark.parametrize(
    "text",
    [
        "ФИО\tКласс\nК-1\t7А\nПтицына Ольга\t7А",
        "Фамилия\tИмя\tКласс\nПтицына\tОльга\t12",
        "Код\tФИО\tКласс\nК-1\tПтицына Ольга\t7А",
        "Птицына\t7А",
    ],
)
def test_a_table_with_names_of_pupils_is_refused_and_nothing_of_it_kept(
    coded: Flask, cast: Cast, boris: PageClient, text: str
) -> None:
    answer = boris.fill(url(cast), text=text)
    assert answer.status_code == 422
    assert "дайте столбец «Код»" in text_of(answer)
    assert loads(coded) == 0


def test_adults_are_loaded_by_name_and_pupils_by_code(
    coded: Flask, cast: Cast, boris: PageClient
) -> None:
    text = "Код\tФИО\tКласс\tДолжность\n\tГромов Юрий\t\tучитель\nК-9\t\t10А\t\nК-8\t\t\tучитель"
    page = checked(boris, cast, text, book="mentors")
    assert "Укажите класс" in tables(page)["Исправить"][0]
    boris.fill(page)
    assert people(coded) == ["Громов Юрий", "К-9"]
    again = boris.fill(url(cast, "mentors"), text="ФИО\tКласс\nПтицына Ольга\t10А")
    assert again.status_code == 422


def test_a_code_that_was_struck_or_is_an_adults_is_explained(
    coded: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(checked(boris, cast, "Код\tКласс\nК-1\t7А"))
    boris.fill(f"/schools/{cast.boris_school}/mentees/1/mistake")
    page = checked(boris, cast, "Код\tКласс\tКто это\nК-1\t7А\t\nК-2\t\tмолодой педагог")
    first, second = tables(page)["Исправить"]
    assert "уже у ученика № 1" in first.replace("\xa0", " ")
    assert "взрослого внесите по фамилии" in second


@pytest.mark.parametrize("on", [True, False])
def test_an_export_of_codes_and_names_changes_nothing_when_loaded(
    app: Flask, cast: Cast, boris: PageClient, on: bool
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", patronymic="Ильинична")
        school.mentee("Новак Олег", kind=Kind.TEACHER)
    switch(app, on=True)
    boris.fill(checked(boris, cast, "Код\tКласс\nАБВ-1\t7А\n15\t7А\n7/1\t7А"))
    switch(app, on=on)
    content = boris.get(f"/schools/{cast.boris_school}/mentees.xlsx").data
    assert heads(content) == ["№ в базе", "Код ученика", "Фамилия", "Имя"]
    page = boris.get(sent(boris, cast, content).location)
    assert list(tables(page)) == ["Повторы, не загрузятся"]
    assert len(tables(page)["Повторы, не загрузятся"]) == 5
    with app.app_context():
        assert not [
            load for load in db.session.query(Load) if load.state == "loaded" and load.changed
        ]


def test_files_have_a_code_in_the_place_of_the_name(
    coded: Flask, cast: Cast, boris: PageClient
) -> None:
    assert heads(boris.get(f"{url(cast)}/template.xlsx").data)[:2] == ["Код ученика", "Класс"]
    both = heads(boris.get(f"{url(cast, 'mentors')}/template.xlsx").data)
    assert both == ["Код ученика", "Фамилия", "Имя", "Отчество"]
    boris.fill(checked(boris, cast, "Код\tКласс\nК-1\t7А"))
    content = boris.get(f"/schools/{cast.boris_school}/mentees.xlsx").data
    assert heads(content)[:3] == ["№ в базе", "Код ученика", "Класс"]
    switch(coded, on=False)
    assert heads(boris.get(f"{url(cast)}/template.xlsx").data)[0] == "Фамилия"
    page = checked(boris, cast, "Код\tКласс\tЗапрос\nК-1\t7А\tспорт\nК-2\t7А\t")
    assert "внесите фамилию и имя" in tables(page)["Исправить"][0]
    boris.fill(decided(boris, page))
    assert needs(coded) == {"К-1": "спорт"}


def test_a_name_that_stays_is_known_and_not_changed(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    switch(app, on=True)
    table = workbook(("ФИО", "Класс", "Запрос"), ("Птицына Ольга Ильинична", "7А", "спорт"))
    page = boris.get(sent(boris, cast, table).location)
    boris.fill(decided(boris, page))
    assert people(app) == ["Птицына Ольга"]
    assert needs(app) == {"Птицына": "спорт"}
