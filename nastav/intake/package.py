"""Writes the package of an .xlsx anew, with the few parts that openpyxl needs, named as it expects.

1С spells part names otherwise than its own list of parts, some programs part folders by «\\», Excel saves
«Strict Open XML» with other namespaces, and an empty fill or a broken name stops openpyxl altogether.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring, tostring

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _LINKS.encode()),
)
_XML = (".xml", ".rels")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?/>")  # a border and nothing else
# what `load_workbook` looks at of the sheets' names and of their order; not defined names, links, pivots
_OF_BOOK = ("workbookPr", "sheets")
_KINDS = {"worksheet": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings"}


def rewritten(content: bytes) -> bytes:
    """Return the package with plain part names, transitional namespaces, no empty cells, bare styles.

    Raises:
        Exception: any, where the package cannot be read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # by their endings those are known that were inspected as XML
        names = {_plain(name): name for name in archive.namelist() if _plain(name).endswith(_XML)}
        parts = _Parts(archive, names)
        book = _book_part(parts)
        return _packed(parts, book)


class _Parts:
    """The parts of a package by their plain names."""

    def __init__(self, archive: zipfile.ZipFile, names: Mapping[str, str]) -> None:
        self._archive, self._names = archive, names

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        part = self._archive.read(self._names[name])
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
        return part

    def relations(self, name: str) -> list[tuple[str, str, str]]:
        """Return id, kind and plain name of all that a part refers to."""
        folder, _, base = name.rpartition("/")
        of_it = _plain(f"{folder}/_rels/{base}.rels")
        if of_it not in self:
            return []
        return [
            (
                element.get("Id", ""),
                _kind(element),
                _plain(_absolute(folder, element.get("Target", ""))),
            )
            for element in fromstring(self.read(of_it))  # noqa: S314 - inspected: no entities
            if element.get("TargetMode") != "External"
        ]


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _kind(relation: Element) -> str:
    return relation.get("Type", "").rpartition("/")[2]


def _absolute(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target
    steps: list[str] = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _book_part(parts: _Parts) -> str:
    found = (name for _, kind, name in parts.relations("") if kind == "officeDocument")
    return next((name for name in found if name in parts), "xl/workbook.xml")


def _packed(parts: _Parts, book: str) -> bytes:
    written: dict[str, bytes] = {"xl/workbook.xml": _bare_book(parts.read(book))}
    types, links = [("xl/workbook.xml", "sheet.main")], []
    for number, (key, kind, name) in enumerate(parts.relations(book)):
        target = "styles.xml" if kind == "styles" else f"part{number}.xml"  # openpyxl asks no list
        links.append((key, kind, target))
        if kind in _KINDS and name in parts:
            written[f"xl/{target}"] = _part(kind, parts.read(name))
            types.append((f"xl/{target}", _KINDS[kind]))
    written["[Content_Types].xml"] = _types(types)
    written["xl/_rels/workbook.xml.rels"] = _links(links)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target_file:
        for name, part in written.items():
            target_file.writestr(name, part)
    return file.getvalue()


def _part(kind: str, part: bytes) -> bytes:
    if kind == "worksheet":
        return _EMPTY_CELL.sub(b"", part)
    return _bare_styles(part) if kind == "styles" else part


def _bare_book(part: bytes) -> bytes:
    book = fromstring(part)  # noqa: S314
    if book.find(f"{{{MAIN}}}sheets") is None:
        raise ValueError("no workbook")
    for child in list(book):
        if child.tag.rpartition("}")[2] not in _OF_BOOK:
            book.remove(child)
    return tostring(book)


def _bare_styles(part: bytes) -> bytes:
    """Only what tells a date from a number: the formats, and which of them each style has."""
    source, space = fromstring(part), {"m": MAIN}  # noqa: S314
    styles = Element(f"{{{MAIN}}}styleSheet")
    styles.extend(source.findall("m:numFmts", space))
    for name, child in (("fonts", "font"), ("fills", "fill"), ("borders", "border")):
        inside = Element(f"{{{MAIN}}}{child}")
        if child == "fill":
            inside.append(Element(f"{{{MAIN}}}patternFill"))
        styles.append(_list(name, inside))
    styles.append(_list("cellStyleXfs", Element(f"{{{MAIN}}}xf")))
    formats = [element.get("numFmtId", "0") for element in source.findall("m:cellXfs/m:xf", space)]
    of_cells = [Element(f"{{{MAIN}}}xf", {"numFmtId": text}) for text in formats or ["0"]]
    styles.append(_list("cellXfs", *of_cells))
    usual = {"name": "Normal", "xfId": "0", "builtinId": "0"}
    styles.append(_list("cellStyles", Element(f"{{{MAIN}}}cellStyle", usual)))
    return tostring(styles)


def _list(name: str, *children: Element) -> Element:
    found = Element(f"{{{MAIN}}}{name}")
    found.extend(children)
    return found


def _types(types: list[tuple[str, str]]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = Element(f"{{{space}}}Types")
    for name, kind in types:
        attributes = {"PartName": f"/{name}", "ContentType": f"{_TYPE}.{kind}+xml"}
        root.append(Element(f"{{{space}}}Override", attributes))
    return tostring(root)


def _links(links: list[tuple[str, str, str]]) -> bytes:
    root = Element(f"{{{_RELATIONS}}}Relationships")
    for key, kind, target in links:
        attributes = {"Id": key, "Type": f"{_LINKS}/{kind}", "Target": target}
        root.append(Element(f"{{{_RELATIONS}}}Relationship", attributes))
    return tostring(root)
