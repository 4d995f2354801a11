"""The fields of a template as `filler` will read them: each that it cannot fill, by its name and place."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from nastav.papers.carried import local_name, place_of_part
from nastav.papers.kinds import COMMON, Kind
from nastav.papers.naming import advice

_FIELD: Final = re.compile(r"\{\s*([а-яё0-9_]+(?:\.[а-яё0-9_]+)?)\s*\}")  # as `filler` reads it
_ANY: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class _Line:
    """A paragraph that the filler fills, and where it stands; `row` tells rows of tables apart."""

    element: Any
    text: str
    place: str
    row: tuple[int, int] | None = None
    is_margin: bool = False  # a header or a footer: of many sheets it is one


@dataclass
class _Read:
    """What was found so far."""

    kind: Kind
    used: set[str] = field(
        default_factory=set
    )  # fields, and lists of which some field stands in a row
    faults: list[str] = field(default_factory=list)

    @property
    def known(self) -> set[str]:
        """Return the names of all fields and of all fields of lists."""
        inner = (f"{name}.{each}" for name, items in self.kind.lists.items() for each in items)
        return {*COMMON, *self.kind.fields, *inner}


def faults(document: Document, kind: Kind) -> list[str]:
    """Return a sentence for each fault of a template's fields."""
    read = _Read(kind)
    lines = list(_lines(document))
    lists: dict[tuple[int, int], set[str]] = {}
    for line in lines:
        _check(line, read, lists)
    for row, named in lists.items():
        if len(named) > 1:
            place = next(line.place for line in lines if line.row == row)
            both = ", ".join(sorted(named))
            read.faults.append(f"{_start(place)}: в одной строке таблицы два списка: {both}.")
    reached = {line.element for line in lines}
    read.faults += _unreached(document, reached)
    for name in kind.required:
        if name not in read.used:
            what = "строки списка" if name in kind.lists else "поля"
            shown = f"{name}.{next(iter(kind.lists[name]))}" if name in kind.lists else name
            read.faults.append(f"Нет {what} {{{shown}}}: без этого бумага не полна.")
    return read.faults


def leftovers(content: bytes) -> Iterator[str]:
    """Yield where a brace is left in a filled document, whatever part of it that is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            for text in _texts(archive.read(name)):
                if "{" in text or "}" in text:
                    yield (
                        f"{_start(place_of_part(name))}, «{text.strip()[:60]}»: поле здесь не "
                        "заполнить. Перенесите его в обычный текст или в таблицу."
                    )


def _texts(part: bytes) -> list[str]:
    """Return the texts of a part, a paragraph each."""
    found = []
    root = parse_xml(part)
    for element in root.iter():
        if local_name(element) == "p":
            found.append(_own_text(element))
    return found


def _own_text(paragraph: Any) -> str:
    """Return the text of a paragraph, of links and the like too, without that of frames inside it."""
    return "".join(
        each.text or ""
        for each in paragraph.iter()
        if local_name(each) in ("t", "delText")
        if next(each.iterancestors(paragraph.tag), None) is paragraph
    )


def _lines(document: Document) -> Iterator[_Line]:
    """Yield every paragraph that the filler comes to, in its order."""
    for number, paragraph in enumerate(document.paragraphs, start=1):
        yield _line(paragraph._p, f"абзац {number}")
    for number, table in enumerate(document.tables, start=1):
        for place, row in enumerate(table._tbl.tr_lst, start=1):
            for each in row.iter(qn("w:p")):
                yield _line(each, f"таблица {number}, строка {place}", (number, place))
    for section in document.sections:
        for name, part in (
            ("верхний колонтитул", section.header),
            ("нижний колонтитул", section.footer),
            ("верхний колонтитул первой страницы", section.first_page_header),
        ):
            for paragraph in () if part.is_linked_to_previous else part.paragraphs:
                yield replace(_line(paragraph._p, name), is_margin=True)


def _line(element: Any, place: str, row: tuple[int, int] | None = None) -> _Line:
    paragraph = Paragraph(element, None)  # type: ignore[arg-type]
    return _Line(element, "".join(run.text for run in paragraph.runs), place, row)


def _check(line: _Line, read: _Read, lists: dict[tuple[int, int], set[str]]) -> None:
    """Note the fields of a line, and what is wrong with it."""
    whole = _own_text(line.element)
    if "{" not in whole and "}" not in whole:
        return
    at = _start(line.place)
    if _FIELD.findall(whole) != _FIELD.findall(line.text):
        read.faults.append(
            f"{at}, «{whole.strip()[:40]}»: поле стоит в гиперссылке или вставке, там его не "
            "заполнить. Впишите его обычным текстом."
        )
        return
    for name in _FIELD.findall(line.text):
        _check_name(name, line, read, lists)
    rest = _FIELD.sub("", line.text)
    for strange in _ANY.findall(rest):
        if strange.strip():
            read.faults.append(f"{at}: {advice(strange.strip()[:60], read.known)}")
    bare = _ANY.sub("", rest)
    if "{" in bare or "}" in bare or "{}" in rest.replace(" ", ""):
        read.faults.append(f"{at}: лишняя фигурная скобка, «{line.text.strip()[:60]}».")


def _check_name(
    name: str, line: _Line, read: _Read, lists: dict[tuple[int, int], set[str]]
) -> None:
    at, owner = _start(line.place), name.partition(".")[0]
    if name not in read.known:
        read.faults.append(f"{at}: {advice(name, read.known)}")
    elif line.is_margin and read.kind.is_each and name in read.kind.fields:
        read.faults.append(
            f"{at}: {{{name}}} на каждом листе своё, а колонтитул у всех листов один. Перенесите "
            "поле в обычный текст."
        )
    elif "." not in name:
        read.used.add(name)
    elif line.row is None:
        read.faults.append(
            f"{at}: {{{name}}} — поле списка, оно может стоять только в строке таблицы."
        )
    else:
        read.used.add(owner)
    if "." in name and line.row is not None:
        lists.setdefault(line.row, set()).add(owner)


def _unreached(document: Document, reached: set[Any]) -> Iterator[str]:
    """Yield where braces stand that the filler never comes to: frames, controls, footnotes."""
    for part in document.part.package.iter_parts():
        name = str(part.partname).lstrip("/")
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        root = getattr(part, "element", None)
        root = parse_xml(part.blob) if root is None else root
        for element in root.iter():
            if local_name(element) != "p":
                continue
            text = _own_text(element)
            if ("{" in text or "}" in text) and element not in reached:
                place = _start(place_of_part(name))
                yield (
                    f"{place}, «{text.strip()[:40]}»: поле стоит в надписи, сноске или элементе "
                    "управления, там его не заполнить. Перенесите его в обычный текст."
                )


def _start(place: str) -> str:
    return place[0].upper() + place[1:]
