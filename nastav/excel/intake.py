"""Reads a workbook that somebody sent (security.md#s13): judged by its content before anything opens it.

The archive is measured first, for a file of 53 kB may unpack for minutes; then a process of its own reads
it (`child.py`), so that a file nobody thought of costs a sentence and not the site.
"""

import io
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nastav import signs

LARGEST = 5 * 1024 * 1024  # bytes
UNPACKED = 20 * 1024 * 1024
ENTRIES = 200
RATIO = 100  # unpacked to packed, of one entry
SECONDS = 12  # of waiting for the child, which gives up earlier by itself

# of the server's eight threads at most four have to do with workbooks: the others serve pages
AT_ONCE = 2
WAITING = 2
PATIENCE = 20.0  # seconds of waiting for one's turn
_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)

_SMALL = 64 * 1024  # an entry so small may be packed as tightly as it likes
_XML = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE = "Откройте файл в Excel и сохраните как «Книга Excel (*.xlsx)»"
_PASTE = "или скопируйте строки и вставьте их в поле."
SENTENCES = {
    "empty": "Файл пустой. Проверьте его и выберите снова.",
    "large": "Файл больше 5 МБ: это не похоже на список. Скопируйте строки и вставьте их в поле.",
    "protected": "Файл защищён паролем. Снимите пароль в Excel и выберите файл снова " + _PASTE,
    "xls": f"Это таблица старого Excel (.xls). {_SAVE} {_PASTE}",
    "xlsb": f"Это двоичная книга Excel (.xlsb). {_SAVE} {_PASTE}",
    "ods": "Это таблица ODS (LibreOffice). Сохраните её как «Excel 2007–365 (.xlsx)» " + _PASTE,
    "word": "Это текстовый документ. Скопируйте из него таблицу и вставьте в поле.",
    "pdf": "Это документ PDF, таблицу из него не прочитать. Выберите файл Excel (.xlsx) " + _PASTE,
    "picture": "Это снимок, а не таблица. Выберите файл Excel (.xlsx) " + _PASTE,
    "page": f"Внутри файла веб-страница, а не таблица Excel. {_SAVE} {_PASTE}",
    "csv": f"Внутри файла простой текст (CSV), а не таблица Excel. {_SAVE} {_PASTE}",
    "other": "Это не таблица Excel. Выберите файл .xlsx " + _PASTE,
    "macros": "В файле есть макросы, такие не принимаются. Сохраните его как .xlsx без макросов "
    + _PASTE,
    "broken": f"Файл повреждён: прочитать его не удалось. {_SAVE} ещё раз {_PASTE}",
    "busy": "Сейчас сайт читает таблицы других школ. Подождите минуту и выберите файл ещё раз "
    + _PASTE,
    "bomb": "Таблица слишком велика или устроена необычно, поэтому не читается. Скопируйте нужные "
    "строки в новую книгу " + _PASTE,
}


class BadWorkbook(ValueError):
    """A file that cannot be read; the text says in Russian why, and how to mend it."""

    def __init__(self, reason: str) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: rows that hold anything, by their number in Excel; `is_cut`: more was there."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_cut: bool


def read(content: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook. To be called outside a transaction: it takes a moment.

    Raises:
        BadWorkbook: the file is no .xlsx, too large, damaged, or dangerous to open; or others' files
            are being read.
    """
    with _turn():
        inspect(content)
        return as_sheets(_answer(content))


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one's turn; where too many wait already, say so at once: a waiting thread serves nobody."""
    if not _places.acquire(blocking=False):
        raise BadWorkbook("busy")
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise BadWorkbook("busy")
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def as_sheets(answer: Any) -> list[Sheet]:
    """Return what the child said as sheets.

    Raises:
        BadWorkbook: it could not read the file.
    """
    if "error" in answer:
        raise BadWorkbook({"large": "bomb"}.get(answer["error"], "broken"))
    return [
        Sheet(
            signs.readable(one["name"]),
            tuple((number, tuple(map(signs.readable, cells))) for number, cells in one["rows"]),
            one["is_cut"],
        )
        for one in answer["sheets"]
    ]


def _answer(content: bytes) -> Any:
    child = Path(__file__).with_name("child.py")
    command = [sys.executable, "-I", str(child)]
    # nothing of the site's settings; Windows starts no process without its folder
    env = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=True, env=env
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"error": "large"}  # ended by its limits, or by the clock


# --- what it is -----------------------------------------------------------------------------------


def inspect(content: bytes) -> None:
    """Refuse, before anything opens it, what is no workbook or would not unpack within the limits.

    Raises:
        BadWorkbook: with the reason.
    """
    if not content:
        raise BadWorkbook("empty")
    if len(content) > LARGEST:
        raise BadWorkbook("large")
    if not content.startswith(b"PK\x03\x04"):
        raise BadWorkbook(_other_kind(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive)
            _check_kind(archive)
            for entry in archive.infolist():
                is_xml = entry.filename.casefold().endswith(_XML)
                _check_entities(archive.read(entry), is_xml=is_xml)
    except BadWorkbook:
        raise
    except Exception:  # a damaged archive fails in a dozen ways
        raise BadWorkbook("broken") from None


def _other_kind(content: bytes) -> str:
    if content.startswith(_OLE):
        is_protected = "EncryptedPackage".encode("utf-16-le") in content
        has_book = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
        return "protected" if is_protected else "xls" if has_book else "other"
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in (
        (b"%PDF-", "pdf"),
        (b"\xff\xd8\xff", "picture"),
        (b"\x89PNG", "picture"),
        (b"<", "page"),
    ):
        if start.startswith(signature):
            return kind
    is_text = b"\0" not in content[:4000] and any(sign in content for sign in (b";", b",", b"\t"))
    return "csv" if is_text else "other"


def _measure(archive: zipfile.ZipFile) -> None:
    """The sizes an archive declares are limits that unpacking keeps."""
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadWorkbook("protected")
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise BadWorkbook("bomb")
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadWorkbook("bomb")
        if entry.file_size > max(_SMALL, entry.compress_size * RATIO):
            raise BadWorkbook("bomb")


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {entry.filename.casefold() for entry in archive.infolist()}
    if "mimetype" in names:
        raise BadWorkbook("ods" if b"spreadsheet" in archive.read("mimetype") else "word")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadWorkbook("macros")
    for name, kind in (("word/document.xml", "word"), ("xl/workbook.bin", "xlsb")):
        if name in names:
            raise BadWorkbook(kind)
    if "xl/workbook.xml" not in names:
        raise BadWorkbook("other")


def _check_entities(part: bytes, *, is_xml: bool) -> None:
    """No entities of its own, and no encoding in which they could hide."""
    if is_xml:
        declared = _DECLARED.search(part[:300])
        is_plain = declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
        if not is_plain or b"\0" in part or b"<!DOCTYPE" in part:
            raise BadWorkbook("bomb")
    if b"<!ENTITY" in part:
        raise BadWorkbook("bomb")
