"""A template of a paper for tests, and ways to spoil it: parts of the archive changed, added, renamed."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import docx
from docx.document import Document

from nastav.papers import builder

TEXT = """@ text 14, table 12
^ {школа}
^ {школа_кратко}
= ПРИКАЗ
= О создании рабочей группы
Во исполнение приказа {приказ_района} приказываю:
1. Создать рабочую группу (приложение).
2. Назначить школьным куратором {куратор_кого}, {куратор_должность_кого}.
3. До {срок_1} подготовить положение.
~ {директор_должность} | {директор}
== Состав рабочей группы
|: 10, 40, 30, 20
| № | Фамилия, имя, отчество | Должность | В группе
| {группа.номер} | {группа.имя} | {группа.должность} | {группа.роль}
"""


@cache
def good() -> bytes:
    """Return a template of the order «о рабочей группе» that is right."""
    return builder.build(TEXT)


def typed(change: Callable[[Document], object]) -> bytes:
    """Return the good template as somebody changed it in Word."""
    document = docx.Document(io.BytesIO(good()))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def lined(text: str) -> bytes:
    """Return the good template with one more line: another file that is right."""
    return typed(lambda document: document.add_paragraph(text))


def repacked(
    content: bytes,
    change: Callable[[str, bytes], bytes] = lambda _, part: part,
    more: dict[str, bytes] | None = None,
) -> bytes:
    """Return an archive with every part changed by a function of its name and bytes, and more parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as found,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in found.namelist():
            written.writestr(name, change(name, found.read(name)))
        for name, part in (more or {}).items():
            written.writestr(name, part)
    return made.getvalue()


def in_part(name: str, old: str, new: str) -> bytes:
    """Return the good template with a text of one part replaced, once."""

    def change(part: str, content: bytes) -> bytes:
        if part != name:
            return content
        assert old.encode() in content, f"{name} holds no {old}"
        return content.replace(old.encode(), new.encode(), 1)

    return repacked(good(), change)


def texts(content: bytes) -> list[str]:
    """Return every line of a document, its tables' cells too, in their order."""
    document = docx.Document(io.BytesIO(content))
    lines = [each.text for each in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return [line for line in lines if line.strip()]


@contextmanager
def texts_at(folder: Path) -> Iterator[None]:
    """Have the site hold one text of ours, of the paper `team`, whatever others it has."""
    (folder / "team.txt").write_text(TEXT, encoding="utf-8")
    own = builder.TEXTS
    builder.TEXTS = folder  # type: ignore[misc]
    builder.template.cache_clear()
    try:
        yield
    finally:
        builder.TEXTS = own  # type: ignore[misc]
        builder.template.cache_clear()
