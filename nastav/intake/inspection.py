"""What a file is, by its content, and whether it may be opened (security.md#s13).

An archive is measured first, for a file of 53 kB may unpack for minutes; no XML may bring entities.
"""

import io
import re
import zipfile

LARGEST = 5 * 1024 * 1024  # bytes
UNPACKED = 20 * 1024 * 1024
ENTRIES = 200
RATIO = 100  # unpacked to packed, of one entry

_SMALL = 64 * 1024  # an entry so small may be packed as tightly as it likes
_XML = (".xml", ".rels", ".vml", ".rdf")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # signs that no text holds

_SAVE = "Откройте файл в Excel и сохраните как «Книга Excel (*.xlsx)»"
_PASTE = "или скопируйте строки и вставьте их в поле."
_CHOOSE = "Выберите таблицу (.xlsx, .xls, .ods или .csv)"
SENTENCES = {
    "empty": "Файл пустой. Проверьте его и выберите снова.",
    "large": "Файл больше 5 МБ: это не похоже на список. Скопируйте строки и вставьте их в поле.",
    "protected": "Файл защищён паролем. Снимите пароль в Excel и выберите файл снова " + _PASTE,
    "xlsb": f"Это двоичная книга Excel (.xlsb). {_SAVE} {_PASTE}",
    "word": "Это текстовый документ. Скопируйте из него таблицу и вставьте в поле.",
    "pdf": f"Это документ PDF, таблицу из него не прочитать. {_CHOOSE} {_PASTE}",
    "picture": f"Это снимок, а не таблица. {_CHOOSE} {_PASTE}",
    "page": f"Внутри файла веб-страница, а не таблица Excel. {_SAVE} {_PASTE}",
    "other": f"Это не таблица. {_CHOOSE} {_PASTE}",
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


def inspect(content: bytes) -> str:
    """Return what kind of table a file is: «xlsx», «ods», «xls» or «text».

    Raises:
        BadWorkbook: it is no table, too large, damaged, or would not unpack within the limits.
    """
    if not content:
        raise BadWorkbook("empty")
    if len(content) > LARGEST:
        raise BadWorkbook("large")
    if not content.startswith(b"PK\x03\x04"):
        return _without_archive(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            measure(archive)
            kind = _kind(archive)
            for entry in archive.infolist():
                is_xml = entry.filename.casefold().endswith(_XML)
                check_entities(archive.read(entry), is_xml=is_xml)
            return kind
    except BadWorkbook:
        raise
    except Exception:  # a damaged archive fails in a dozen ways
        raise BadWorkbook("broken") from None


def _without_archive(content: bytes) -> str:
    if content.startswith(_OLE):
        return _old(content)
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in (
        (b"%PDF-", "pdf"),
        (b"\xff\xd8\xff", "picture"),
        (b"\x89PNG", "picture"),
        (b"GIF8", "picture"),
        (b"{\\rtf", "word"),
        (b"<", "page"),
    ):
        if start.startswith(signature):
            raise BadWorkbook(kind)
    is_text = content.startswith(_UTF16) or not _BINARY.search(content)
    if not is_text or not content.strip():
        raise BadWorkbook("other")
    return "text"


def _old(content: bytes) -> str:
    """What the container of the old Office holds, by the names of its streams."""

    def holds(*names: str) -> bool:
        return any(name.encode("utf-16-le") in content for name in names)

    if holds("EncryptedPackage"):
        raise BadWorkbook("protected")
    if not holds("Workbook", "Book"):
        raise BadWorkbook("other")
    if holds("_VBA_PROJECT_CUR"):
        raise BadWorkbook("macros")
    return "xls"


def measure(archive: zipfile.ZipFile) -> None:
    """Refuse an archive too large by the sizes it declares: they are limits that unpacking keeps.

    Raises:
        BadWorkbook: it has a password, or is too large, too dense or packed in an unusual way.
    """
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


def _kind(archive: zipfile.ZipFile) -> str:
    names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
    if "mimetype" in names:
        if b"spreadsheet" not in archive.read("mimetype"):
            raise BadWorkbook("word")
        return "ods"
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadWorkbook("macros")
    for name, kind in (("word/document.xml", "word"), ("xl/workbook.bin", "xlsb")):
        if name in names:
            raise BadWorkbook(kind)
    if not any(re.fullmatch(r"(?:.*/)?workbook\d*\.xml", name) for name in names):
        raise BadWorkbook("other")
    return "xlsx"


def check_entities(part: bytes, *, is_xml: bool) -> None:
    """Refuse entities of a part's own, and any encoding in which they could hide.

    Raises:
        BadWorkbook: it has some.
    """
    if is_xml:
        declared = _DECLARED.search(part[:300])
        is_plain = declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
        if not is_plain or b"\0" in part or b"<!DOCTYPE" in part:
            raise BadWorkbook("bomb")
    if b"<!ENTITY" in part:
        raise BadWorkbook("bomb")
