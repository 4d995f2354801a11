"""What a file is, by its content; refusals that say how to mend it."""

import io
import re
import zipfile

import pytest

from nastav.uploads import KINDS, LARGEST, BadFile, accept
from tests.photos.shots import picture
from tests.stages.stand import PDF

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(32)


def zipped(**entries: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in entries.items():
            made = zipfile.ZipInfo(name.replace("__", "/").replace("_x_", "."))  # of a fixed date
            archive.writestr(made, text)
    return buffer.getvalue()


DOCX = zipped(word__document_x_xml="<w/>")
XLSX = zipped(xl__workbook_x_xml="<x/>")
GOOD = {
    "pdf": PDF,
    "jpg": picture("JPEG"),
    "png": picture("PNG"),
    "rtf": b"{\\rtf1 text}",
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "xls": OLE + "Workbook".encode("utf-16-le"),
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": zipped(mimetype=ODT),
    "ods": zipped(mimetype=ODS),
}


@pytest.mark.parametrize("ending", GOOD)
def test_every_kind_of_decision_28_is_taken_with_its_true_type(ending: str) -> None:
    found = accept(f"Приказ.{ending.upper()}", GOOD[ending])
    assert (found.name, found.media_type) == (f"Приказ.{ending}", KINDS[ending][1])


def test_all_kinds_are_tried() -> None:
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("приказ.pdf", XLSX, "По названию это файл «.pdf», а внутри — таблица Excel (XLSX)"),
        ("приказ.pdf.exe", PDF, "По названию это файл «.exe»"),
        ("приказ.exe", b"MZ" + bytes(100), "Файлы этого вида не принимаются"),
        ("страница.pdf", b"<html><script>", "Файлы этого вида не принимаются"),
        ("рисунок.png", b"<svg xmlns='http://www.w3.org/2000/svg'>", "не принимаются"),
        ("архив.docx", zipped(readme="x"), "Файлы этого вида не принимаются"),
        ("фото.heic", HEIC, "Сохраните его как JPG"),
        ("фото.jpg", HEIC, "Сохраните его как JPG"),
        ("план.docx", zipped(word__document_x_xml="", word__vbaProject_x_bin=""), "макросы"),
        ("план.xls", OLE + "Workbook_VBA_PROJECT".encode("utf-16-le"), "макросы"),
        ("план.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        ("план.docx", DOCX[:40], "паролем или повреждён"),
        ("пусто.pdf", b"", "Файл пустой"),
        ("скан.pdf", PDF + bytes(LARGEST), "больше 10 МБ"),
    ],
)
def test_a_file_is_refused_with_a_way_to_mend(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile, match=re.escape(sentence)):
        accept(name, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Мои документы\\приказ.pdf", "приказ.pdf"),
        ("../../etc/приказ.pdf", "приказ.pdf"),
        ("при\r\nказ\u202e.pdf", "приказ.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("Приказ от 12.10", "Приказ от 12.10.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "Документ.pdf"),
        ("я" * 190 + ".pdf", "я" * 190 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert accept(name, PDF).name == kept


def test_a_name_that_does_not_fit_is_refused_not_cut() -> None:
    with pytest.raises(BadFile, match="191\xa0знак, а помещается не больше 190"):
        accept("я" * 191 + ".pdf", PDF)
