"""The filled document as blocks for a page and as plain text, so that all three say the same."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml.ns import qn

from nastav.papers import looks

Styles = Mapping[str, str]  # a style's id → its name
_KINDS = {
    looks.LETTERHEAD: "letterhead",
    looks.ORGANISATION: "organisation",
    looks.KIND: "kind",
    looks.NUMBER: "number",
    looks.PLACE: "place",
    looks.SUBJECT: "subject",
    looks.TITLE: "title",
    looks.HEADING: "heading",
    looks.ORDERING: "ordering",
    looks.LEFT: "left",
    looks.SMALL: "small",
    looks.CHECK: "check",
    looks.RULED: "ruled",
    looks.CAPTION: "caption",
    looks.STAMP: "stamp",
    looks.SIGN: "left",
    looks.SEEN: "seen",
}
# what is text in Word, and what it stands for; "" = what it holds
_TEXTS: Final = {qn("w:t"): "", qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
_STOPS: Final = qn("w:tabs")
_TOGETHER: Final = {
    "organisation",
    "title",
    "subject",
    "stamp",
    "check",
    "ruled",
}  # line under line
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BREAK, _TYPE = qn("w:br"), qn("w:type")
_CONTROL, _HELD, _VALUE = qn("w:sdt"), qn("w:sdtContent"), qn("w:val")
_STYLE: Final = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_SIDE: Final = f"{qn('w:pPr')}/{qn('w:jc')}"
_NEW_PAGE: Final = f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}"
_BOLD: Final = f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}"
_SPAN: Final = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"
_TABLE_STYLE: Final = f"{qn('w:tblPr')}/{qn('w:tblStyle')}"
_LINES: Final = f"{qn('w:tblPr')}/{qn('w:tblBorders')}"
_REPEATED: Final = f"{_ROW}/{qn('w:trPr')}/{qn('w:tblHeader')}"
_PLAIN: Final = ("", "Normal Table")  # styles of a table that draw no line
_SIGNATURE: Final = 3  # columns at most: post, line, name
_LANDSCAPE: Final = b'w:orient="landscape"'
_NUMBER: Final = b"PAGE"  # Word's field
_WIDEST: Final = 63  # columns of a table in Word


@dataclass(frozen=True)
class Block:
    """A part of a paper: a paragraph (its text), a table (its rows) or a signature (post and name).

    A row of one cell in a table of several is a heading across it.
    """

    kind: str  # one of those above, «text», «table», «sign», «signed» (no words under the line), «read»
    text: str = ""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    total: Sequence[str] = ()
    rights: Sequence[bool] = ()  # of a table's columns: whether it is of numbers
    name: str = ""  # who signs; «№ ____» of a number
    is_new_page: bool = False


@dataclass(frozen=True)
class Layout:
    """What the page of a paper is like."""

    is_landscape: bool
    is_numbered: bool  # from the second page; what is handed out sheet by sheet is not


def layout(content: bytes) -> Layout:
    """Return what the page of a filled document is like."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        heads = [name for name in archive.namelist() if name.startswith("word/header")]
        return Layout(
            is_landscape=_LANDSCAPE in archive.read("word/document.xml"),
            is_numbered=any(_NUMBER in archive.read(name) for name in heads),
        )


def draw(content: bytes) -> list[Block]:
    """Return the blocks of a filled document, from its top down.

    The XML is read as it is: python-docx's cells and paragraphs cost five times as much on 200 rows.
    """
    document = docx.Document(BytesIO(content))
    return _blocks(document.element.body, _names(document))


def _blocks(body: Any, styles: Styles) -> list[Block]:
    found: list[Block] = []
    for part in _parts(body):
        if part.tag == _TABLE:
            found += _table(part, styles)
            continue
        text = _said(part)
        if text.strip() or _style_of(part, styles) == looks.RULED:
            found.append(_paragraph(part, text, styles))
    return found


def _parts(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, those inside of controls of Word too: they are printed."""
    for part in body:
        if part.tag in (_P, _TABLE):
            yield part
        elif part.tag == _CONTROL:
            for held in part.iterchildren(_HELD):
                yield from _parts(held)


def _names(document: Document) -> Styles:
    """Return the names of styles by id: looked up for each paragraph they cost more than all the rest."""
    return {style.style_id: style.name or "" for style in document.styles}


def plain(blocks: Iterable[Block]) -> str:
    """Return a paper as text for a letter: a table's cells are parted by tabs, a signature's by a line."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        if before and not (block.kind == before and before in _TOGETHER):
            lines.append("")
        before = block.kind
        if block.kind == "table":
            rows = [block.head, *block.rows, *([block.total] if block.total else [])]
            lines += ["\t".join(row) for row in rows]
        elif block.kind in ("sign", "signed", "read"):
            lines.append(f"{block.text} {looks.LINE} {block.name}")
        elif block.kind == "ruled":
            lines.append(f"{block.text} {looks.LINE}".strip())
        else:
            lines.append(f"{block.text} {block.name}".rstrip())
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _paragraph(part: Any, whole: str, styles: Styles) -> Block:
    kind = _KINDS.get(_style_of(part, styles), "text")
    text, _, after = whole.partition("\t") if kind == "number" else (whole, "", "")
    if kind in ("check", "ruled"):
        text = text.replace("\t", " ").strip()
    return Block(kind, text, name=after, is_new_page=_begins_page(part))


def _begins_page(paragraph: Any) -> bool:
    """Tell whether a page begins here; LibreOffice and people say it with a break in the text."""
    breaks = paragraph.iter(_BREAK)
    return _is_on(paragraph.find(_NEW_PAGE)) or any(each.get(_TYPE) == "page" for each in breaks)


def _style_of(paragraph: Any, styles: Styles) -> str:
    return styles.get(_value(paragraph.find(_STYLE)), "")


def _table(table: Any, styles: Styles) -> list[Block]:
    every = [list(row.iterchildren(_CELL)) for row in table.iterchildren(_ROW)]
    every = [cells for cells in every if cells]
    if len(every) > 1 and len(every[-1]) == 1 and every[-1][0].find(_TABLE) is not None:
        (tail,) = every.pop()  # «Итого» and who signs
        return [*_drawn(table, every, styles), *_blocks(tail, styles)]
    return _drawn(table, every, styles)


def _drawn(table: Any, every: Sequence[Sequence[Any]], styles: Styles) -> list[Block]:
    if not every or _is_signature(table, every, styles):
        return _signatures(every, styles)
    rows = [_row(cells) for cells in every]
    # the last row that is no heading across the table says how the columns stand
    whole = [cells for cells in every if len(cells) > 1] or every
    firsts = [first for cell in whole[-1] for first in [cell.find(_P)] * _span(cell)]
    has_total = len(rows) > 1 and len(rows[-1]) == len(rows[0]) and _is_bold(firsts[0])
    rights = [
        first is not None and _value(first.find(_SIDE)) in ("right", "end") for first in firsts
    ]
    return [
        Block(
            "table",
            head=rows[0],
            rows=rows[1:-1] if has_total else rows[1:],
            total=rows[-1] if has_total else (),
            rights=rights + [False] * (max(map(len, rows)) - len(rights)),
        )
    ]


def _is_signature(table: Any, rows: Sequence[Sequence[Any]], styles: Styles) -> bool:
    """Tell whether a table is no data: few columns without lines, or what our texts sign with.

    A district's template may have any style of tables.
    """
    if max(sum(map(_span, cells)) for cells in rows) > _SIGNATURE:
        return False
    first = rows[0][0].find(_P)
    if first is not None and _style_of(first, styles) in (looks.SIGN, looks.SEEN):
        return True
    name = styles.get(_value(table.find(_TABLE_STYLE)), "")
    has_lines = table.find(_LINES) is not None or table.find(_REPEATED) is not None
    return name in _PLAIN and not has_lines


def _signatures(rows: Iterable[Sequence[Any]], styles: Styles) -> list[Block]:
    found = []
    for cells in rows:
        texts = _row(cells)
        paragraph = cells[0].find(_P)
        is_seen = paragraph is not None and _style_of(paragraph, styles) == looks.SEEN
        if is_seen and len(texts) == 1:
            found.append(Block("seen", text=texts[0]))
        elif texts[1:2] != [looks.UNDER]:
            kind = "sign" if not texts[1:2] or not texts[1] else "signed"
            found.append(Block("read" if is_seen else kind, text=texts[0], name=texts[-1]))
    return found


def _row(cells: Sequence[Any]) -> list[str]:
    """Return the texts of a row's cells; a heading across the table is one."""
    if len(cells) == 1:
        return [_cell_text(cells[0])]
    # a cell that is merged with its neighbours stands for each of them
    return [text for cell in cells for text in [_cell_text(cell)] * _span(cell)]


def _span(cell: Any) -> int:
    typed = _value(cell.find(_SPAN))
    return min(int(typed), _WIDEST) if typed.isdecimal() else 1


def _cell_text(cell: Any) -> str:
    return "\n".join(map(_said, cell.iterchildren(_P)))


def _said(paragraph: Any) -> str:
    return "".join(map(_text_of, paragraph.iter(*_TEXTS)))


def _text_of(element: Any) -> str:
    # where a tab leads to, not one; what begins a page, not a line
    if element.getparent().tag == _STOPS or element.get(_TYPE) == "page":
        return ""
    return _TEXTS[element.tag] or element.text or ""


def _is_bold(paragraph: Any) -> bool:
    return paragraph is not None and any(map(_is_on, paragraph.iterfind(_BOLD)))


def _is_on(mark: Any) -> bool:
    """Tell whether a property of Word stands and is not switched off."""
    return mark is not None and _value(mark) not in ("0", "false", "off")


def _value(element: Any) -> str:
    return "" if element is None else element.get(_VALUE, "")
