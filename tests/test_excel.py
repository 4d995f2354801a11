"""Workbooks: what people typed stays text, formulas count right, forms print as a form."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nastav import excel
from tests.office import pdf_pages, pdf_text, recalculate, to_pdf, wrong_results
from tests.support.books import HOSTILE, pages_of

NOW = datetime(2020, 12, 9, 14, 30)  # noqa: DTZ001 - Excel knows no time zones
FIGURES = [(68, 70), (35, 34), (32, None), (44, 44), (16, 15), (11, 9), (12, 12), (10, 0)]
FIGURES += [(0, 0), (0, 3), (21, 20), (21, 19), (6, 8)]
office = pytest.mark.office
one_office = pytest.mark.xdist_group("office")


def columns_of(group: str) -> list[excel.Column]:
    titles = {"plan": "План", "fact": "Факт", "share": "%", "gap": "Отклонение"}
    return [excel.Column(f"{group}_{key}", title, group) for key, title in titles.items()]


def four(group: str, plan: int, fact: int | None) -> list[excel.Cell | excel.Formula]:
    keys = (f"{group}_fact", f"{group}_plan")
    shown = excel.NO_DATA if fact is None else excel.integer(fact)
    ratio = excel.share(*keys, fact, plan)
    return [excel.integer(plan), shown, ratio, excel.difference(*keys, fact, plan)]


def coverage(figures: list[tuple[int, int | None]] = FIGURES) -> excel.Form:
    """Охват of thirteen schools, as the order's appendix would print it."""
    groups = ("Наставляемые", "Наставники")
    plan, fact = sum(p for p, _ in figures), sum(f or 0 for _, f in figures)
    sums = [excel.text("ИТОГО (сумма по школам)")]
    printed = [excel.text("ИТОГО (по приказу)")]
    for group in groups:
        ready = four(group, plan, fact)[2:]
        sums += [
            excel.total(f"{group}_{key}", result=n) for key, n in (("plan", plan), ("fact", fact))
        ]
        sums += ready
        printed += [excel.integer(285), excel.total(f"{group}_fact", result=fact)]
        printed += four(group, 285, fact)[2:]
    rows = [
        [excel.text(f"СОШ №{n}"), *four(groups[0], *pair), *four(groups[1], *pair)]
        for n, pair in enumerate(figures, 1)
    ]
    return excel.Form(
        name="Охват",
        title="Охват обучающихся наставничеством",
        subtitle="по состоянию на 9 декабря 2020 г.",
        corner=["Приложение", "к отчёту об исполнении приказа", "от 23.09.2020 № 428"],
        columns=[excel.Column("school", "Образовательная организация")]
        + [column for group in groups for column in columns_of(group)],
        rows=rows,
        totals=[sums, printed],
        notes=["Примечание. Итог приказа посчитан от численности района. " * 3],
        signatures=[excel.Signature("Заместитель начальника МКУО ЦОКО", "Е. В. Давиденко")],
    )


def column_of(*values: excel.Cell | excel.Formula) -> excel.Form:
    return excel.Form("Лист", "Лист", [excel.Column("a", "Столбец")], [[v] for v in values])


def saved(*forms: excel.Form) -> bytes:
    return excel.save(excel.Book("Проба", forms, NOW))


def reopened(*forms: excel.Form, results: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(saved(*forms)), data_only=results)


def first_sheet(form: excel.Form, *, results: bool = False) -> Worksheet:
    return reopened(form, results=results).worksheets[0]


def body(sheet: Worksheet) -> list[object]:
    """The column under the heading: title, a gap and the heading come first."""
    return [row[0] for row in sheet.iter_rows(min_row=4, max_col=1)]


# --- security.md#s14
# ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_stays_text(typed):
    (cell,) = body(first_sheet(column_of(excel.text(typed))))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)


def test_typed_text_stays_text_when_edited_in_libreoffice_too():
    cells = body(first_sheet(column_of(excel.text("=1+1"), excel.text("СОШ №1"))))
    assert [cell.number_format for cell in cells] == ["@", "General"]


@pytest.mark.parametrize("typed", ["=1+1", "@SUM(A1)"])
def test_no_place_of_a_form_makes_a_formula_of_text(typed):
    form = excel.Form(
        name=typed,
        title=typed,
        subtitle=typed,
        corner=[typed],
        columns=[excel.Column(key, typed, typed) for key in "abc"],
        rows=[[excel.text(typed)] * 3, [excel.Cell(typed)] * 3],
        totals=[[excel.text(typed)] * 3],
        notes=[typed],
        signatures=[excel.Signature(typed, typed)],
    )
    cells = [cell for row in first_sheet(form).iter_rows() for cell in row if cell.value]
    assert [cell.data_type for cell in cells if cell.value == typed] == ["s"] * 19
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    "template",
    [
        "",
        "=1+1",
        "A1",
        "SUM(A1:A9)",
        '"СОШ"',
        "HYPERLINK({a},{a})",
        "Лист!{a}",
        "{a}&{a}",
        "{a} {a}",
    ],
)
def test_a_formula_takes_nothing_but_columns_figures_and_known_functions(template):
    with pytest.raises(ValueError, match="Not a formula"):
        excel.formula(template, result=0)


def test_a_formula_that_names_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="no column 'b'"):
        saved(column_of(excel.formula("{b}+1", result=2)))


def test_characters_that_xml_cannot_hold_are_dropped():
    (cell,) = body(first_sheet(column_of(excel.text("а\x0bб\x00в\ufffe\uffff\ud800г\r\nд"))))
    assert cell.value == "абвг\nд"


@pytest.mark.parametrize(("typed", "kept"), [("я" * 40_000, 32_767), ("😀" * 40_000, 16_383)])
def test_text_longer_than_a_cell_is_cut_between_characters(typed, kept):
    (cell,) = body(first_sheet(column_of(excel.text(typed))))
    assert cell.value == typed[:kept]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("'План: 2020/21 [черновик]' и ещё много слов", "План  2020 21  черновик ' и ещё"),
        ("я" * 30 + "'я", "я" * 30),
        ("😀" * 20, "😀" * 15),
        ("[]", "Лист"),
    ],
)
def test_a_name_that_excel_refuses_for_a_sheet_is_mended(name, kept):
    form = excel.Form(name, "т", [excel.Column("a", "а")], [])
    assert reopened(form).sheetnames == [kept]


# --- Kinds of cells -----------------------------------------------------------------------------


def test_numbers_and_dates_are_real():
    cells = (excel.integer(1996), excel.percent(0.909), excel.gap(-4), excel.day(date(2020, 12, 9)))
    found = body(first_sheet(column_of(*cells, excel.BLANK, excel.NO_DATA)))
    midnight = NOW.replace(hour=0, minute=0)
    assert [c.value for c in found] == [1996, 0.909, -4, midnight, None, "нет данных"]
    formats = [cell.number_format for cell in found[:4]]
    assert formats == ["#,##0", "#,##0.0%", '+#,##0;"−"#,##0;0', "DD.MM.YYYY"]


def test_a_note_stands_in_the_cell_and_the_number_stays_a_number():
    (cell,) = body(first_sheet(column_of(excel.integer(46, note="(в приказе 44)"))))
    assert (cell.value, cell.number_format) == (46, '#,##0" (в приказе 44)"')
    with pytest.raises(ValueError, match="no quotes"):
        excel.integer(46, note='"')


def test_results_can_be_read_without_counting():
    sheet = first_sheet(coverage(), results=True)
    rows = {row[0]: row[1:5] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["СОШ №5"] == (16, 15, 0.9375, -1)
    assert rows["СОШ №3"] == (32, "нет данных", "—", "—")
    assert rows["СОШ №10"] == (0, 3, "—", 3)
    assert rows["ИТОГО (сумма по школам)"] == (276, 234, pytest.approx(234 / 276), -42)
    assert rows["ИТОГО (по приказу)"] == (285, 234, pytest.approx(234 / 285), -51)


def test_totals_are_live_formulas_over_the_schools_only():
    cells = [cell.value for row in first_sheet(coverage()).iter_rows() for cell in row]
    assert "=SUM(B10:B22)" in cells
    assert cells.count("=SUM(C10:C22)") == 2
    assert '=IF(OR(COUNT(C10,B10)<2,B10=0),"—",C10/B10)' in cells


def test_a_state_keeps_its_colours_and_every_cell_its_font():
    style = excel.Style(fill="#9B1C1C", ink="#FFFFFF")
    sheet = first_sheet(column_of(excel.text("−9 дн.", style=style)))
    (cell,) = body(sheet)
    assert (cell.fill.fgColor.rgb, cell.font.color.rgb) == ("FF9B1C1C", "FFFFFFFF")
    untouched = sheet["Z99"]
    fonts = [c.font for row in sheet.iter_rows() for c in row]
    assert {font.name for font in [*fonts, untouched.font]} == {"Times New Roman"}
    assert {font.scheme for font in [*fonts, untouched.font]} == {None}  # else Calibri


# --- Layout -------------------------------------------------------------------------------------


def test_a_two_level_heading_is_merged_over_its_columns():
    merged = {str(area) for area in first_sheet(coverage()).merged_cells.ranges}
    assert {"A8:A9", "B8:E8", "F8:I8"} <= merged


def test_a_heading_without_groups_takes_one_row():
    sheet = first_sheet(column_of(excel.integer(1)))
    assert (sheet["A3"].value, sheet["A4"].value) == ("Столбец", 1)
    assert sheet.print_title_rows == "$3:$3"


def test_the_page_is_set_up_for_a4_landscape():
    sheet = first_sheet(coverage())
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, pages_of(sheet)) == (9, "landscape", (1, 1))
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$8:$9", "B10")
    assert sheet.print_area == "'Охват'!$A$1:$I$29"
    footer, margins = sheet.oddFooter.right, sheet.page_margins
    assert (footer.text, footer.size) == ("Стр. &P из &N", 9)
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.6, 0.4, 0.5, 0.6)
    assert sheet.print_options.horizontalCentered


def test_a_width_is_what_the_form_asked_for():
    columns = [excel.Column("a", "а", width=12.5), excel.Column("b", "б", width=34)]
    sheet = first_sheet(excel.Form("Лист", "Лист", columns, []))
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [12.5, 34]


def test_every_row_has_its_height_that_of_an_empty_sheet_too():
    sheet = first_sheet(coverage())
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert None not in heights
    assert heights[0] == pytest.approx(15, abs=0.01), "as a row of an empty sheet"


def test_rows_grow_with_wrapped_text():
    sheet = first_sheet(excel.explanation([("Факт", "слово " * 100), ("План", "слово")]))
    assert sheet.row_dimensions[4].height > 4 * sheet.row_dimensions[5].height


def test_an_empty_table_says_so():
    (cell,) = body(first_sheet(column_of()))
    assert cell.value == "Записей нет"


def test_the_same_book_gives_the_same_bytes():
    assert saved(coverage()) == saved(coverage())
    with zipfile.ZipFile(io.BytesIO(saved(coverage()))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize(("schools", "pages"), [(13, 1), (130, 0)])
def test_only_what_nearly_fits_is_pressed_onto_one_page(schools, pages):
    assert pages_of(first_sheet(coverage(FIGURES * (schools // 13)))) == (1, pages)


def test_the_file_says_what_it_is_and_when_it_was_made():
    properties = reopened(coverage()).properties
    assert (properties.title, properties.creator) == ("Проба", "Наставничество")
    assert (properties.created, properties.modified) == (NOW, NOW)


@pytest.mark.parametrize(
    ("keys", "cells", "signatures"),
    [("ab", 1, 0), ("aa", 2, 0), ("", 0, 0), ("ab", 2, 1)],
    ids=["short row", "one key twice", "no columns", "no room to sign"],
)
def test_a_form_that_cannot_be_drawn_is_refused(keys, cells, signatures):
    columns = [excel.Column(key, key) for key in keys]
    signed = [excel.Signature("Директор")] * signatures
    with pytest.raises(ValueError, match="Форма"):
        excel.Form("Форма", "т", columns, [[excel.BLANK] * cells], signatures=signed)


def test_a_book_without_sheets_is_refused():
    with pytest.raises(ValueError, match="at least one sheet"):
        saved()


# --- LibreOffice --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("books")
    typed = [excel.text(text) for text in [*HOSTILE, "я" * 40_000]]
    wrong = [excel.integer(1), excel.formula("1+1", result=3), excel.formula("1+2", result=3)]
    forms = {
        "coverage": coverage(),
        "hostile": column_of(*typed),
        "wrong": column_of(*wrong),
        "long": coverage(FIGURES * 6),
    }
    for name, form in forms.items():
        (folder / f"{name}.xlsx").write_bytes(saved(form))
    return {name: folder / f"{name}.xlsx" for name in forms}


@pytest.fixture(scope="module")
def recalculated(books, tmp_path_factory) -> dict[str, Path]:
    made = recalculate(list(books.values()), tmp_path_factory.mktemp("office"))
    return {path.stem: result for path, result in made.items()}


@pytest.fixture(scope="module")
def printed(books, tmp_path_factory) -> dict[str, Path]:
    made = to_pdf([books["coverage"], books["long"]], tmp_path_factory.mktemp("office"))
    return {path.stem: result for path, result in made.items()}


@office
@one_office
@pytest.mark.parametrize("name", ["coverage", "long"])
def test_libreoffice_counts_what_the_site_counted(books, recalculated, name):
    assert wrong_results(books[name], recalculated[name]) == []


@office
@one_office
def test_a_wrong_result_would_be_noticed(books, recalculated):
    assert wrong_results(books["wrong"], recalculated["wrong"]) == ["Лист!A5 =1+1: 3, counted 2"]


@office
@one_office
def test_typed_text_is_still_text_after_libreoffice(recalculated):
    cells = body(load_workbook(recalculated["hostile"]).worksheets[0])
    assert [cell.value for cell in cells] == [*HOSTILE, "я" * 32_767]
    assert {cell.data_type for cell in cells} == {"s"}


@office
@one_office
def test_thirteen_schools_print_on_one_landscape_page(printed):
    assert pdf_pages(printed["coverage"]) == [(842, 595)]
    (page,) = pdf_text(printed["coverage"])
    for words in (
        "№ 428",
        "Отклонение",
        "ИТОГО (по приказу)",
        "−1",
        "(подпись)",
        "Е. В. Давиденко",
    ):
        assert words in page


@office
@one_office
def test_a_long_table_repeats_its_heading_on_every_page(printed):
    pages = pdf_text(printed["long"])
    assert len(pages) > 1
    assert all("Отклонение" in page for page in pages)


def test_text_of_a_cell_is_found_by_what_a_person_types() -> None:
    assert excel.text("Петрова\xa0И.\xa0С., 7\xa0«А»").value == "Петрова И. С., 7 «А»"
