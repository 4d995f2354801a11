"""Tables of a district's own template on the page: any style of them is data, a signature is not."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from nastav.papers import builder, drawer
from nastav.papers.filler import Data, fill

DAY = date(2021, 1, 20)
SIGNED = "@ text 12, table 10\nТекст\n~ Директор | П. И. Гончаренко\n"


def drawn(columns: int, style: str | None, *, borders: bool = False) -> list[drawer.Block]:
    """Return the blocks of a document that holds one table of a head and a row."""
    document: Any = docx.Document()
    table = document.add_table(rows=2, cols=columns, style=style)
    for place, row in enumerate(table.rows):
        for number, cell in enumerate(row.cells):
            cell.text = f"{place}-{number}"
    if borders:
        lines = parse_xml(f'<w:tblBorders {nsdecls("w")}><w:top w:val="single"/></w:tblBorders>')
        table._tbl.tblPr.append(lines)
    return drawer.draw(saved(document))


def saved(document: Any) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("columns", "style", "borders"),
    [
        (3, "Table Grid", False),
        (2, "Light Grid Accent 1", False),
        (3, "Medium Shading 1", False),
        (3, None, True),
        (4, None, False),
        (8, None, False),
    ],
)
def test_a_table_of_any_style_is_data(columns: int, style: str | None, borders: bool) -> None:
    (block,) = drawn(columns, style, borders=borders)
    assert block.kind == "table"
    assert list(block.head) == [f"0-{number}" for number in range(columns)]
    assert [list(row) for row in block.rows] == [[f"1-{number}" for number in range(columns)]]
    assert len(block.rights) == columns


def test_few_columns_without_lines_are_a_signature() -> None:
    assert [block.kind for block in drawn(3, None)] == ["signed", "signed"]


def test_our_signature_is_one_whatever_lines_a_district_drew_around_it() -> None:
    made = fill(builder.build(SIGNED), Data({}), title="", made_on=DAY)
    document: Any = docx.Document(BytesIO(made))
    document.tables[0].style = "Table Grid"
    (_, block) = drawer.draw(saved(document))
    assert (block.kind, block.text, block.name) == ("sign", "Директор", "П. И. Гончаренко")


def test_what_stands_in_a_control_of_word_is_drawn_as_it_prints() -> None:
    document: Any = docx.Document()
    document.add_paragraph("До")
    control, held = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(held)
    inside = document.add_paragraph("Внутри")._p
    inside.addprevious(control)
    held.append(inside)
    document.add_paragraph("После")
    assert [block.text for block in drawer.draw(saved(document))] == ["До", "Внутри", "После"]


def test_a_cell_without_a_paragraph_and_an_odd_span_break_nothing() -> None:
    document: Any = docx.Document()
    table = document.add_table(rows=2, cols=4)
    cells = table.rows[1]._tr.tc_lst
    cells[0].remove(cells[0].p_lst[0])
    span = cells[1].get_or_add_tcPr().get_or_add_gridSpan()
    span.set(qn("w:val"), "99999999")
    (block,) = drawer.draw(saved(document))
    assert block.kind == "table"
    assert len(block.rights) < 100
