"""The filled document as blocks for a page and as plain text, so that all three say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from nastav.papers import looks

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
    for part in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            found += _table(part)
        elif part.text.strip() or _style_of(part) == looks.RULED:
            found.append(_paragraph(part))
    return found


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


def _paragraph(part: Paragraph) -> Block:
    kind = _KINDS.get(_style_of(part), "text")
    text, _, after = part.text.partition("\t") if kind == "number" else (part.text, "", "")
    if kind in ("check", "ruled"):
        text = text.replace("\t", " ").strip()
    return Block(kind, text, name=after, is_new_page=bool(part.paragraph_format.page_break_before))


def _style_of(paragraph: Paragraph) -> str:
    return (paragraph.style.name if paragraph.style else None) or ""


def _table(table: Table) -> list[Block]:
    if table.style is None or table.style.name != looks.GRID:
        return _signatures(table)
    rows = [_row(row) for row in table.rows]
    whole = [row for row in table.rows if len(row._tr.tc_lst) > 1] or list(table.rows)
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


def _signatures(table: Table) -> list[Block]:
    found = []
    for row in table.rows:
        texts = _row(row)
        if texts[1:2] != [looks.UNDER]:
            paragraph = row.cells[0].paragraphs[0]
            kind = "sign" if not texts[1:2] or not texts[1] else "signed"
            kind = "read" if _style_of(paragraph) == looks.SEEN else kind
            found.append(Block(kind, text=texts[0], name=texts[-1]))
    return found


def _row(row: _Row) -> list[str]:
    """Return the texts of a row's cells; a heading across the table is one."""
    if len(row._tr.tc_lst) == 1:
        return [_cell_text(row.cells[0])]
    return [_cell_text(cell) for cell in row.cells]


def _cell_text(cell: object) -> str:
    paragraphs: Sequence[Paragraph] = cell.paragraphs  # type: ignore[attr-defined]
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _is_bold(paragraph: Paragraph) -> bool:
    return any(run.bold for run in paragraph.runs)
