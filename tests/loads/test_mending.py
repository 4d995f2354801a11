"""Rows mended where they are shown, one or several at once; known people by decision."""

from typing import Any

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.loads.models import Load
from tests.loads.loading import checked, counted, decided, load_of, needs, people, sent, tables, url
from tests.registers.test_codes import switch
from tests.support.books import rows_of, workbook
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers

TABLE = "ФИО\tКласс\tЗапрос\nПтицына Ольга\t12\tучёба\nНовак Олег\t\t\nЁлкин Лев\t5б\t"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def load(cast: Cast, boris: PageClient) -> str:
    """The address of a load with two bad rows and a good one."""
    return str(checked(boris, cast, TABLE).request.path)


def test_a_bad_row_is_mended_in_place_without_and_with_htmx(
    app: Flask, cast: Cast, boris: PageClient, load: str
) -> None:
    form = boris.get(f"{load}/rows/2/edit")
    assert "Исправить строку 2" in text_of(form)
    saved = boris.fill(form, cell_class="7А")
    assert saved.location.endswith(f"{load}#row-2")
    part = boris.get(f"{load}/rows/3/edit", headers=HTMX)
    assert soup(part).select_one("tr.editing form[hx-post]")
    data = {"cell_name": "Новак Олег", "cell_class": "9", "made_from": made_from(part)}
    row = boris.send(f"{load}/rows/3/edit", data, headers=HTMX)
    assert soup(row).select_one("#row-3")
    summary = soup(row).select_one("#load-summary")
    assert counted(row) == ["3", "0", "0", "0"]
    assert "Загрузить 3\xa0строки" in summary.get_text()
    page = boris.get(load)
    assert list(tables(page)) == ["Готово к загрузке"]
    boris.fill(page)
    assert people(app) == ["Ёлкин Лев", "Новак Олег", "Птицына Ольга"]
    assert needs(app)["Птицына"] == "учёба"


def made_from(answer: Any) -> str:
    return str(soup(answer).select_one("[name=made_from]")["value"])


def test_a_row_still_bad_says_why_and_keeps_what_was_typed(
    app: Flask, boris: PageClient, load: str
) -> None:
    boris.fill(f"{load}/rows/2/edit", cell_class="13")
    assert "13 класса нет" in text_of(boris.get(load))
    assert boris.get(f"{load}/rows/99/edit").status_code == 404
    assert soup(boris.get(f"{load}/rows/2/edit")).select_one("[name=cell_class]")["value"] == "13"


def test_a_form_older_than_the_row_is_a_conflict_and_the_same_twice_is_not(
    app: Flask, boris: PageClient, load: str
) -> None:
    form = boris.get(f"{load}/rows/2/edit")
    boris.fill(form, cell_class="7А")
    assert boris.fill(form, cell_class="7А").status_code == 303
    assert boris.fill(form, cell_class="8А").status_code == 409
    assert [cells["class"] for number, cells in load_of(app).rows if number == 2] == ["7А"]


def test_several_rows_get_one_value_at_once(app: Flask, boris: PageClient, load: str) -> None:
    answer = boris.send(
        f"{load}/rows", {"column": "class", "value": "5А", "pick": ["2", "3", "77"]}
    )
    assert answer.status_code == 303
    assert [cells["class"] for _, cells in load_of(app).rows] == ["5А", "5А", "5б"]
    bad = boris.send(f"{load}/rows", {"column": "class", "value": "5А"})
    assert bad.status_code == 422
    assert "Отметьте строки" in text_of(bad)
    assert boris.send(f"{load}/rows", {"column": "class", "pick": ["2"]}).status_code == 422


def test_a_row_is_taken_out_for_good(app: Flask, boris: PageClient, load: str) -> None:
    boris.fill(f"{load}/rows/2/edit", "/remove")
    assert [number for number, _ in load_of(app).rows] == [3, 4]
    assert "Строку 2 убрали." in text_of(boris.get(load))
    assert boris.send(f"{load}/rows/2/remove").status_code == 303
    assert "Птицына" not in repr(load_of(app).rows)


def test_the_rows_of_a_load_that_is_done_cannot_be_changed(
    app: Flask, boris: PageClient, load: str
) -> None:
    boris.fill(boris.get(load))
    before = load_of(app).rows
    assert boris.get(f"{load}/rows/2/edit").location == load
    for path, data in ((f"{load}/rows/2/edit", {"cell_class": "7А"}), (f"{load}/rows", {})):
        assert boris.send(path, data).location == load
    assert load_of(app).rows == before


def test_no_name_of_a_pupil_comes_in_by_mending_where_codes_are_kept(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    switch(app, on=True)
    load = checked(
        boris, cast, "Код\tФИО\tКласс\nК-1\t\t12\n\tГромов Юрий\tучитель", book="mentors"
    ).request.path
    answer = boris.send(f"{load}/rows/2/edit", {"cell_name": "Птицына Ольга", "cell_class": "7А"})
    assert answer.status_code == 422
    assert "Имён учеников в районе не хранят" in text_of(answer)
    assert "Птицына" not in repr(load_of(app).rows)


# --- what is left once the rest is loaded ------------------------------------------------------------


def test_what_is_still_bad_is_mended_on_the_site_and_loaded_after_the_rest(
    app: Flask, cast: Cast, boris: PageClient, load: str
) -> None:
    done = boris.get(boris.fill(boris.get(load)).location)
    assert "Осталось исправить: 2" in text_of(done)
    rest = boris.fill(done, "/rest").location
    assert boris.fill(done, "/rest").location == rest  # a second click
    assert list(tables(boris.get(rest))) == ["Исправить"]
    boris.fill(f"{rest}/rows/2/edit", cell_class="7А")
    boris.fill(f"{rest}/rows/3/edit", cell_class="9")
    assert boris.fill(boris.get(rest)).status_code == 303
    assert people(app) == ["Ёлкин Лев", "Новак Олег", "Птицына Ольга"]
    assert "Осталось исправить" not in text_of(boris.get(load))
    boris.fill(f"{rest}/undo")  # each has its own
    assert people(app) == ["Ёлкин Лев"]


def test_nothing_is_left_of_a_load_that_is_open_undone_or_given_up(
    app: Flask, cast: Cast, boris: PageClient, load: str
) -> None:
    assert boris.send(f"{load}/rest").status_code == 409
    boris.fill(boris.get(load))
    boris.fill(f"{load}/undo")
    assert boris.send(f"{load}/rest").status_code == 409
    strange = load.replace(f"/schools/{cast.boris_school}/", f"/schools/{cast.vera_school}/")
    assert boris.send(f"{strange}/rest").status_code == 404


def test_what_comes_next_stands_under_what_was_loaded(
    cast: Cast, boris: PageClient, load: str
) -> None:
    links = next_of(boris.get(boris.fill(boris.get(load)).location))
    assert list(links) == ["согласия", "наставники", "этап II"]
    for address in links.values():
        assert boris.get(address).status_code == 200
    page = checked(boris, cast, "ФИО\tКласс\nРогов Лев\t9А", book="mentors")
    links = next_of(boris.get(boris.fill(page).location))
    assert list(links) == ["согласия", "пары и группы", "этап III"]


def next_of(done: Any) -> dict[str, str]:
    lines = soup(done).select("main p")
    line = next(line for line in lines if line.get_text().startswith("Дальше:"))
    return {link.get_text(): link["href"] for link in line.select("a")}


# --- known people ---------------------------------------------------------------------------------


@pytest.fixture
def known(app: Flask, cast: Cast) -> None:
    """Two people whom the register has with no need."""
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
        school.mentee("Новак Олег")


ROWS = (("ФИО", "Класс", "Запрос"), ("Птицына Ольга", "7А", "учёба"), ("Новак Олег", "7А", "спорт"),
        ("Ёлкин Лев", "5Б", ""))  # fmt: skip


def test_in_a_table_of_the_schools_own_nothing_is_preset_and_the_button_is_shut(
    app: Flask, cast: Cast, boris: PageClient, known: None
) -> None:
    page = boris.get(sent(boris, cast, workbook(*ROWS)).location)
    assert soup(page).select_one("#load-form button[disabled]")
    assert "Решите по 2\xa0строкам" in soup(page).select_one("#load-summary").get_text()
    answer = boris.fill(page)
    assert (answer.status_code, len(people(app))) == (422, 2)
    load = page.request.path
    boris.send(f"{load}/rows/2/decide", {"choice": "update"})
    row = boris.send(f"{load}/rows/3/decide", {"choice": "skip"}, headers=HTMX)
    assert "Загрузить 1, обновить 1" in soup(row).select_one("#load-summary").get_text()
    assert boris.send(f"{load}/rows/3/decide", {"choice": "сжечь"}).status_code == 400
    done = boris.get(boris.fill(boris.get(load)).location)
    assert needs(app) == {"Ёлкин": "", "Новак": "", "Птицына": "учёба"}
    text = text_of(done).replace("\xa0", " ")
    assert "Строка 3: Уже в базе, № 2. Не обновлено, так решили." in text


def test_what_was_decided_of_a_row_is_asked_again_once_the_row_is_changed(
    app: Flask, cast: Cast, boris: PageClient, known: None
) -> None:
    page = boris.get(sent(boris, cast, workbook(*ROWS)).location)
    load = decided(boris, page).request.path
    boris.fill(f"{load}/rows/2/edit", cell_need="музыка")
    assert "Решите по 1 строке" in text_of(boris.get(load)).replace("\xa0", " ")


def test_an_export_mended_in_excel_comes_back_with_updates_preset(
    app: Flask, cast: Cast, boris: PageClient, known: None
) -> None:
    content = boris.get(url(cast).replace("/import", ".xlsx")).data
    heads, *rows = rows_of(content)
    need = heads.index("Основной запрос")
    mended = [[*row[:need], "музыка", *row[need + 1 :]] for row in rows]
    ours = with_rows(content, mended)
    page = boris.get(sent(boris, cast, ours).location)
    assert load_of(app).is_ours
    assert soup(page).select_one("#load-form button").get_text() == "Обновить 2"
    boris.fill(page)
    assert needs(app) == {"Новак": "музыка", "Птицына": "музыка"}


def with_rows(content: bytes, rows: list[list[Any]]) -> bytes:
    """Return an export as somebody saved it in Excel with other values."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    for at, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(at, column).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_three_hundred_rows_are_mended_in_a_few_statements(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    letters = "абвгдежзик"
    rows = [
        f"Птицын{letters[n // 100]}{letters[n // 10 % 10]}{letters[n % 10]} Олег\t"
        for n in range(300)
    ]
    load = checked(boris, cast, "\n".join(["ФИО\tКласс", *rows])).request.path
    with app.app_context(), writing():
        assert len(db.session.query(Load).one().rows) == 300
    part = boris.get(f"{load}/rows/9/edit", headers=HTMX)
    data = {"cell_name": "Птицын Олег", "cell_class": "5А", "made_from": made_from(part)}
    with statements() as sent:
        answer = boris.send(f"{load}/rows/9/edit", data, headers=HTMX)
    assert len(sent) < 25
    assert len(answer.data) < 8_000
