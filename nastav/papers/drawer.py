"""The filled document as blocks for a page and as plain text, so that all three say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

from nastav.papers import looks

_KINDS = {looks.LETTERHEAD: "letterhead", looks.TITLE: "title", looks.HEADING: "heading"}


@dataclass(frozen=True)
class Block:
    """A part of a paper: a paragraph (its text), a table (its rows) or a signature (post and name)."""

    kind: str  # letterhead, title, heading, text, table, sign
    text: str = ""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    total: Sequence[str] = ()
    rights: Sequence[bool] = ()  # of a table's columns: whether it is of numbers
    name: str = ""  # who signs


def draw(content: bytes) -> list[Block]:
    """Return the blocks of a filled document, from its top down."""
    found: list[Block] = []
    for part in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            found += _table(part)
        elif part.text.strip():
            found.append(
                Block(_KINDS.get(part.style.name if part.style else "", "text"), part.text)
            )
    return found


def plain(blocks: Iterable[Block]) -> str:
    """Return a paper as text for a letter: a table's cells are parted by tabs, a signature's by a line."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        if before and not (block.kind == before == "title"):
            lines.append("")
        before = block.kind
        if block.kind == "table":
            rows = [block.head, *block.rows, *([block.total] if block.total else [])]
            lines += ["\t".join(row) for row in rows]
        elif block.kind == "sign":
            lines.append(f"{block.text} ____________ {block.name}")
        else:
            lines.append(block.text)
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _table(table: Table) -> list[Block]:
    rows = [[_cell_text(cell) for cell in row.cells] for row in table.rows]
    if table.style is None or table.style.name != looks.GRID:
        return [Block("sign", text=row[0], name=row[-1]) for row in rows[::2]]
    firsts = [cell.paragraphs[0] for cell in table.rows[-1].cells]
    has_total = len(rows) > 1 and _is_bold(firsts[0])
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


def _cell_text(cell: object) -> str:
    paragraphs: Sequence[Paragraph] = cell.paragraphs  # type: ignore[attr-defined]
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _is_bold(paragraph: Paragraph) -> bool:
    return any(run.bold for run in paragraph.runs)
