"""Several sheets in one file: each begins a page and holds its own values; what a run splits is joined."""

from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from nastav.papers import builder
from nastav.papers.filler import BadTemplate, Data, fill, fill_each

DAY = date(2021, 1, 20)
TEMPLATE = builder.build("""@ text 12, table 10
^ {вверху}
= ПЛАН
Пара: {пара}
== Дела
|: 40, 60
| Срок | Что
| {дела.срок} | {дела.что}
~ {должность} | {имя}
""")


def sheet(number: int, top: str = "") -> Data:
    """Return the values of a sheet; the first paragraph goes away where `top` is empty."""
    lines = [{"срок": f"{day}.0{number}", "что": f"дело {number}-{day}"} for day in range(number)]
    own = {"вверху": top, "пара": f"№ {number}", "должность": "Директор", "имя": f"И. И. {number}"}
    return Data(own, {"дела": lines})


def body(content: bytes) -> list[object]:
    return list(docx.Document(BytesIO(content)).element.body)


def breaks(content: bytes) -> list[str]:
    """Return the paragraphs that begin a page, as text."""
    return [
        paragraph.text
        for paragraph in docx.Document(BytesIO(content)).paragraphs
        if paragraph.paragraph_format.page_break_before
    ]


def test_each_sheet_is_as_if_it_were_alone() -> None:
    sheets = [sheet(1), sheet(3), sheet(0), sheet(2)]
    together = fill_each(TEMPLATE, sheets, title="Планы", made_on=DAY)
    alone = [fill(TEMPLATE, each, title="Планы", made_on=DAY) for each in sheets]
    texts = ["".join(part.itertext()) for part in body(together)]  # type: ignore[attr-defined]
    assert texts == [
        "".join(part.itertext())  # type: ignore[attr-defined]
        for content in alone
        for part in body(content)
        if part.tag != qn("w:sectPr")  # type: ignore[attr-defined]
    ] + [""]
    assert breaks(together) == ["ПЛАН"] * 3  # and not the first


def test_page_begins_where_the_first_line_is_left_empty_and_where_it_is_not() -> None:
    content = fill_each(TEMPLATE, [sheet(1), sheet(1, "Школа"), sheet(1)], title="", made_on=DAY)
    assert breaks(content) == ["Школа", "ПЛАН"]


def test_sheet_that_begins_with_a_table_begins_a_page() -> None:
    template = builder.build("@ text 12, table 10\n|: 100\n| Имя\n| {имя}\n")
    content = fill_each(template, [Data({"имя": name}) for name in "АБ"], title="", made_on=DAY)
    assert breaks(content) == [""]
    assert [table.cell(1, 0).text for table in docx.Document(BytesIO(content)).tables] == ["А", "Б"]


def test_pages_of_several_sheets_are_not_numbered() -> None:
    def numbers(content: bytes) -> int:
        header = docx.Document(BytesIO(content)).sections[0].header
        return 0 if header.is_linked_to_previous else len(header._element.findall(f".//{_FIELD}"))

    assert numbers(fill_each(TEMPLATE, [sheet(1)], title="", made_on=DAY)) == 1
    assert numbers(fill_each(TEMPLATE, [sheet(1), sheet(2)], title="", made_on=DAY)) == 0


_FIELD = qn("w:fldSimple")


def test_same_sheets_give_the_same_bytes_and_none_is_refused() -> None:
    sheets = [sheet(2), sheet(1)]
    first, second = (fill_each(TEMPLATE, sheets, title="а", made_on=DAY) for _ in range(2))
    assert first == second
    with pytest.raises(ValueError, match="sheet"):
        fill_each(TEMPLATE, [], title="а", made_on=DAY)


def split(text: str, *, within: bool) -> bytes:
    """Return a document whose table holds a text in pieces: of runs, or of one run's texts."""
    document = docx.Document()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    run = paragraph.add_run("")
    for piece in text.split("|"):
        if within:
            run._r.add_t(piece)
        else:
            paragraph.add_run(piece)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("within", [True, False])
def test_field_of_a_row_is_joined_however_it_is_split(within: bool) -> None:
    template = split("а {де|ла.|срок} б {дела.|что}.", within=within)
    content = fill(template, sheet(2), title="", made_on=DAY)
    rows = docx.Document(BytesIO(content)).tables[0].rows
    assert [row.cells[0].text for row in rows] == ["а 0.02 б дело 2-0.", "а 1.02 б дело 2-1."]
    with pytest.raises(BadTemplate, match=r"\{дела.срог\}.*\{дела.срок\}"):
        fill(split("{де|ла.срог}", within=within), sheet(1), title="", made_on=DAY)
    with pytest.raises(BadTemplate, match=r"\{abc\}"):
        fill(split("{a|bc}", within=within), sheet(1), title="", made_on=DAY)


def test_breaks_and_braces_of_a_value_stay() -> None:
    template = split("1|{пара}", within=False)
    value = "а\tб\nв\r\nг {пара}\x00 «д» & <е>  ё"
    content = fill(template, Data({"пара": value}), title="", made_on=DAY)
    cell = docx.Document(BytesIO(content)).tables[0].cell(0, 0)
    assert cell.text == "1а\tб\nв\nг {пара} «д» & <е>  ё"
