"""Workbooks that people send: read as text, or refused with a sentence that says how to go on."""

import contextlib
import io
import json
import queue
import random
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from nastav.excel import table
from nastav.intake import (
    apart,
    child,
    clipboard,
    grid,
    inspection,
    ods,
    package,
    reader,
    separated,
    xls,
    xlsx,
)
from nastav.intake.inspection import BadWorkbook
from tests.support import kinds
from tests.support.kinds import Made
from tests.support.mangled import mangled
from tests.test_excel_tables import imported

MADE_AT = datetime(2020, 12, 9, 12, 0, tzinfo=UTC)


def workbook(*rows: tuple[Any, ...], **more: Any) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.worksheets[0].sheet_state = more.get("state", "visible")
    if "second" in more:
        book.create_sheet("Второй").append(more["second"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return a zip; `__` in a name stands for «/»."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """Return the archive with parts changed: `sheet` and `book` are the known names."""
    known = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml"}
    parts = {known[name]: part for name, part in changed.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
    return file.getvalue()


def sheet_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read("xl/worksheets/sheet1.xml").decode()


def test_cells_come_back_as_a_person_sees_them() -> None:
    moment = datetime(2020, 9, 1, 10)  # noqa: DTZ001 - Excel knows no zones
    got = reader.read(
        workbook(("а", 7, 7.0, 7.5), (), (date(2020, 9, 1), moment, True, None))
    ).sheets
    assert [sheet.name for sheet in got] == ["Sheet"]
    assert got[0].rows == (
        (1, ("а", "7", "7", "7,5")),
        (3, ("01.09.2020", "01.09.2020", "да")),
    )


def test_a_stale_tag_of_the_size_drops_no_row() -> None:
    content = workbook(("а", "б"), ("в", "г"))
    stale = sheet_of(content).replace('<dimension ref="A1:B2"', '<dimension ref="A1:A1"')
    assert "A1:A1" in stale
    got = reader.read(repacked(content, sheet=stale.encode())).sheets
    assert [cells for _, cells in got[0].rows] == [("а", "б"), ("в", "г")]


def test_a_table_too_wide_is_cut_and_says_so() -> None:
    assert not reader.read(workbook(("а",) * 60)).sheets[0].is_cut
    assert reader.read(workbook(("а",) * 61)).sheets[0].is_cut


def test_hidden_sheets_are_known_and_what_is_cut_is_said() -> None:
    got = reader.read(workbook(*[("а",)] * 2101, second=("б",))).sheets
    assert [(sheet.name, len(sheet.rows), sheet.is_cut) for sheet in got] == [
        ("Sheet", 2100, True),
        ("Второй", 1, False),
    ]
    read = reader.read(workbook(("а",), state="hidden", second=("б",)))
    assert [(sheet.name, sheet.is_hidden) for sheet in read.sheets] == [
        ("Sheet", True),
        ("Второй", False),
    ]


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le")


ZEROS = b"<a>" + b"0" * (25 * 1024 * 1024)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Файл пустой"),
        (b"PK\x03\x04" + b"x" * inspection.LARGEST, "больше 5 МБ"),
        (b"%PDF-1.7", "документ PDF"),
        (b"\xff\xd8\xff\xe0", "снимок"),
        (ole("Workbook"), "повреждён"),
        (ole("Workbook _VBA_PROJECT_CUR"), "макросы"),
        (ole("EncryptedPackage"), "защищён паролем"),
        (ole("WordDocument"), "не таблица"),
        (b"\0\1\2 nothing", "не таблица"),
        (b" \r\n", "не таблица"),
        (b"{\\rtf1 a}", "текстовый документ"),
        (b"\xef\xbb\xbf<html><table>", "веб-страница"),
        (b"PK\x03\x04 and nothing more", "повреждён"),
        (archive(mimetype=kinds.ODS), "повреждён"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "текстовый документ"),
        (archive(mimetype=kinds.ODS, content_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "слишком"),
        (archive(word__document_xml=b"<a/>"), "текстовый документ"),
        (archive(xl__workbook_xml=b"<a/>", xl__vbaProject__bin=b"", a=b""), "повреждён"),
        (archive(something=b"<a/>"), "не таблица"),
        (archive(xl__workbook_xml=b"not xml"), "повреждён"),
        (archive(xl__workbook_xml=ZEROS), "слишком велика"),
        (archive(xl__workbook_xml=b"0" * 200_000), "слишком велика"),
        (archive(**{f"n{at}": b"" for at in range(201)}), "слишком велика"),
        (archive(xl__workbook_xml=b"<!DOCTYPE a []><a/>"), "слишком велика"),
        (archive(xl__workbook_xml="<!DOCTYPE a>".encode("utf-16")), "слишком велика"),
        (archive(xl__workbook_xml=b"<?xml encoding='cp037'?>"), "слишком велика"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_content(content: bytes, sentence: str) -> None:
    with pytest.raises(BadWorkbook) as refusal:
        reader.read(content)
    assert sentence in str(refusal.value)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(child.answer("xlsx", workbook(("а",)))["sheets"]) == 1
    monkeypatch.setattr(grid, "SECONDS", -1)
    for kind, write in {**kinds.BOOKS, "text": kinds.text}.items():
        assert child.answer(kind, write(Made([("а",)]))) == {"error": "large"}, kind


@pytest.mark.parametrize("number", ["99999999999", "1", "-5"])
def test_rows_in_no_order_are_no_table(number: str) -> None:
    content = workbook(("а",))
    row = f'<row r="{number}"><c r="A2"><v>1</v></c></row></sheetData>'
    wrong = repacked(content, sheet=sheet_of(content).replace("</sheetData>", row).encode())
    with pytest.raises(BadWorkbook, match="повреждён"):
        reader.read(wrong)


def test_a_child_that_does_not_answer_is_ended_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.001)  # no process answers so soon
    with pytest.raises(BadWorkbook, match="Подождите минуту"):
        reader.read(workbook(("а",)))


def test_the_child_knows_nothing_of_the_site() -> None:
    shown = (
        "import sys, nastav.intake.child; print(*sorted(n for n in sys.modules if 'nastav' in n))"
    )
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    allowed = {"nastav", "nastav.intake", "nastav.intake.child", "nastav.intake.grid"}
    assert set(done.stdout.split()) == allowed
    readers = [xlsx, xls, ods, separated, package, clipboard, grid]
    for module in readers:
        used = {name for name in imported(Path(module.__file__)) if name.startswith("nastav")}
        assert all(name.startswith("nastav.intake.") for name in used), module


def ods_of(rows: str) -> bytes:
    """Return a table of LibreOffice with these rows instead of its own."""
    plain = kinds.ods(Made([("вместо",)]))
    return kinds.repacked(
        plain,
        lambda name, part: (
            name,
            re.sub(b"<table:table-row>.*</table:table-row>", rows.encode(), part),
        ),
    )


MANY = "".join(f'<mergeCell ref="A1:Z{row}"/>' for row in range(1, 200_000))
WIDE = workbook(*[("а",) * 40] * 2000)
COSTLY = {
    "repeated": ods_of(
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>я</text:p></table:table-cell>'
        "</table:table-row>"
    ),
    "merged": repacked(WIDE, sheet=sheet_of(WIDE).replace(
        "</sheetData>", f"</sheetData><mergeCells>{MANY}</mergeCells>").encode()),
    "quotes": b'"' * inspection.LARGEST,
    "separators": b";" * inspection.LARGEST,
    "lines": b"a\n" * (inspection.LARGEST // 2),
    "one line": "я".encode() * (inspection.LARGEST // 2),
}  # fmt: skip


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_cost_much_is_read_or_refused(name: str) -> None:
    with contextlib.suppress(BadWorkbook):
        reader.read(COSTLY[name])
        said = child.answer(inspection.inspect(COSTLY[name]), COSTLY[name])
        assert len(json.dumps(said)) < 6 * grid.MOST_TEXT + 100_000


@pytest.mark.parametrize("write", kinds.BOOKS.values())
def test_a_hundred_sheets_are_read_one_more_is_too_many(write: Callable[..., bytes]) -> None:
    sheets = [Made([("а",)], f"Лист {number}") for number in range(101)]
    assert len(reader.read(write(*sheets[:100])).sheets) == 100
    with pytest.raises(BadWorkbook, match="слишком велика"):
        reader.read(write(*sheets))


def test_a_part_of_another_ending_is_no_part() -> None:
    def renamed(name: str, part: bytes) -> tuple[str, bytes]:
        part = part.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.bin")
        return name.replace("sheet1.xml", "sheet1.bin"), part

    assert reader.read(kinds.repacked(workbook(("а",)), renamed)).sheets == ()


PUPILS = Made([("ФИО", "Класс"), *[(f"Петров{n} Пётр", "7А") for n in range(40)]], hidden=[3])
SOURCES = [write(PUPILS) for write in (kinds.xlsx, kinds.xls, kinds.ods, kinds.csv_1251)]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up what would be read for ever sooner than the site does."""
    monkeypatch.setattr(grid, "SECONDS", 0.3)


def read_of_each_kind(count: int) -> list[str]:
    """Mangle each kind of file in turn; return what was said of each, "" where it was read."""
    outcomes = [
        read_or_refused(mangled(SOURCES[seed % 4], random.Random(seed))) for seed in range(count)
    ]
    for at in range(4):
        few = count // 80
        assert few < outcomes[at::4].count("") < count // 4 - few, "faults too mild or too hard"
    return outcomes


def test_hundreds_of_mangled_files_of_each_kind_are_read_or_refused(brief: None) -> None:
    assert len(read_of_each_kind(400)) == 400


@pytest.mark.soak
def test_ten_thousand_mangled_files_are_read_or_refused(brief: None) -> None:
    outcomes = read_of_each_kind(10_000)
    print(f"{len(outcomes)} mangled files, {outcomes.count('')} read, 0 errors, 0 hangs")  # noqa: T201


def read_or_refused(content: bytes) -> str:
    """Read as the site does, but in this process: a child for each would take an hour."""
    try:
        kind = inspection.inspect(content)
        reader.as_file(kind, child.answer(kind, content))
    except BadWorkbook as refusal:
        return str(refusal)
    return ""


def test_a_table_is_text_whatever_it_begins_with_and_days_are_days() -> None:
    columns = [table.TableColumn("Имя", choices=("а", "б")), table.TableColumn("День", is_day=True)]
    rows = [("=1+1", date(2020, 9, 1)), ("+7", None), ("-2", None), ("@а", None), ("7-1", None)]
    content = table.save("Таблица", [table.Table("Список", columns, rows)], MADE_AT)
    assert content == table.save("Таблица", [table.Table("Список", columns, rows)], MADE_AT)
    sheet = sheet_of(content)
    assert "<f>" not in sheet
    assert reader.read(content).sheets[0].rows == (
        (1, ("Имя", "День")),
        (2, ("=1+1", "01.09.2020")),
        *((at, (text,)) for at, (text, _) in enumerate(rows[1:], start=3)),
    )


# --- many at once ---------------------------------------------------------------------------------


class Reading:
    """Stands for the child: a file is read until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()
        self.now, self.most = 0, 0

    def __call__(
        self, _module: str, _arguments: list[str], _content: bytes
    ) -> dict[str, list[str]]:
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.release()
        assert self.go_on.wait(30)
        self.now -= 1
        return {"sheets": []}


def test_two_are_read_two_wait_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    child, answers = Reading(), queue.Queue[str]()
    monkeypatch.setattr(apart, "answer", child)
    monkeypatch.setattr(reader, "inspect", lambda _: "text")

    def send() -> None:
        try:
            answers.put(str(reader.read(b"PK").sheets))
        except BadWorkbook as refusal:
            answers.put(refusal.reason)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert [answers.get(timeout=30) for _ in range(4)] == ["busy"] * 4
    child.go_on.set()
    assert [answers.get(timeout=30) for _ in range(4)] == ["()"] * 4
    for thread in threads:
        thread.join()
    assert child.most == 2


def test_after_a_refused_file_the_next_has_its_turn() -> None:
    for _ in range(6):
        with pytest.raises(BadWorkbook, match="не таблица"):
            reader.read(b"\0nothing")
