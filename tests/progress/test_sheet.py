"""The year's progress in the workbook: the page's numbers, and native charts over their cells."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nastav import dates, excel
from nastav.excel import Chart, Column, Form, Mark, Series
from tests.conftest import TODAY
from tests.coverage.test_sheet import words_of
from tests.progress.test_page import DECEMBER, OCTOBER, enter, set_plan
from tests.support.pages import PageClient, soup

PAGE, BOOK = "/districts/1/coverage/2020", "/districts/1/exports/coverage-2020.xlsx"


@pytest.fixture
def people(app: Flask) -> None:
    enter(app, {0: 31}, since=date(2019, 10, 1))
    enter(app, {3: 20, 9: 3}, since=OCTOBER)
    enter(app, {3: 28, 5: 0}, since=DECEMBER)


def book(anna: PageClient) -> dict[str, Worksheet]:
    found = load_workbook(BytesIO(anna.get(BOOK).data), data_only=True)
    return {sheet.title: sheet for sheet in found}


def rows_of(sheet: Worksheet, first: str) -> list[list[Any]]:
    """Return the rows under the heading that begins with some words."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(at for at, row in enumerate(rows) if row[0] == first)
    return [row for row in rows[at + 1 :] if row[0]]


@pytest.mark.usefixtures("people")
def test_the_weeks_are_those_of_the_page_and_go_to_the_end_of_the_year(anna: PageClient) -> None:
    sheet = book(anna)["По неделям"]
    rows = [row for row in rows_of(sheet, "На дату") if hasattr(row[0], "date")]
    assert (rows[0][0].date(), rows[-1][0].date()) == (date(2020, 1, 1), date(2020, 12, 31))
    known = [row for row in rows if row[1] is not None]
    asked = next(row for row in rows if row[0].date() == date(2020, 12, 9))
    assert asked[1:5] == [31, 51, 82, 286]
    assert {row[4] for row in rows} == {286}
    page = soup(anna.get(PAGE))
    shown = [words_of(row.select("td")[0]) for row in page.select(".weeks tbody tr")]
    totals = [str(row[3]) for row in known if row[3] is not None]
    assert list(dict.fromkeys(totals)) == shown
    # 28 + 3 … of the last four weeks: 28 were added, 22 days are left
    assert rows[-1][5] == 82 + 22
    (chart,) = sheet._charts
    assert "31 из 82 перешли с 2019 года" in str(chart.title.tx.rich.p[0].r[0].t)


@pytest.mark.usefixtures("people")
def test_the_schools_are_those_of_the_page_a_chart_a_scale(app: Flask, anna: PageClient) -> None:
    set_plan(app, {0: 68, 1: None, 3: 44, 5: 11, 9: 4, 12: 6}, others=9)
    sheet = book(anna)["До плана по школам"]
    rows = {row[0]: row[1:10] for row in rows_of(sheet, "ОО")}
    page = soup(anna.get(PAGE))
    on_page = {
        words_of(row.select("th")[0]): [words_of(cell) for cell in row.select("td")]
        for row in page.select("#close tbody tr")
    }
    for name, shown in on_page.items():
        missing, waiting, to_enter, mentors, places = rows[name][4:]
        assert [str(cell) for cell in (missing, waiting, to_enter, mentors, places)] == shown
    shortfalls = [row[4] for name, row in rows.items() if name in on_page]
    assert (
        rows["ИТОГО, все школы"][4]
        == sum(shortfalls)
        == int(words_of(page.select("#close tfoot td")[0]))
    )
    assert rows["СОШ №5"][:4] == [44, 48, 0, 48]
    assert rows["СОШ №2"][:2] == ["не введён", "нет данных"]
    assert len(sheet._charts) == len(page.select(".dots")) == 2


def test_a_chart_draws_only_columns_of_its_form() -> None:
    columns = [Column("on", "На дату"), Column("total", "Всего")]
    bars = Chart("Охват", "on", [Series("gone", Mark.BARS, "#000000")])
    with pytest.raises(ValueError, match="draws columns that the form lacks"):
        Form("Лист", "Лист", columns, [], charts=[bars])
    with pytest.raises(ValueError, match="needs areas or bars"):
        Chart("Охват", "on", [Series("total", Mark.LINE, "#000000")])
    assert excel.BLANK.value is None


def test_a_year_that_has_not_begun_has_the_plan_only(anna: PageClient) -> None:
    found = load_workbook(BytesIO(anna.get("/districts/1/exports/coverage-2022.xlsx").data))
    assert not {"По неделям", "До плана по школам", "По годам"} & set(found.sheetnames)


def test_each_school_has_its_years_drawn_and_an_unknown_one_is_empty(
    app: Flask, anna: PageClient
) -> None:
    enter(app, {0: 30, 1: 0}, since=date(2020, 9, 1))
    enter(app, {3: 2}, since=date(2021, 9, 15))
    assert "По годам" not in book(anna)  # facts of one year only
    try:
        dates.configure(fixed=date(2021, 10, 1))
        file = anna.get(BOOK.replace("2020", "2021")).data
    finally:
        dates.configure(fixed=date.fromisoformat(TODAY))
    sheet = load_workbook(BytesIO(file), data_only=True)["По годам"]
    rows = {row[0]: row[1:] for row in rows_of(sheet, "ОО")}
    assert rows["СОШ №1"][:5] == [68, 169, 30, 30, None]
    assert rows["СОШ №2"][2:5] == [0, 0, None]
    assert rows["СОШ №5"][2:5] == [None, 2, "нет данных: 2020"]  # words would be drawn at zero
    assert rows["СОШ №4"][2:5] == [None, None, "нет данных ни за один год"]
    charts = sheet._charts
    assert len(charts) == 13
    titles = [chart.title.tx.rich.p[0].r[0].t for chart in charts]
    assert titles == [row[0] for row in rows_of(sheet, "ОО")[:13]]
    for title, chart in zip(titles, charts, strict=True):
        fact, plan = (series.val.numRef.f for series in chart.series)
        line = next(cell.row for cell in sheet["A"] if cell.value == title)
        assert fact == f"'По годам'!$D${line}:$E${line}"
        assert plan == f"'По годам'!$B${line}:$C${line}"
        assert chart.display_blanks == "gap"
