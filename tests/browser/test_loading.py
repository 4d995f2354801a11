"""quality.md#j2: 68 rows from Excel, two of them bad and two known twice, are in the register in
four clicks."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from nastav.db import db
from nastav.people.models import Participation
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support import kinds
from tests.support.books import rows_of
from tests.support.cast import Cast
from tests.support.kinds import Made
from tests.support.registers import registers

pytestmark = pytest.mark.browser
LETTERS = "абвгдежз"


def table() -> str:
    """Return 68 rows as Excel copies them: two bad, one known already, one repeated."""
    rows = [f"{n}\tПтицын{LETTERS[n // 8]}{LETTERS[n % 8]} Олег\t{n % 11 + 1}А" for n in range(64)]
    rows += ["65\tНовак Олег\t12", "66\tИва\t7А", "67\tЁлкин Лев\t7 а", "68\tПтицынаа Олег\t1А"]
    return "\r\n".join(["№\tФИО\tКласс", *rows, ""])


@pytest.mark.parametrize("js", [True, False])
def test_j2_sixty_eight_rows_are_pasted_checked_and_loaded(
    visit: Visit, app: Flask, cast: Cast, tmp_path: Path, js: bool
) -> None:
    with registers(app, cast) as school:
        school.mentee("Ёлкин Лев")
    boris = visit("boris", js=js)
    boris.open(f"/schools/{cast.boris_school}")
    boris.press("Люди", exact=True)
    boris.press("Вставить из Excel")
    boris.page.get_by_label("Таблица из Excel").fill(table())
    boris.press("Проверить строки")
    text = boris.text()
    assert counted(boris) == ["64", "0", "2", "2"]
    assert text.index("12 класса нет") < text.index("Новая запись")
    boris.clicks += 1  # a double click of an impatient hand is one for the person
    boris.page.get_by_role("button", name="Загрузить 64 строки").dblclick()
    expect(boris.page.get_by_text("В базу загружено: 64 записи.")).to_be_visible()
    boris.settle()
    assert [row[2:] for row in bad_rows(boris, tmp_path)] == [
        ("ФИО", "Класс"), ("Новак Олег", "12"), ("Ива", "7А"),
    ]  # fmt: skip
    assert boris.clicks == 4
    with app.app_context():
        assert db.session.query(Participation).count() == 65


def counted(boris: Visitor) -> list[str]:
    """Return how many rows are good, known and different, to mend, repeated."""
    return boris.page.locator("#load-summary dd").all_inner_texts()


def bad_rows(boris: Visitor, folder: Path) -> list[tuple[str | None, ...]]:
    """Download the rows to mend, after the journey's last click: the others are in the register."""
    with boris.page.expect_download() as found:
        boris.page.get_by_role("link", name="Скачать их в Excel").click()
    found.value.save_as(folder / "mend.xlsx")
    return rows_of((folder / "mend.xlsx").read_bytes())


PASTED = [tuple(line.split("\t")) for line in table().splitlines()]


@pytest.mark.parametrize("kind", ["xls", "ods", "csv"])
def test_j2_a_file_of_another_kind_is_checked_and_loaded(
    visit: Visit, app: Flask, cast: Cast, tmp_path: Path, kind: str
) -> None:
    made = Made(PASTED, hidden=[] if kind == "csv" else [3])
    write = {"xls": kinds.xls, "ods": kinds.ods, "csv": kinds.csv_1251}[kind]
    (tmp_path / f"list.{kind}").write_bytes(write(made))
    boris = visit("boris", width=360, height=740)
    boris.open(f"/schools/{cast.boris_school}/mentees/import")
    boris.page.get_by_label("Или файл").set_input_files(tmp_path / f"list.{kind}")
    boris.press("Проверить строки")
    text = boris.text()
    if kind == "csv":
        assert "Windows-1251: проверьте, верно ли читаются имена" in text
        assert "не видно, какие строки скрыты" in text
    else:
        assert counted(boris) == ["64", "0", "2", "1"]
        boris.page.get_by_label("Скрытые и отфильтрованные строки: 1 (строка 3)").check()
        boris.press("Загрузить 64 строки")  # what was ticked is shown first
        assert "Выбор из файла изменился" in boris.text()
    assert counted(boris) == ["65", "0", "2", "1"]
    boris.press("Загрузить 65 строк")
    assert "В базу загружено: 65 записей." in boris.text()
    with app.app_context():
        assert db.session.query(Participation).count() == 65


def test_a_file_is_loaded_and_the_load_undone_on_a_phone(
    visit: Visit, app: Flask, cast: Cast, tmp_path: Path
) -> None:
    boris = visit("boris", width=360, height=740)
    register = f"/schools/{cast.boris_school}/mentors"
    boris.open(f"{register}/import")
    with boris.page.expect_download() as found:
        boris.page.get_by_role("link", name="Скачать шаблон Excel").click()
    found.value.save_as(tmp_path / "template.xlsx")
    filled = tmp_path / "mentors.xlsx"
    filled.write_bytes(fill(tmp_path / "template.xlsx", ("Громова", "Анна", None, None, "педагог")))
    boris.page.get_by_label("Или файл").set_input_files(filled)
    boris.press("Проверить строки")
    assert "Прочитан лист «Наставники»." in boris.text()
    boris.press("Загрузить 1 строку")
    boris.press("Отменить загрузку")
    assert "исчезнут внесённые записи: 1" in boris.text()
    boris.press("Отменить загрузку")
    assert "Загрузка отменена" in boris.text()
    with app.app_context():
        assert db.session.query(Participation).count() == 0


ROWS = "Дети\tГде учится\tЗапрос\nНовак Олег\t12\tспорт\nИва Яна\t\t\nИва Анна\t\t\nЁлкин Лев\t7А\tмузыка"


@pytest.mark.parametrize("js", [True, False])
def test_columns_are_named_and_rows_mended_where_they_stand(
    visit: Visit, app: Flask, cast: Cast, js: bool
) -> None:
    with registers(app, cast) as school:
        school.mentee("Ёлкин Лев", need="спорт")
    boris = visit("boris", js=js)
    page = boris.page
    boris.open(f"/schools/{cast.boris_school}/mentees/import")
    page.get_by_label("Таблица из Excel").fill(ROWS)
    boris.press("Проверить строки")
    page.get_by_label("Столбец «Дети»").select_option(label="ФИО")
    page.get_by_label("Столбец «Где учится»").select_option(label="Класс")
    boris.press("Показать строки")
    boris.click("#edit-2")  # the row's first field takes the focus
    page.locator("#row-2-class").fill("11")
    boris.click("#save-row-2")
    expect(page.locator("#row-2")).to_contain_text("ученик 11")
    expect(page.locator("#load-summary dd").nth(2)).to_have_text("2")
    page.get_by_label("Что поставить").fill("5 «А»")
    for number in (3, 4):
        page.locator(f"#pick-{number}").check()
    boris.press("Поставить отмеченным")
    expect(page.locator("#load-form button")).to_be_disabled()
    expect(page.locator("#load-summary")).to_contain_text("Решите по 1\xa0строке")
    page.locator("#update-5").click()
    expect(page.locator("#load-form button")).to_have_text("Загрузить 3, обновить 1")
    boris.press("Загрузить 3, обновить 1")
    expect(page.get_by_text("В базу загружено: 3 записи. Обновлено: 1 запись.")).to_be_visible()


def fill(template: Path, row: tuple[str | None, ...]) -> bytes:
    """Type one row under the headings of the template."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(template)
    book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
