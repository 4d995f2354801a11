"""The page of a paper and the styles of its paragraphs, by ГОСТ Р 7.0.97-2025."""

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt

from nastav.papers import looks

FONT: Final = "Times New Roman"
_STAMP: Final = 75  # mm: a stamp and the head of an appendix, at most 80
_AIR: Final = Pt(1.5)  # between a cell's text and its lines
_NAME_INDENT: Final = 1.5  # cm: a full name breaks into two even lines
_SPREAD: Final = 60  # twentieths of a point between the letters of «приказываю»: never spaces
# the schema's order: what may stand after these properties
_AFTER_SPREAD: Final = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:u", "w:lang")
_AFTER_GAP: Final = ("w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr")
_CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER
_LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT


@dataclass(frozen=True)
class Page:
    """A sheet of A4 and the size of its letters."""

    text: int  # points
    table: int
    left: int = 30  # mm; 20 for what is kept under ten years
    is_landscape: bool = False
    is_spaced: bool = False  # gaps between paragraphs

    @property
    def width(self) -> int:
        """Return how many mm there are between the margins."""
        return 297 - 20 - 10 if self.is_landscape else 210 - self.left - 10


def set_page(document: Document, page: Page) -> None:
    """Set size, margins and the page's number, in the middle of the top margin from the second page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(page.left), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    if page.is_landscape:
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin, section.bottom_margin = Mm(20), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def add_styles(document: Document, page: Page) -> None:
    """Make the styles that `looks` names."""
    _drop_tables(document)
    text, table = Pt(page.text), Pt(page.table)
    _set_normal(document, text)
    _add_head(document, text)
    _add_body(document, text, table, page)
    cell = _style(document, looks.CELL, table, _LEFT, after=_AIR)
    cell.paragraph_format.space_before = _AIR
    _style(document, looks.SIGN, text, _LEFT, keep=True)
    _style(document, looks.SEEN, Pt(12), _LEFT, keep=True)


def _drop_tables(document: Document) -> None:
    """Drop the hundred styles of tables that python-docx brings: a tenth of a paper's time was theirs."""
    styles: Any = document.styles
    for style in list(styles):
        is_ours = style.name in (looks.GRID, "Normal Table")
        if style.type == WD_STYLE_TYPE.TABLE and not is_ours:
            style.element.getparent().remove(style.element)


def _set_normal(document: Document, text: Length) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, text
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _add_head(document: Document, text: Length) -> None:
    """Add what stands above the text: who, what, when, where, about what."""
    _style(document, looks.LETTERHEAD, text, _CENTER, after=Pt(10))
    _style(document, looks.TITLE, text, _CENTER, bold=True, keep=True)
    head = min(text, Pt(13))
    name = _style(document, looks.ORGANISATION, head, _CENTER, bold=True)
    name.paragraph_format.left_indent = name.paragraph_format.right_indent = Cm(_NAME_INDENT)
    kind = _style(document, looks.KIND, Pt(16), _CENTER, bold=True, keep=True)
    kind.paragraph_format.space_before = kind.paragraph_format.space_after = Pt(12)
    _style(document, looks.NUMBER, text, _LEFT, after=Pt(6))
    _style(document, looks.PLACE, head, _CENTER)
    subject = _style(document, looks.SUBJECT, text, _CENTER, bold=True, keep=True, after=Pt(8))
    subject.paragraph_format.space_before = Pt(12)
    _join(subject)
    _style(document, looks.STAMP, head, _LEFT)


def _add_body(document: Document, text: Length, table: Length, page: Page) -> None:
    heading = _style(document, looks.HEADING, text, _LEFT, bold=True, keep=True)
    heading.paragraph_format.space_before = Pt(8)
    gap = Pt(3 if page.is_spaced else 0)
    own = _style(document, looks.TEXT, text, WD_ALIGN_PARAGRAPH.JUSTIFY, after=gap)
    own.paragraph_format.first_line_indent = Cm(1.25)
    own.paragraph_format.space_before = gap
    ordering = _style(document, looks.ORDERING, text, _LEFT, keep=True)
    spread = OxmlElement("w:spacing")
    spread.set(qn("w:val"), str(_SPREAD))
    ordering.element.get_or_add_rPr().insert_element_before(spread, *_AFTER_SPREAD)
    ordering.paragraph_format.space_before = ordering.paragraph_format.space_after = Pt(2)
    left = _style(document, looks.LEFT, text, _LEFT, after=Pt(3))
    left.paragraph_format.space_before = Pt(3)
    small = _style(document, looks.SMALL, table, _LEFT)
    small.paragraph_format.space_before = Pt(6)
    _join(small)
    for name, size, before in ((looks.RULED, text, 6), (looks.CAPTION, Pt(9), 0)):
        made = _style(document, name, size, _LEFT if before else _CENTER)
        made.paragraph_format.space_before = Pt(before)
    check = _style(document, looks.CHECK, text, _LEFT)
    check.paragraph_format.left_indent = Cm(0.75)
    check.paragraph_format.first_line_indent = Cm(-0.75)
    check.paragraph_format.tab_stops.add_tab_stop(Cm(0.75))
    _set_measures(document, page)


def _set_measures(document: Document, page: Page) -> None:
    """Set what depends on how wide the sheet is: the stamp's place, the ends of ruled lines."""
    styles: Any = document.styles
    styles[looks.STAMP].paragraph_format.left_indent = Mm(page.width - _STAMP)
    edge = Mm(page.width)
    right = WD_TAB_ALIGNMENT.RIGHT
    styles[looks.NUMBER].paragraph_format.tab_stops.add_tab_stop(edge, right)
    stops = styles[looks.RULED].paragraph_format.tab_stops
    stops.add_tab_stop(edge, right, WD_TAB_LEADER.LINES)


def _join(style: Any) -> None:
    """Paragraphs of this style that follow each other stand without a gap."""
    gap = OxmlElement("w:contextualSpacing")
    style.element.get_or_add_pPr().insert_element_before(gap, *_AFTER_GAP)


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
