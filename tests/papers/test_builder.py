"""The grammar of a paper's text: each mark gives its part in Word, and the same part on the page."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from nastav.papers import builder, drawer, looks
from nastav.papers.drawer import Block
from nastav.papers.filler import Data, Heading, Item, fill

TEXT = """@ text 14, table 12
^^ {школа}
=! ПРИКАЗ
№
: ст-ца Калининская
# О рабочей группе
# в 2020/21 учебном году
Во исполнение приказа № 428
! приказываю:
1. Создать группу.
12) Вести учёт.
~~ Директор | П. И. Гончаренко
~: С приказом ознакомлен(а):
~. И. С. Мельник | дата ____
---
> Приложение
>№
# СОСТАВ
|= =10, 50, >40
| № | Имя | Баллы
|# Первые
| {дети.номер} | {дети.имя} | {дети.баллы}
- Итого: {итог}
~~ Школьный куратор | И. С. Мельник
---
< Слева
[] да
_ Адрес:
_
( (подпись)
"""
ITEMS: Sequence[Item | Heading] = [
    {"номер": "1", "имя": "Ёлкин", "баллы": "5"},
    Heading("Вторые {итог}"),
    {"номер": "2", "имя": "Щеглова", "баллы": "6"},
]


def made(text: str = TEXT) -> bytes:
    data = Data({"школа": "СОШ", "итог": "2"}, {"дети": ITEMS})
    return fill(builder.build(text), data, title="Приказ", made_on=date(2020, 12, 9))


def paragraph(text: str) -> Any:
    document: Any = docx.Document(BytesIO(made()))
    every = (Paragraph(each, document) for each in document.element.body.iter(qn("w:p")))
    return next(each for each in every if each.text == text)


def test_each_mark_is_a_part_of_the_page() -> None:
    blocks = drawer.draw(made())
    assert [(each.kind, each.text, each.name, each.is_new_page) for each in blocks] == [
        ("organisation", "СОШ", "", False),
        ("kind", "ПРИКАЗ", "", False),
        ("number", looks.DAY, looks.NO, False),
        ("place", "ст-ца Калининская", "", False),
        ("subject", "О рабочей группе", "", False),
        ("subject", "в 2020/21 учебном году", "", False),
        ("text", "Во исполнение приказа №\xa0428", "", False),
        ("ordering", "приказываю:", "", False),
        ("text", "1.\xa0Создать группу.", "", False),
        ("text", "12)\xa0Вести учёт.", "", False),
        ("signed", "Директор", "П. И. Гончаренко", False),
        ("seen", "С приказом ознакомлен(а):", "", False),
        ("read", "И. С. Мельник", "дата ____", False),
        ("stamp", "Приложение", "", True),
        ("stamp", f"{looks.DAY} {looks.NO}", "", False),
        ("subject", "СОСТАВ", "", False),
        ("table", "", "", False),
        ("small", "Итого: 2", "", False),
        ("signed", "Школьный куратор", "И. С. Мельник", False),
        ("left", "Слева", "", True),
        ("check", "☐ да", "", False),
        ("ruled", "Адрес:", "", False),
        ("ruled", "", "", False),
        ("caption", "(подпись)", "", False),
    ]


def test_a_heading_goes_across_its_table_and_is_never_read_again() -> None:
    table = next(block for block in drawer.draw(made()) if block.kind == "table")
    assert table.rows == [
        ["Первые"],
        ["1", "Ёлкин", "5"],
        ["Вторые {итог}"],
        ["2", "Щеглова", "6"],
    ]
    assert table.rights == [False, False, True]
    row = docx.Document(BytesIO(made())).tables[1].rows[3]
    (cell,) = row._tr.tc_lst
    assert cell.tcPr is not None
    assert cell.tcPr.gridSpan is not None
    assert cell.tcPr.gridSpan.get(qn("w:val")) == "3"
    assert row.cells[0].paragraphs[0].runs[0].bold is True
    assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next is True


def test_the_text_says_what_the_page_says() -> None:
    text = drawer.plain(drawer.draw(made()))
    assert "Первые\n1\tЁлкин\t5\nВторые {итог}\n2\tЩеглова\t6\n" in text
    assert "Директор ____________ П. И. Гончаренко" in text
    assert "О рабочей группе\nв 2020/21 учебном году\n" in text
    assert "Адрес: ____________\n____________\n" in text


def test_a_signature_holds_on_to_what_stands_above_it() -> None:
    """The last point before the first, the totals and the last row of the list before the second."""
    assert paragraph("12)\xa0Вести учёт.").paragraph_format.keep_with_next is True
    assert paragraph("Итого: 2").paragraph_format.keep_with_next is True
    rows = docx.Document(BytesIO(made())).tables[1].rows
    held = [row.cells[-1].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    # heading, heading, row, heading, the last row, and below it totals and signature as a row of theirs
    assert held == [True, True, None, True, True, True]
    (tail,) = rows[-1]._tr.tc_lst
    assert [each.tag for each in tail.iterchildren(qn("w:p"), qn("w:tbl"))] == [
        *[qn("w:p")] * 2,
        *[qn("w:tbl"), qn("w:p")],
    ]
    assert {each.get(qn("w:val")) for each in tail.tcPr.find(qn("w:tcBorders"))} == {"nil"}


def test_letters_are_parted_by_a_property_and_never_by_spaces() -> None:
    style = paragraph("приказываю:").style
    assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "60"


@pytest.mark.parametrize(
    ("sheet", "sizes"),
    [
        ("@ text 14, table 12", (210, 297, 30, 10, 20, 20)),
        ("@ text 14, table 12, left 20", (210, 297, 20, 10, 20, 20)),
        ("@ text 13, table 11, landscape", (297, 210, 20, 10, 20, 15)),
    ],
)
def test_the_sheet_is_as_the_first_line_says(sheet: str, sizes: tuple[int, ...]) -> None:
    text = f"{sheet}\n> УТВЕРЖДЕНА\n|: 40, 60\n| а | б\n"
    document = docx.Document(BytesIO(made(text)))
    (section,) = document.sections
    names = ("page_width", "page_height", "left_margin", "right_margin", "top_margin")
    found = [getattr(section, name) for name in (*names, "bottom_margin")]
    assert [round(length.mm) for length in found] == list(sizes)
    width = sizes[0] - sizes[2] - sizes[3]
    (table,) = document.tables
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(width), abs=1000)
    stamp: Any = document.styles[looks.STAMP]
    assert width - stamp.paragraph_format.left_indent.mm == pytest.approx(75, abs=0.1)  # at most 80


def test_a_table_that_ends_with_a_heading_has_no_totals() -> None:
    text = "@ text 12, table 10\n|: 50, >50\n| а | б\n| в | г\n|# Раздел\n"
    (block,) = drawer.draw(made(text))
    assert block == Block(
        "table", head=["а", "б"], rows=[["в", "г"], ["Раздел"]], rights=[False, True]
    )
