"""The plan as a workbook of appendix 1, and the same workbook on its way back."""

import random
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.intake import reader
from nastav.plan import paste, queries
from nastav.plan.grid import Grid
from nastav.plan.models import PlanTarget
from nastav.plan.sheet import plan_book
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/settings/plan"
BOOK = f"{PAGE}.xlsx"
MADE_AT = datetime(2020, 12, 9, 12, 0, tzinfo=UTC).replace(tzinfo=None)


def said(answer: Any) -> str:
    return " ".join(text_of(answer).replace("\xa0", " ").split())


def sent(client: PageClient, content: bytes, name: str = "plan.xlsx", query: str = "") -> Any:
    """Load a file through the page's form."""
    page = f"{PAGE}{query}"
    return client.fill(page, f"/file{query}", file=(BytesIO(content), name))


def edited(content: bytes, **cells: Any) -> bytes:
    """Return a workbook with other values in some cells of its first sheet."""
    book = load_workbook(BytesIO(content))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def address(content: bytes, school: str, column: int) -> str:
    """Return where a school's cell stands in the first sheet; the first column is 1."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    line = next(row for row in sheet.iter_rows() if row[0].value == school)
    return line[column - 1].coordinate


def target(app: Flask, school: int, year: int) -> tuple[int | None, int | None]:
    with app.app_context():
        row = db.session.query(PlanTarget).filter_by(school_id=school, year=year).one()
        return row.mentees, row.mentors


def test_the_workbook_is_the_appendix(anna: PageClient, app: Flask) -> None:
    answer = anna.get(BOOK)
    name = unquote(answer.headers["Content-Disposition"])
    assert "План по форме приложения 1 за 2020–2024.xlsx" in name
    book = load_workbook(BytesIO(answer.data), data_only=True)
    assert book.sheetnames == ["План 2020–2024"]
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    at = next(at for at, row in enumerate(rows) if row[0] == "ОО")
    assert [rows[at][i] for i in (1, 3, 5)] == ["Обучающихся", "2020 год", "2021 год"]
    assert [str(text).replace("\xa0", " ") for text in rows[at + 1][1:5]] == [
        "всего", "9–11", "наставл. 10 %", "наставн. 2 %",
    ]  # fmt: skip
    lines = {row[0]: list(row[1:13]) for row in rows[at + 2 :]}
    assert lines["СОШ №5"] == [436, None, 44, 2, 109, 5, 174, 7, 240, 9, 305, 12]
    assert lines["ИТОГО, сумма по школам"][:4] == [2852, "—", 286, 16]
    assert lines["ИТОГО по приказу"][:4] == ["—", "—", 285, 17]
    assert lines["Сумма минус приказ"][2:6] == [1, -1, 2, 2]
    text = str(rows)
    assert "Давиденко" in text
    assert "Соляник" in text
    with app.app_context():
        (entry,) = db.session.query(AuditEntry).filter_by(event="export:downloaded").all()
    assert entry.subject == "plan-2020.xlsx"


def test_loaded_as_it_was_taken_nothing_changes(anna: PageClient, cast: Cast) -> None:
    typed = {
        f"mentees_2020_{cast.boris_school}": "50",
        f"mentors_2021_{cast.boris_school}": "",
        f"mentor_base_{cast.boris_school}": "116",
    }
    anna.fill(f"{PAGE}?from=2020", "?from=2020", **typed, reason="Приказ № 12")
    answer = sent(anna, anna.get(BOOK).data)
    assert answer.status_code == 200
    assert "Файл прочитан: в файле то же, что на сайте: ничего не изменилось." in said(answer)
    assert "→" not in said(answer)
    assert "пропущен" not in said(answer)
    assert "Не вставлен" not in said(answer)


def test_what_was_edited_is_shown_and_saved_after(anna: PageClient, app: Flask, cast: Cast) -> None:
    book = anna.get(BOOK).data
    cells = {
        address(book, "СОШ №5", 4): 50,
        address(book, "СОШ №5", 5): None,
        address(book, "СОШ №2", 12): "12 чел.",
        address(book, "СОШ №1", 2): "=1+1",
    }
    answer = sent(anna, edited(book, **cells))
    assert answer.status_code == 200
    assert "изменится 2 ячейки" in said(answer)
    assert "СОШ №5, 2020 год, наставляемых: 44 → 50" in said(answer)
    assert "СОШ №5, 2020 год, наставников: 2 → —" in said(answer)
    assert "СОШ №2, 2024 год, наставляемых (строка " in said(answer)
    assert "«12 чел.» — не целое число" in said(answer)
    assert "в файле то же" not in said(answer)
    assert "СОШ №1, обучающихся всего (строка " in said(answer)
    assert target(app, cast.boris_school, 2020) == (44, 2)


@pytest.mark.parametrize("spoiled", ["12 чел.", 10**9])
def test_a_file_with_nothing_but_a_spoiled_cell_is_not_the_same(
    anna: PageClient, spoiled: str | int
) -> None:
    book = anna.get(BOOK).data
    answer = sent(anna, edited(book, **{address(book, "СОШ №2", 12): spoiled}))
    assert "Файл прочитан: годных изменений нет, ничего не изменилось." in said(answer)
    assert "в файле то же, что на сайте" not in said(answer)


def test_saving_what_a_file_showed(anna: PageClient, app: Flask, cast: Cast) -> None:
    book = anna.get(BOOK).data
    cells = {address(book, "СОШ №5", 4): 50, address(book, "СОШ №5", 5): None}
    answer = sent(anna, edited(book, **cells), query="?from=2020")
    assert anna.fill(answer, "plan?from=2020", reason="Приказ № 12").status_code == 303
    assert target(app, cast.boris_school, 2020) == (50, None)
    assert target(app, cast.boris_school, 2021) == (109, 5)


def test_a_school_that_is_unknown_is_named(anna: PageClient) -> None:
    book = anna.get(BOOK).data
    answer = sent(anna, edited(book, **{address(book, "СОШ №5", 1): "СОШ №55"}))
    assert "«СОШ №55»: такой школы в плане нет." in said(answer)
    assert "ничего не изменилось" in said(answer)


def test_names_are_matched_as_people_type_them(anna: PageClient, cast: Cast) -> None:
    book = anna.get(BOOK).data
    cells = {address(book, "СОШ №5", 4): 50, address(book, "СОШ №5", 1): "сош № 5"}
    answer = sent(anna, edited(book, **cells))
    assert "СОШ №5, 2020 год, наставляемых: 44 → 50" in said(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Файл пустой."),
        (b"%PDF-1.7 ...", "Это документ PDF"),
        ("ОО;Класс\nСОШ №5;10\n".encode(), "В файле нет плана 2020–2024 годов"),
        ("ОО;2031 год;\n;наставляемых;наставников\nСОШ №5;1;2\n".encode(), "В файле нет плана"),
    ],
)
def test_what_is_no_plan_is_refused_and_said(
    anna: PageClient, content: bytes, sentence: str
) -> None:
    answer = sent(anna, content, "plan.csv")
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert grid_of(answer) == grid_of(anna.get(PAGE))


def grid_of(answer: Any) -> list[str]:
    return [str(own["value"]) for own in soup(answer).select(".plan-grid input")]


def test_no_file_is_asked_for(anna: PageClient) -> None:
    answer = anna.fill(PAGE, "/file")
    assert answer.status_code == 422
    assert "Выберите файл с планом" in said(answer)


def test_a_table_of_text_is_read_the_same(anna: PageClient) -> None:
    table = "№;ОО;2020 год;;2021 год;\n;;наставл.;наставн.;наставл.;наставн.\n1;СОШ №5;45;2;109;\n"
    answer = sent(anna, table.encode(), "plan.csv")
    assert "СОШ №5, 2020 год, наставляемых: 44 → 45" in said(answer)
    assert "СОШ №5, 2021 год, наставников: 5 → —" in said(answer)
    assert "изменится 2 ячейки" in said(answer)


def test_the_sheet_of_the_report_is_this_very_one(anna: PageClient) -> None:
    report = load_workbook(BytesIO(anna.get("/districts/1/reports/book.xlsx?sheet=plan").data))
    own = load_workbook(BytesIO(anna.get(BOOK).data))
    both = [book["План 2020–2024"].iter_rows(values_only=True) for book in (report, own)]
    assert list(both[0]) == list(both[1])
    out = BytesIO()
    report.save(out)
    assert "ничего не изменилось" in said(sent(anna, out.getvalue()))


def random_grid(app: Flask, seed: int) -> Grid:
    """Return the grid of a district whose plan is made up: any cell empty, 0 or a number."""
    dice = random.Random(seed)
    with app.app_context(), writing():
        db.session.add(School(district_id=1, ordinal=99, name=f"Школа «{seed}-я» имени Ё. Ёжина"))
        db.session.flush()
        for row in db.session.query(PlanTarget).all():
            for name in ("mentees", "mentors", "mentor_base"):
                setattr(row, name, dice.choice([None, 0, dice.randrange(100_000)]))
        district = db.session.get_one(District, 1)
        return queries.grid(district, queries.years(1))


@pytest.mark.parametrize("seed", range(6))
def test_any_plan_comes_back_as_it_went(app: Flask, cast: Cast, seed: int) -> None:
    found = random_grid(app, seed)
    with app.app_context():
        content = plan_book(found, db.session.get_one(District, 1), MADE_AT)
    for book in (content, edited(content)):  # as written, and saved by another program
        spread = paste.of_file(reader.read(book), found)
        assert not spread.problems
        read = {
            (school, name): int(text) if text else None
            for school, cells in spread.cells.items()
            for name, text in cells.items()
        }
        assert found.changes(read) == {}
        assert len(read) == len(found.keys)


def test_a_foreign_sheet_before_the_plan_is_passed_over(app: Flask, anna: PageClient) -> None:
    book = load_workbook(BytesIO(anna.get(BOOK).data))
    book.create_sheet("Титул", 0)["A1"] = "План района"
    out = BytesIO()
    book.save(out)
    assert "ничего не изменилось" in said(sent(anna, out.getvalue()))


def test_an_empty_workbook_is_no_plan(anna: PageClient) -> None:
    out = BytesIO()
    Workbook().save(out)
    assert "В файле нет плана" in said(sent(anna, out.getvalue()))
