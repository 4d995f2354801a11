"""The filled document as blocks for a page and as plain text, so that all three say the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

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
_TEXTS = {qn("w:t"): "", qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
_STOPS = qn("w:tabs")
_TOGETHER = {"organisation", "title", "subject", "stamp", "check", "ruled"}  # line under line


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


def draw(content: bytes) -> list[Block]:
    """Return the blocks of a filled document, from its top down."""
    found: list[Block] = []
    document = docx.Document(BytesIO(content))
    styles = _names(document)
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            found += _table(part, styles)
            continue
        text = _said(part._p)
        if text.strip() or _style_of(part, styles) == looks.RULED:
            found.append(_paragraph(part, text, styles))
    return found


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


def _paragraph(part: Paragraph, whole: str, styles: Styles) -> Block:
    kind = _KINDS.get(_style_of(part, styles), "text")
    text, _, after = whole.partition("\t") if kind == "number" else (whole, "", "")
    if kind in ("check", "ruled"):
        text = text.replace("\t", " ").strip()
    return Block(kind, text, name=after, is_new_page=bool(part.paragraph_format.page_break_before))


def _style_of(paragraph: Paragraph, styles: Styles) -> str:
    return styles.get(paragraph._p.style or "", "")


def _table(table: Table, styles: Styles) -> list[Block]:
    if styles.get(table._tbl.tblStyle_val or "", "") != looks.GRID:
        return _signatures(table, styles)
    every = list(table.rows)
    rows = [_row(row) for row in every]
    whole = [row for row in every if len(row._tr.tc_lst) > 1] or every
    firsts = [cell.paragraphs[0] for cell in whole[-1].cells]
    has_total = len(rows) > 1 and len(rows[-1]) == len(rows[0]) and _is_bold(firsts[0])
    body = rows[1:-1] if has_total else rows[1:]
    return [
        Block(
            "table",
            head=rows[0],
            rows=body,
            total=rows[-1] if has_total else (),
            rights=[each.alignment == WD_ALIGN_PARAGRAPH.RIGHT for each in firsts],
        )
    ]


def _signatures(table: Table, styles: Styles) -> list[Block]:
    found = []
    for row in table.rows:
        texts = _row(row)
        if texts[1:2] != [looks.UNDER]:
            paragraph = row.cells[0].paragraphs[0]
            kind = "sign" if not texts[1:2] or not texts[1] else "signed"
            kind = "read" if _style_of(paragraph, styles) == looks.SEEN else kind
            found.append(Block(kind, text=texts[0], name=texts[-1]))
    return found


def _row(row: _Row) -> list[str]:
    """Return the texts of a row's cells; a heading across the table is one."""
    cells = row._tr.tc_lst
    if len(cells) == 1:
        return [_cell_text(cells[0])]
    # a cell that is merged with its neighbours stands for each of them
    return [text for cell in cells for text in [_cell_text(cell)] * cell.grid_span]


def _cell_text(cell: Any) -> str:
    return "\n".join(map(_said, cell.p_lst))


def _said(paragraph: Any) -> str:
    return "".join(map(_text_of, paragraph.iter(*_TEXTS)))


def _text_of(element: Any) -> str:
    if element.getparent().tag == _STOPS:  # where a tab leads to, not one
        return ""
    return _TEXTS[element.tag] or element.text or ""


def _is_bold(paragraph: Paragraph) -> bool:
    return any(run.bold for run in paragraph.runs)
