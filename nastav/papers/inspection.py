"""Whether a district's template may be taken: each thing that is wrong with it, by its name and place.

Pure; run in a process of its own (`child`). The archive is measured first, by the rules of the tables that
people send (security.md#s13); then what a .docx may carry besides text; then its fields, as `filler` will
read them; at last it is filled with an invented school, and nothing of a field may be left.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

import docx
from docx.document import Document

from nastav.intake import inspection as archives
from nastav.papers import carried, drawer, example, fields
from nastav.papers.filler import BadTemplate, Data, Heading, fill_each
from nastav.papers.kinds import Kind

LARGEST: Final = 1024 * 1024  # bytes
# of one part unpacked: the site copies a template's text for each of 200 pairs, in its own memory
_LARGEST_PART: Final = 512 * 1024
MOST: Final = 20  # faults that are named at once
_LONGEST: Final = 300  # letters of a sentence: what a file holds may be as long as it likes
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE: Final = "Откройте его в Word и сохраните как «Документ Word (.docx)»."
_DAY: Final = date(2020, 12, 9)
SENTENCES: Final = MappingProxyType(
    {
        "empty": "Файл пустой. Проверьте его и выберите снова.",
        "large": "Файл больше 1 МБ. Уменьшите рисунки в нём и выберите снова.",
        "protected": "Файл защищён паролем. Снимите пароль в Word и выберите снова.",
        "doc": f"Это документ старого Word (.doc), хотя он может называться иначе. {_SAVE}",
        "odt": "Это документ .odt. Откройте его в LibreOffice или МойОфис и сохраните как .docx.",
        "dotx": f"Это шаблон Word (.dotx), а нужен документ. {_SAVE}",
        "macros": "В файле есть макросы, такие не принимаются. " + _SAVE,
        "strict": "Файл сохранён как «Документ Strict Open XML». " + _SAVE,
        "book": "Это таблица Excel, а нужен документ Word (.docx).",
        "pdf": "Это PDF, поля в нём не заполнить. Нужен документ Word (.docx).",
        "rtf": f"Это документ .rtf. {_SAVE}",
        "page": f"Внутри файла веб-страница. {_SAVE}",
        "other": "Это не документ Word. Скачайте образец, измените его в Word и выберите его.",
        "broken": "Файл повреждён: прочитать его не удалось. Сохраните его в Word ещё раз.",
        "bomb": "Документ слишком велик или устроен необычно, поэтому не читается. Скачайте образец "
        "и внесите изменения в него.",
        "busy": "Сейчас сайт читает другие файлы. Подождите минуту и выберите файл ещё раз.",
    }
)
_MAIN: Final = re.compile(rb'ContentType="([^"]*\.main\+xml)"')
# in the name of a part: it leads out of the file
_OUTSIDE: Final = re.compile(r"^/|(?:^|/)\.\.(?:/|$)|[:\x00-\x1f]")
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class _Bad(ValueError):
    """What the file is, where it is no .docx that can be read at all: a key of `SENTENCES`."""


def faults(content: bytes, kind: Kind) -> list[str]:
    """Return what is wrong with a template of a kind, a sentence each; nothing where it may be taken."""
    try:
        document = _opened(content)
    except _Bad as bad:
        return [SENTENCES[str(bad)]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = list(carried.faults(archive))
    found += fields.faults(document, kind)
    named = list(dict.fromkeys(found))[:MOST] or _filled(content, kind)[:MOST]
    return [sentence[:_LONGEST] for sentence in named]


def _filled(content: bytes, kind: Kind) -> list[str]:
    """Fill it with an invented school, and draw it: what is refused, and what of a field is left.

    Twice over where there is a sheet for each of many, and with a heading in each list: a school's paper
    may have them.
    """
    own = example.data(kind)
    lists = {name: [Heading("Раздел"), *items] for name, items in own.lists.items()}
    sheets = [Data(own.fields, lists)] * (2 if kind.is_each else 1)
    try:
        made = fill_each(content, sheets, title="", made_on=_DAY)
    except BadTemplate as refusal:
        return [str(refusal)]
    drawer.draw(made)
    return list(fields.leftovers(made))


def _opened(content: bytes) -> Document:
    """Return the document of a file.

    Raises:
        _Bad: it is none.
    """
    if not content:
        raise _Bad("empty")
    if len(content) > LARGEST:
        raise _Bad("large")
    if not content.startswith(b"PK\x03\x04"):
        raise _Bad(_without_archive(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archives.measure(archive)
            for reason in _unlike(archive):
                raise _Bad(reason)
            for entry in archive.infolist():
                is_xml = entry.filename.casefold().endswith((".xml", ".rels", ".vml"))
                if is_xml and entry.file_size > _LARGEST_PART:
                    raise _Bad("bomb")
                archives.check_entities(archive.read(entry), is_xml=is_xml)
        return docx.Document(io.BytesIO(content))
    except archives.BadWorkbook as bad:
        raise _Bad(bad.reason) from None
    except _Bad:
        raise
    except (MemoryError, RecursionError):
        raise
    except Exception:  # a damaged document fails in a dozen ways
        raise _Bad("broken") from None


def _without_archive(content: bytes) -> str:
    """Return what a file is that is no archive."""
    if content.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        return "protected" if is_locked else "doc"
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, reason in ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"<", "page")):
        if start.startswith(signature):
            return reason
    return "other"


def _unlike(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield why an archive is no plain .docx."""
    names = [name.replace("\\", "/") for name in archive.namelist()]
    low = {name.casefold() for name in names}
    if "mimetype" in low:
        is_text = b"opendocument.text" in archive.read("mimetype")
        yield "odt" if is_text else "other"
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in low):
        yield "macros"
    if any(name.startswith("xl/") for name in low):
        yield "book"
    if "[content_types].xml" not in low or not any(n.startswith("word/") for n in low):
        yield "other"
    if any(_OUTSIDE.search(name) for name in names):
        yield "bomb"
    if len(names) != len(low):  # two parts of one name: each program takes another one
        yield "bomb"
    types = " ".join(
        found.decode("ascii", "replace")
        for found in _MAIN.findall(archive.read("[Content_Types].xml"))
    )
    if "macroEnabled" in types:
        yield "macros"
    if "wordprocessingml.template" in types:
        yield "dotx"
    if "word/document.xml" in names and _STRICT in archive.read("word/document.xml"):
        yield "strict"
