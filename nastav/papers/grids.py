"""The tables of a paper: data with lines around it, and signatures without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from nastav.papers import looks, rows
from nastav.papers.styles import Page

_SIGN_WIDTHS: Final = (46, 24, 30)  # per cent: post, line, name
_BY_HAND: Final = Mm(7)  # of a row that is filled with a pen
_THIN: Final = Pt(1)  # of a line that only Word needs
_ALIGNMENTS: Final = {">": WD_ALIGN_PARAGRAPH.RIGHT, "=": WD_ALIGN_PARAGRAPH.CENTER}


@dataclass
class Grid:
    """A table of the text, as far as it was read."""

    widths: list[int] = field(default_factory=list)  # per cent
    sides: list[str] = field(
        default_factory=list
    )  # of each column: "", ">" to the right, "=" centred
    is_head_centred: bool = False
    rows: list[tuple[str, list[str]]] = field(default_factory=list)  # mark, cells


def read(lines: Iterable[str]) -> Grid:
    """Return the table that lines beginning with «|» say."""
    table = Grid()
    for line in lines:
        mark = line[1:2]
        if mark in (":", "="):
            table.is_head_centred = mark == "="
            widths = [width.strip() for width in line[2:].split(",")]
            table.sides = [width[0] if width[0] in _ALIGNMENTS else "" for width in widths]
            table.widths = [int(width.lstrip(">=")) for width in widths]
        elif mark in ("*", "#", "_"):
            table.rows.append((mark, cells_of(line[2:])))
        else:
            table.rows.append(("", cells_of(line[1:])))
    return table


def cells_of(line: str) -> list[str]:
    """Return the texts between «|»."""
    return [cell.strip() for cell in line.split("|")]


def add(document: Document, page: Page, found: Grid) -> Table:
    """Return a table of data, added: its first row repeats on each page, no row breaks."""
    made: Table = document.add_table(rows=0, cols=len(found.widths), style=looks.GRID)
    _set_widths(made, page, found.widths)
    for place, (mark, cells) in enumerate(found.rows):
        row: Any = made.add_row()  # type: ignore[no-untyped-call]
        _mark(row._tr, "w:cantSplit")
        if place == 0:
            _mark(row._tr, "w:tblHeader")
        texts = cells if mark != "#" else cells + [""] * (len(found.widths) - 1)
        for cell, text, width, side in zip(
            row.cells, texts, found.widths, found.sides, strict=True
        ):
            cell.width = Mm(page.width * width / 100)
            paragraph = cell.paragraphs[0]
            paragraph.style = looks.CELL
            paragraph.add_run(text).bold = place == 0 or mark == "*" or None
            paragraph.paragraph_format.keep_with_next = mark == "*" or place == 0 or None
            centred = "=" if place == 0 and found.is_head_centred else ""
            paragraph.alignment = _ALIGNMENTS.get(centred or side)
        if mark == "#":
            rows.make_heading(row._tr, cells[0])
        elif mark == "_":
            row.height, row.height_rule = _BY_HAND, WD_ROW_HEIGHT_RULE.AT_LEAST
    return made


def add_tail(table: Table, page: Page, total: str, signers: Sequence[str]) -> None:
    """Add «Итого» and who signs to a table as its last row, without lines around it.

    LibreOffice parts the last row of a table that began pages ago from what stands below it, whatever
    their paragraphs say; a row it never parts from the row before.
    """
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row._tr, "w:cantSplit")
    properties = rows.merge(row._tr).get_or_add_tcPr()
    properties.append(_sides("w:tcBorders", "left", "bottom", "right", val="nil"))
    properties.append(_sides("w:tcMar", "left", "right", w="0", type="dxa"))
    cell = row.cells[0]
    first = cell.paragraphs[0]
    if total:
        first.style = looks.SMALL
        first.add_run(total)
    else:
        first.paragraph_format.line_spacing = _THIN
    first.paragraph_format.keep_with_next = True
    add_signatures(cell, page, signers)
    cell.paragraphs[-1].paragraph_format.line_spacing = _THIN  # a cell never ends with a table


def add_signatures(document: Document | _Cell, page: Page, lines: Sequence[str]) -> None:
    """Add those who sign and those who have read it: all of them hold together and on to what stands above.

    `~ post | name` has «(подпись)» under its line, `~~` has not; `~.` is smaller, `~:` a line above it.
    """
    document.add_paragraph(style=looks.SIGN)
    if not lines[0].startswith("~ "):
        spacer = document.paragraphs[-1]
        spacer.paragraph_format.keep_with_next = True  # said here too: the filler looks for it
        spacer.paragraph_format.space_before = Pt(8)
    made = document.add_table(rows=0, cols=len(_SIGN_WIDTHS))
    _set_widths(made, page, _SIGN_WIDTHS)
    _set_flush(made, lines[0])
    for line in lines:
        if line.startswith("~:"):
            _add_above(made, page, line[2:].strip())
        elif line.startswith("~ "):
            _add_underlined(made, page, cells_of(line[1:]))
        else:
            _add_signer(made, page, cells_of(line[2:]), is_small=line.startswith("~."))
    for cell in made.rows[-1].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = False


def _add_above(table: Table, page: Page, text: str) -> None:
    """Add what is said of those who follow: a row, for rows hold together and tables do not."""
    _sign_row(table, page, ("", "", ""))
    rows.merge(table.rows[-1]._tr)
    above = table.rows[-1].cells[0].paragraphs[0]
    above.style = looks.SEEN
    above.add_run(text)
    above.paragraph_format.space_before = above.paragraph_format.space_after = Pt(14)


def _add_underlined(table: Table, page: Page, signer: Sequence[str]) -> None:
    line = _sign_row(table, page, (signer[0], "", signer[1]))
    _draw_line(line[1])
    under = _sign_row(table, page, ("", looks.UNDER, ""))[1].paragraphs[0]
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under.runs[0].font.size = Pt(8)
    under.paragraph_format.space_after = Pt(8)


def _add_signer(table: Table, page: Page, signer: Sequence[str], *, is_small: bool) -> None:
    cells = _sign_row(table, page, (signer[0], looks.LINE, signer[1]))
    for cell, alignment in zip(
        cells, (None, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT), strict=True
    ):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = alignment
        paragraph.paragraph_format.space_after = Pt(10)
        if is_small:
            paragraph.style = looks.SEEN


def _sign_row(table: Table, page: Page, texts: Sequence[str]) -> Sequence[_Cell]:
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    cells: Sequence[_Cell] = row.cells
    _mark(row._tr, "w:cantSplit")
    for cell, text, width in zip(cells, texts, _SIGN_WIDTHS, strict=True):
        cell.width = Mm(page.width * width / 100)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        paragraph = cell.paragraphs[0]
        paragraph.style = looks.SIGN
        paragraph.add_run(text)
    return cells


def _set_widths(table: Table, page: Page, widths: Sequence[int]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(page.width * width / 100)


def _set_flush(table: Table, line: str) -> None:
    """Begin and end a signature where the text does; that with «(подпись)» stands as in the справка."""
    if line.startswith("~ "):
        return
    margins = _sides("w:tblCellMar", "left", "right", w="0", type="dxa")
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _draw_line(cell: _Cell) -> None:
    line = _sides("w:tcBorders", "bottom", val="single", sz="4", space="0", color="auto")
    cell._tc.get_or_add_tcPr().append(line)


def _sides(name: str, *sides: str, **values: str) -> Any:
    """Return what says the same of several sides of a cell."""
    made: Any = OxmlElement(name)
    for side in sides:
        one: Any = OxmlElement(f"w:{side}")
        for key, value in values.items():
            one.set(qn(f"w:{key}"), value)
        made.append(one)
    return made


def _mark(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
