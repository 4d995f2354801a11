"""A template in Word built of a text file: our own papers, a line a paragraph, diffable.

The text's marks, at the beginning of a line: `@` sizes in points, `^` letterhead, `=` title, `==` heading
of a table, `|:` widths of its columns in per cent (`>` aligns right), `|` a row, the first of them the
heading, `|*` a row of totals, `~` who signs (post | name); any other line is a paragraph. Fields and lists
stay as they are: `filler` fills ours and those of a district alike.

The look is that of ГОСТ Р 7.0.97-2025: A4, margins 30, 10, 20 and 20 mm, Times New Roman, a page's number
in the middle of the top margin from the second page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt
from docx.table import Table, _Cell

from nastav.papers import looks

TEXTS: Final = Path(__file__).with_name("texts")
FONT: Final = "Times New Roman"
_SIZES: Final = re.compile(r"@ text (\d+), table (\d+)")
_WIDTH: Final = 170  # mm between the margins
_SIGN_WIDTHS: Final = (46, 24, 30)  # per cent: post, line, name


@dataclass
class _Rows:
    """A table of the text, as far as it was read."""

    widths: list[int] = field(default_factory=list)
    rights: list[bool] = field(default_factory=list)
    rows: list[tuple[list[str], bool]] = field(default_factory=list)  # cells, whether a total


@cache
def template(name: str) -> bytes:
    """Return our own template of a paper, by the name of its text; built once."""
    return build((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


def build(text: str) -> bytes:
    """Return the .docx of a text."""
    lines = [line.strip() for line in text.splitlines()]
    sizes = _SIZES.fullmatch(lines[0])
    if not sizes:
        raise ValueError("a paper's text begins with «@ text 14, table 12»")
    document = docx.Document()
    _set_page(document)
    _set_styles(document, Pt(int(sizes[1])), Pt(int(sizes[2])))
    for mark, together in groupby([line for line in lines[1:] if line], key=_mark_of):
        if mark == "|":
            _add_table(document, _read_rows(together))
        elif mark == "~":
            _add_signatures(document, [_cells(line[1:]) for line in together])
        else:
            for line in together:
                _add_paragraph(document, line)
    _let_go(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _let_go(document: Document) -> None:
    """All signatures hold together, and on to what stands above; the last line holds on to nothing."""
    last = document.tables[-1].rows[-1] if document.tables else None
    for cell in last.cells if last is not None else ():
        cell.paragraphs[0].paragraph_format.keep_with_next = False


def _mark_of(line: str) -> str:
    """Return what makes several lines one table."""
    return line[0] if line[0] in "|~" else ""


def _add_paragraph(document: Document, line: str) -> None:
    for mark, style in (("==", looks.HEADING), ("=", looks.TITLE), ("^", looks.LETTERHEAD)):
        if line.startswith(f"{mark} "):
            document.add_paragraph(line[len(mark) :].strip(), style=style)
            return
    document.add_paragraph(line, style=looks.TEXT)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _read_rows(lines: Iterable[str]) -> _Rows:
    table = _Rows()
    for line in lines:
        if line.startswith("|:"):
            widths = [width.strip() for width in line[2:].split(",")]
            table.rights = [width.startswith(">") for width in widths]
            table.widths = [int(width.lstrip(">")) for width in widths]
        else:
            is_total = line.startswith("|*")
            table.rows.append((_cells(line[2:] if is_total else line[1:]), is_total))
    return table


# --- the page ---------------------------------------------------------------------------------------


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page = OxmlElement("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    number._p.append(page)


def _set_styles(document: Document, text: Length, table: Length) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, text
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    center, justify = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, looks.LETTERHEAD, text, center, after=Pt(10))
    _style(document, looks.TITLE, text, center, bold=True, keep=True)
    heading = _style(document, looks.HEADING, text, WD_ALIGN_PARAGRAPH.LEFT, bold=True, keep=True)
    heading.paragraph_format.space_before = Pt(8)
    own = _style(document, looks.TEXT, text, justify, after=Pt(3))
    own.paragraph_format.first_line_indent = Cm(1.25)
    own.paragraph_format.space_before = Pt(3)
    _style(document, looks.CELL, table, WD_ALIGN_PARAGRAPH.LEFT)
    _style(document, looks.SIGN, text, WD_ALIGN_PARAGRAPH.LEFT, keep=True)


def _style(
    document: Document,
    name: str,
    size: Length,
    alignment: WD_ALIGN_PARAGRAPH,
    *,
    bold: bool = False,
    keep: bool = False,
    after: Length | None = None,
) -> Any:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = size, bold
    style.paragraph_format.alignment = alignment
    style.paragraph_format.keep_with_next = keep
    style.paragraph_format.space_after = after or Pt(0)
    return style


# --- tables -----------------------------------------------------------------------------------------


def _add_table(document: Document, found: _Rows) -> None:
    made = document.add_table(rows=0, cols=len(found.widths), style=looks.GRID)
    _set_widths(made, found.widths)
    for place, (cells, is_total) in enumerate(found.rows):
        row = made.add_row()
        _mark(row._tr, "w:cantSplit")
        if place == 0:
            _mark(row._tr, "w:tblHeader")
        for cell, text, width, is_right in zip(
            row.cells, cells, found.widths, found.rights, strict=True
        ):
            cell.width = Mm(_WIDTH * width / 100)
            paragraph = cell.paragraphs[0]
            paragraph.style = looks.CELL
            paragraph.add_run(text).bold = place == 0 or is_total or None
            paragraph.paragraph_format.keep_with_next = is_total or place == 0 or None
            if is_right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _add_signatures(document: Document, signers: Sequence[Sequence[str]]) -> None:
    """Each signer's post, a line, the name, «(подпись)» under it: one table, so that all hold together."""
    document.add_paragraph(style=looks.SIGN)
    made = document.add_table(rows=0, cols=len(_SIGN_WIDTHS))
    for post, name in signers:
        line = _sign_row(made, (post, "", name))
        _draw_line(line[1])
        under = _sign_row(made, ("", looks.UNDER, ""))[1].paragraphs[0]
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER
        under.runs[0].font.size = Pt(8)
        under.paragraph_format.space_after = Pt(8)
    _set_widths(made, _SIGN_WIDTHS)


def _sign_row(table: Table, texts: Sequence[str]) -> Sequence[_Cell]:
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    cells: Sequence[_Cell] = row.cells
    _mark(row._tr, "w:cantSplit")
    for cell, text, width in zip(cells, texts, _SIGN_WIDTHS, strict=True):
        cell.width = Mm(_WIDTH * width / 100)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        paragraph = cell.paragraphs[0]
        paragraph.style = looks.SIGN
        paragraph.add_run(text)
    return cells


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(_WIDTH * width / 100)


def _draw_line(cell: _Cell) -> None:
    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def _mark(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
