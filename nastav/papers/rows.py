"""A table's row that goes across it, as a heading does: made alike by the builder and by the filler."""

from typing import TYPE_CHECKING, Any, Final

from nastav.late import late

if TYPE_CHECKING:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph
else:
    WD_ALIGN_PARAGRAPH = late("docx.enum.text", "WD_ALIGN_PARAGRAPH")
    qn = late("docx.oxml.ns", "qn")
    Paragraph = late("docx.text.paragraph", "Paragraph")

_ONE: Final = "1"


def make_heading(row: Any, text: str) -> None:
    """Merge a row's cells into one that says the text: bold, centred, never parted from the next row."""
    if row.trPr is not None:
        for height in row.trPr.findall(qn("w:trHeight")):
            row.trPr.remove(height)  # of rows to be filled by hand
    first = merge(row)
    for extra in first.p_lst[1:]:
        first.remove(extra)
    paragraph = Paragraph(first.p_lst[0], None)  # type: ignore[arg-type]
    run, *rest = paragraph.runs or [paragraph.add_run()]
    for each in rest:
        paragraph._p.remove(each._r)
    run.text, run.bold = text, True
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True


def merge(row: Any) -> Any:
    """Return the first cell of a row, which now goes across all of them."""
    first, *others = row.tc_lst
    properties = first.get_or_add_tcPr()
    span = sum(_span(cell) for cell in row.tc_lst)
    width = sum(_width(cell) for cell in row.tc_lst)
    for cell in others:
        row.remove(cell)
    properties.get_or_add_gridSpan().set(qn("w:val"), str(span))
    if properties.tcW is not None and width:
        properties.tcW.set(qn("w:w"), str(width))
    return first


def is_held(row: Any) -> bool:
    """Tell whether what stands below a row must not stand alone on a page: «Итого», a signature."""
    ends = row.getnext() is None
    below = row.getparent().getnext() if ends else row.getnext()
    paragraph = below if ends or below is None else below.find(f"{qn('w:tc')}/{qn('w:p')}")
    if paragraph is None or paragraph.tag != qn("w:p"):
        return False
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def hold(row: Any) -> None:
    """Never let a row be parted from what stands below it."""
    for paragraph in row.iter(qn("w:p")):
        Paragraph(paragraph, None).paragraph_format.keep_with_next = True  # type: ignore[arg-type]


def _span(cell: Any) -> int:
    properties = cell.tcPr
    found = None if properties is None else properties.gridSpan
    typed = _ONE if found is None else found.get(qn("w:val"), _ONE)
    return int(typed) if typed.isdecimal() else 1


def _width(cell: Any) -> int:
    properties = cell.tcPr
    found = None if properties is None or properties.tcW is None else properties.tcW.get(qn("w:w"))
    return int(found) if found and found.isdecimal() else 0  # «50%» is none
