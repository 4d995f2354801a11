"""What a .docx carries besides text: links, objects, changes, comments, fields of Word; each is named."""

import re
import zipfile
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from docx.oxml import parse_xml

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGES: Final = ("PAGE", "NUMPAGES")  # fields of Word that stay as they are
_REVISED: Final = frozenset(
    f"{W}{name}"
    for name in "ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange "
    "sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange tcPrChange".split()
)
# kinds of relations → what stands in the document
_RELATIONS: Final = MappingProxyType(
    {
        "oleObject": "встроенный объект",
        "package": "встроенный объект",
        "control": "элемент ActiveX",
        "aFChunk": "вставленный целиком чужой документ",
        "subDocument": "вложенный документ",
        "attachedTemplate": "присоединённый шаблон",
        "mailMergeSource": "источник данных для слияния",
        "mailMergeHeaderSource": "источник данных для слияния",
        "frame": "рамка с чужой страницей",
    }
)
_ELEMENTS: Final = MappingProxyType(
    {
        "object": "встроенный объект",
        "OLEObject": "встроенный объект",
        "control": "элемент ActiveX",
        "altChunk": "вставленный целиком чужой документ",
        "subDoc": "вложенный документ",
        "mailMerge": "источник данных для слияния",
    }
)
_MENDED: Final = MappingProxyType(
    {
        "встроенный объект": "удалите его или вставьте как рисунок",
        "элемент ActiveX": "удалите его",
        "вставленный целиком чужой документ": "вставьте его текст",
        "вложенный документ": "вставьте его текст",
        "присоединённый шаблон": "в Word: «Разработчик» → «Шаблон документа», очистите поле",
        "источник данных для слияния": "в Word: «Рассылки» → «Обычный документ Word»",
        "рамка с чужой страницей": "удалите её",
    }
)
_HEADER: Final = re.compile(r"word/(header|footer|footnotes|endnotes|comments|settings)")
_PLACES: Final = MappingProxyType(
    {
        "header": "верхний колонтитул",
        "footer": "нижний колонтитул",
        "footnotes": "сноски",
        "endnotes": "концевые сноски",
        "comments": "примечания",
        "settings": "параметры документа",
    }
)


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def place_of_part(name: str) -> str:
    """Return what a part of the archive is called by people."""
    found = _HEADER.match(name)
    return _PLACES[found[1]] if found else "текст"


def faults(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield a sentence for each thing that a template may not carry."""
    for name in sorted(archive.namelist()):
        low = name.casefold()
        if low.endswith(".rels"):
            yield from _of_relations(name, parse_xml(archive.read(name)))
        elif low.endswith(".xml"):
            root = parse_xml(archive.read(name))
            # the body may be called anything: what it is its first element says
            if name.startswith("word/") or str(root.tag).startswith(W):
                yield from _of_part(name, root)
        elif name.startswith(("word/embeddings/", "word/activeX/")):
            yield _sentence("встроенный объект", name.rpartition("/")[2])


def _of_relations(name: str, root: Any) -> Iterator[str]:
    place = place_of_part(name.replace("_rels/", ""))
    for each in root:
        if not isinstance(each.tag, str):
            continue
        kind = each.get("Type", "").rpartition("/")[2]
        if what := _RELATIONS.get(kind):
            yield _sentence(what, place)
        elif kind == "vbaProject":
            yield "В файле есть макросы: сохраните его как «Документ Word (.docx)»."
        elif each.get("TargetMode") == "External":
            target = each.get("Target", "")[:80]
            yield f"Ссылка наружу, {place}: «{target}». Уберите гиперссылку или связь с файлом."


def _of_part(name: str, root: Any) -> Iterator[str]:
    place = place_of_part(name)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = local_name(element)
        if element.tag in _REVISED:
            yield (
                f"Исправления не приняты, {where(element, place)}. В Word: «Рецензирование» → "
                "«Принять все исправления»."
            )
        elif element.tag == f"{W}comment" or tag == "commentReference":
            yield f"Примечание, {where(element, place)}. Удалите его."
        elif tag in _ELEMENTS:
            yield _sentence(_ELEMENTS[tag], where(element, place))
    yield from _of_fields(root, place)


def _of_fields(root: Any, place: str) -> Iterator[str]:
    """Yield what Word itself would put in, but for the number of a page."""
    typed: list[str] = []  # of the fields open here, the innermost last
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        tag = local_name(element)
        kind = element.get(f"{W}fldCharType")
        if tag == "fldSimple":
            yield from _of_code(element.get(f"{W}instr", ""), where(element, place))
        elif tag == "instrText":
            if typed:
                typed[-1] += element.text or ""
            else:
                yield from _of_code(element.text or "", where(element, place))
        elif kind == "begin":
            typed.append("")
        elif kind == "end" and typed:
            yield from _of_code(typed.pop(), where(element, place))


def _of_code(code: str, place: str) -> Iterator[str]:
    name = (code.split() or ["без имени"])[0]
    if name.upper() not in PAGES:
        yield f"Поле Word {name[:20]}, {place}. Остаться могут только номера страниц: впишите текст."


def where(element: Any, place: str) -> str:
    """Return where an element stands: the place, and how its paragraph begins."""
    own = next(element.iterancestors(f"{W}p"), None)
    if own is None:
        own = element if element.tag == f"{W}p" else next(element.iter(f"{W}p"), None)
    text = "" if own is None else "".join(each.text or "" for each in own.iter(f"{W}t")).strip()
    return f"{place}, «{text[:40]}»" if text else place


def _sentence(what: str, place: str) -> str:
    return f"{what[0].upper()}{what[1:]}, {place}: {_MENDED[what]}."
