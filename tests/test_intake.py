"""Workbooks that people send: read as text, or refused with a sentence that says how to go on."""

import io
import queue
import random
import subprocess
import threading
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from nastav.excel import child, intake, table
from nastav.excel.intake import BadWorkbook
from tests.support.mangled import mangled

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
    got = intake.read(workbook(("а", 7, 7.0, 7.5), (), (date(2020, 9, 1), moment, True, None)))
    assert [one.name for one in got] == ["Sheet"]
    assert got[0].rows == (
        (1, ("а", "7", "7", "7,5")),
        (3, ("01.09.2020", "01.09.2020", "да")),
    )


def test_a_stale_tag_of_the_size_drops_no_row() -> None:
    content = workbook(("а", "б"), ("в", "г"))
    stale = sheet_of(content).replace('<dimension ref="A1:B2"', '<dimension ref="A1:A1"')
    assert "A1:A1" in stale
    got = intake.read(repacked(content, sheet=stale.encode()))
    assert [cells for _, cells in got[0].rows] == [("а", "б"), ("в", "г")]


def test_a_table_too_wide_is_cut_and_says_so() -> None:
    assert not intake.read(workbook(("а",) * 60))[0].is_cut
    assert intake.read(workbook(("а",) * 61))[0].is_cut


def test_hidden_sheets_are_left_out_and_what_is_cut_is_said() -> None:
    got = intake.read(workbook(*[("а",)] * 2101, second=("б",)))
    assert [(one.name, len(one.rows), one.is_cut) for one in got] == [
        ("Sheet", 2100, True),
        ("Второй", 1, False),
    ]
    hidden = intake.read(workbook(("а",), state="hidden", second=("б",)))
    assert [one.name for one in hidden] == ["Второй"]


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le")


ZEROS = b"<a>" + b"0" * (25 * 1024 * 1024)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Файл пустой"),
        (b"PK\x03\x04" + b"x" * intake.LARGEST, "больше 5 МБ"),
        (b"%PDF-1.7", "документ PDF"),
        (b"\xff\xd8\xff\xe0", "снимок"),
        (ole("Workbook"), "старого Excel (.xls)"),
        (ole("EncryptedPackage"), "защищён паролем"),
        (ole("WordDocument"), "не таблица Excel"),
        ("Фамилия;Имя\nИванов;Пётр".encode("cp1251"), "простой текст (CSV)"),
        (b"\xef\xbb\xbf<html><table>", "веб-страница"),
        (b"PK\x03\x04 and nothing more", "повреждён"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "таблица ODS"),
        (archive(word__document_xml=b"<a/>"), "текстовый документ"),
        (archive(xl__workbook_xml=b"<a/>", xl__vbaProject__bin=b"", a=b""), "повреждён"),
        (archive(something=b"<a/>"), "не таблица Excel"),
        (archive(xl__workbook_xml=b"not xml"), "повреждён"),
        (archive(xl__workbook_xml=ZEROS), "слишком велика"),
        (archive(xl__workbook_xml=b"0" * 200_000), "слишком велика"),
        (archive(**{f"n{at}": b"" for at in range(201)}), "слишком велика"),
        (archive(xl__workbook_xml=b"<!DOCTYPE a []><a/>"), "слишком велика"),
        (archive(xl__workbook_xml="<!DOCTYPE a>".encode("utf-16")), "слишком велика"),
        (archive(xl__workbook_xml=b"<?xml encoding='cp037'?>"), "слишком велика"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_content(content: bytes, told: str) -> None:
    with pytest.raises(BadWorkbook) as refusal:
        intake.read(content)
    assert told in str(refusal.value)


def test_a_file_that_would_be_read_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    far = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    content = workbook(("а",))
    endless = repacked(content, sheet=sheet_of(content).replace("</sheetData>", far).encode())
    monkeypatch.setattr(child, "SECONDS", 0.2)
    with pytest.raises(child.TooLarge):
        child.sheets(endless)


def test_a_child_that_does_not_answer_is_ended_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "child.py"
    sleeper.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(intake, "__file__", str(tmp_path / "intake.py"))
    monkeypatch.setattr(intake, "SECONDS", 0.2)
    with pytest.raises(BadWorkbook, match="слишком велика"):
        intake.read(workbook(("а",)))


def test_the_child_needs_nothing_of_the_site() -> None:
    text = Path(child.__file__).read_text(encoding="utf-8")
    assert "nastav" not in text
    assert subprocess.run  # the parent starts it by its path, with -I


SOURCE = workbook(("ФИО", "Класс"), *[(f"Петров{n} Пётр", "7А") for n in range(40)], second=("б",))


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up what would be read for ever sooner than the site does."""
    monkeypatch.setattr(child, "SECONDS", 0.3)


def test_hundreds_of_mangled_workbooks_are_read_or_refused(brief: None) -> None:
    told = [read_or_refused(mangled(SOURCE, random.Random(seed))) for seed in range(300)]
    assert 20 < told.count("") < 280, "the faults are too mild or too hard"


@pytest.mark.soak
def test_ten_thousand_mangled_workbooks_are_read_or_refused(brief: None) -> None:
    told = [read_or_refused(mangled(SOURCE, random.Random(seed))) for seed in range(10_000)]
    print(f"{len(told)} mangled workbooks, {told.count('')} read, 0 errors, 0 hangs")  # noqa: T201


def read_or_refused(content: bytes) -> str:
    """Read as the site does, but in this process: a child for each would take an hour."""
    try:
        intake.inspect(content)
        intake.as_sheets(child.answer(content))
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
    assert intake.read(content)[0].rows == (
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

    def __call__(self, _content: bytes) -> dict[str, list[str]]:
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.release()
        assert self.go_on.wait(30)
        self.now -= 1
        return {"sheets": []}


def test_two_are_read_two_wait_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    child, told = Reading(), queue.Queue[str]()
    monkeypatch.setattr(intake, "_answer", child)
    monkeypatch.setattr(intake, "inspect", lambda _: None)

    def send() -> None:
        try:
            told.put(str(intake.read(b"PK")))
        except intake.BadWorkbook as refusal:
            told.put(refusal.reason)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for one in threads:
        one.start()
    assert [told.get(timeout=30) for _ in range(4)] == ["busy"] * 4
    child.go_on.set()
    assert [told.get(timeout=30) for _ in range(4)] == ["[]"] * 4
    for one in threads:
        one.join()
    assert child.most == 2


def test_after_a_refused_file_the_next_has_its_turn() -> None:
    for _ in range(6):
        with pytest.raises(intake.BadWorkbook, match="не таблица Excel"):
            intake.read(b"nothing")
