"""Tables to work on in Excel, and which library may touch a workbook at all."""

import ast
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nastav import excel
from nastav.excel.table import Table, TableColumn, save
from nastav.intake import xlsx
from nastav.intake.grid import Budget
from tests.support.books import HOSTILE, pages_of

NOW = datetime(2020, 12, 9, 14, 30)  # noqa: DTZ001 - Excel knows no time zones


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_stays_text_in_a_table_to_work_on(typed):
    made = save("Т", [Table("Т", [TableColumn(typed)], [[typed]])], NOW)
    for (cell,) in load_workbook(io.BytesIO(made)).worksheets[0].iter_rows():
        assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)
    assert xlsx.sheets(made, Budget())[0]["rows"] == [(1, [typed.strip()]), (2, [typed.strip()])]


def test_what_does_not_fit_a_sheet_is_not_left_out_in_silence():
    beyond = [TableColumn(str(n)) for n in range(16_385)]  # Excel has 16,384 columns
    with pytest.raises(ValueError, match="refused"):
        save("Т", [Table("Т", beyond)], NOW)


@pytest.mark.parametrize(("width", "abreast"), [(20, 1), (60, 2)])
def test_a_table_to_work_on_prints_its_headings_on_every_page(width: int, abreast: int) -> None:
    columns = [TableColumn("№ в базе", 9), *(TableColumn(f"Столбец {n}", width) for n in "абвг")]
    made = save("База", [Table("База", columns, [["1", *"абвг"]])], NOW)
    sheet = load_workbook(io.BytesIO(made))["База"]
    assert sheet.print_title_rows == "$1:$1"
    assert pages_of(sheet) == (abreast, 0)
    assert bool(sheet.print_title_cols) == (abreast > 1)
    assert sheet.row_dimensions[1].height >= 30, "the heading of two lines is cut off"


def test_a_table_to_work_on_offers_choices_keeps_text_and_has_real_dates() -> None:
    columns = [
        TableColumn("Класс", choices=("7-1", "7-2")),
        TableColumn("Дата", is_day=True),
        TableColumn("Много", choices=["😀" * 60] * 3),
    ]
    row = ["7-1", date(2020, 12, 9), None]
    sheet = load_workbook(io.BytesIO(save("Т", [Table("Т", columns, [row])], NOW)))["Т"]
    (rule,) = sheet.data_validations.dataValidation  # emoji count twice: Excel holds no such list
    assert (str(rule.sqref), rule.formula1) == ("A2:A2001", '"7-1,7-2"')
    assert not rule.showErrorMessage, "other text may be typed"
    formats = [sheet.column_dimensions[letter].number_format for letter in "AB"]
    assert formats == ["@", "DD.MM.YYYY"]
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("@", "DD.MM.YYYY")
    assert (sheet["B2"].value, sheet.freeze_panes) == (datetime(2020, 12, 9), "A2")  # noqa: DTZ001


# --- Who may open what --------------------------------------------------------------------------


def imported(path: Path) -> set[str]:
    """Return what a file imports, by full names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_one_library_writes_and_the_other_only_reads() -> None:
    home = Path(excel.__file__).parent
    reads_in = Path(xlsx.__file__)
    for path in home.parent.rglob("*.py"):
        used = imported(path)
        reads = {name for name in used if name.split(".")[0] in ("openpyxl", "xlrd")}
        assert not reads or path in (reads_in, reads_in.with_name("xls.py")), path
        assert not {name for name in reads if name.endswith((".Workbook", ".Cell"))}, path
        writes = {name for name in used if name.split(".")[0] == "xlsxwriter"}
        assert not writes or path in (home / "file.py", home / "drawn.py"), path  # book, charts
    assert "xlsxwriter.Workbook" in imported(home / "file.py")
    assert "openpyxl.load_workbook" in imported(reads_in)
