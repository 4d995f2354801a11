"""Filling a template: what is put in comes out once and as it was, what cannot be filled is named."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav.papers import builder, drawer
from nastav.papers.filler import PARAGRAPH, RULED, BadTemplate, Data, fill

DAY = date(2020, 12, 9)
TEXT = """@ text 12, table 10
^ {школа}
= ПРИКАЗ
О чём: {о_чём}, {о_чём}

{пусто}
== Список
|: 50, >50
| Имя | Сколько
| {дети.имя} | {дети.сколько}
|* Итого | {итог}
~ {должность} | {имя}
"""
FIELDS = {
    "школа": "СОШ №5",
    "о_чём": "порядок",
    "пусто": "",
    "итог": "3",
    "должность": "Директор",
    "имя": "И. И. Иванов",
}
OURS = builder.build(TEXT)
CHILDREN = [{"имя": "Ёлкин", "сколько": "1"}, {"имя": "Щеглова", "сколько": "2"}]


def filled(template: bytes = b"", fields: dict[str, str] = FIELDS, items: object = None) -> bytes:
    lists = {"дети": CHILDREN if items is None else items}
    return fill(template or OURS, Data(fields, lists), title="Приказ", made_on=DAY)  # type: ignore[arg-type]


def test_fields_rows_totals_and_signers_are_filled() -> None:
    kinds = [(block.kind, block.text) for block in drawer.draw(filled())]
    assert kinds == [
        ("letterhead", "СОШ №5"),
        ("title", "ПРИКАЗ"),
        ("text", "О чём: порядок, порядок"),  # the paragraph that its field left empty is gone
        ("heading", "Список"),
        ("table", ""),
        ("sign", "Директор"),
    ]
    table = drawer.draw(filled())[4]
    assert table.head == ["Имя", "Сколько"]
    assert table.rows == [["Ёлкин", "1"], ["Щеглова", "2"]]
    assert table.total == ["Итого", "3"]
    assert table.rights == [False, True]


def test_text_says_what_the_page_says() -> None:
    text = drawer.plain(drawer.draw(filled()))
    assert "Ёлкин\t1\nЩеглова\t2\nИтого\t3\n" in text
    assert text.endswith("Директор ____________ И. И. Иванов\n")


printed = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc"), blacklist_characters="\x85\u2028\u2029\ufffe\uffff"
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=30)
@given(name=printed, about=printed)
def test_whatever_is_typed_is_printed_and_never_read_again(name: str, about: str) -> None:
    blocks = drawer.draw(
        filled(fields={**FIELDS, "о_чём": about}, items=[{"имя": name, "сколько": "{итог}"}])
    )
    assert blocks[2].text == f"О чём: {about}, {about}"
    table = next(block for block in blocks if block.kind == "table")
    assert table.rows == [[name, "{итог}"]]


def test_signs_that_no_xml_holds_are_left_out() -> None:
    blocks = drawer.draw(filled(fields={**FIELDS, "о_чём": "да\x00\x0b & <нет>"}))
    assert blocks[2].text == "О чём: да & <нет>, да & <нет>"


def test_runs_that_word_has_split_are_joined() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("Школа: {шк", "о", "ла}", "; ", "{", "итог", "}", "."):
        paragraph.add_run(piece).bold = piece == "о"
    made = BytesIO()
    document.save(made)
    assert drawer.draw(filled(made.getvalue()))[0].text == "Школа: СОШ №5; 3."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{школаа}", "Поля {школаа} нет: может быть, {школа}?"),
        ("{срок_I}", "Поля {срок_I} нет"),  # a Latin I
        (
            "{дети.имя}",
            "Поле {дети.имя} относится к списку: оно может стоять только в строке таблицы.",
        ),
        ("{школа", "Лишняя фигурная скобка: «{школа»."),
        ("{{школа}}", "Лишняя фигурная скобка"),
        ("| {дети.возраст}", "Поля {дети.возраст} нет"),
        ("| {дети.имя} {пары.имя}", "В одной строке таблицы два списка: дети, пары."),
        ("| {ребята.имя}", "Поля {ребята} нет"),
    ],
)
def test_what_cannot_be_filled_is_named(line: str, sentence: str) -> None:
    text = f"@ text 12, table 10\n{'|: 100' if line.startswith('|') else ''}\n{line}\n"
    with pytest.raises(BadTemplate) as refused:
        filled(builder.build(text))
    assert sentence in str(refused.value)


def test_the_same_data_gives_the_same_bytes_and_no_trace_of_anybody() -> None:
    made = filled()
    assert made == filled()
    own = docx.Document(BytesIO(made)).core_properties
    assert (own.author, own.last_modified_by, own.comments, own.title) == ("", "", "", "Приказ")
    assert own.created.date() == DAY if own.created else False
    with ZipFile(BytesIO(made)) as found:
        names = found.namelist()
        whole = b"".join(found.read(name) for name in names)
        assert {entry.date_time[0] for entry in found.infolist()} == {1980}
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert not [
        name for name in names if "thumbnail" in name or "app.xml" in name or "custom" in name
    ]
    assert b"rsid" not in whole
    tricky = drawer.draw(filled(fields={**FIELDS, "о_чём": ' w:rsidR="00AA"'}))[2].text
    assert tricky == 'О чём:  w:rsidR="00AA",  w:rsidR="00AA"'
    assert b"python-docx" not in whole


def test_a_long_list_costs_no_more_than_its_rows() -> None:
    items = [{"имя": f"Имя {n}", "сколько": str(n)} for n in range(200)]
    table = next(block for block in drawer.draw(filled(items=items)) if block.kind == "table")
    assert [row[1] for row in table.rows] == [str(n) for n in range(200)]


# --- a text of several paragraphs -------------------------------------------------------------------

ALONE = builder.build("@ text 12, table 10\n< Решили:\n{текст}\n~~ Директор | {имя}")
SEVERAL = {"имя": "И. И. Иванов", "текст": PARAGRAPH.join(("Первое {имя}", RULED, "Третье"))}


def test_a_field_alone_becomes_a_paragraph_for_each_of_its_value() -> None:
    found = filled(ALONE, SEVERAL)
    blocks = [(block.kind, block.text) for block in drawer.draw(found)]
    assert blocks == [
        ("left", "Решили:"),
        ("text", "Первое {имя}"),
        ("ruled", ""),
        ("text", "Третье"),
        ("signed", "Директор"),
    ]
    own = docx.Document(BytesIO(found)).paragraphs[1:4]
    held = [each.paragraph_format.keep_with_next for each in own]
    assert held == [None, None, True], "only its end stays with the signature"


def test_among_other_words_and_in_a_row_it_is_lines() -> None:
    text = "@ text 12, table 10\nРешили: {текст}\n|: 100\n| Что\n| {дети.имя} {текст}"
    blocks = drawer.draw(filled(builder.build(text), SEVERAL))
    line = "____________"
    assert blocks[0].text == f"Решили: Первое {{имя}}\n{line}\nТретье"
    assert blocks[1].rows[0] == [f"Ёлкин Первое {{имя}}\n{line}\nТретье"]


def test_a_template_without_our_lines_has_its_own() -> None:
    document = docx.Document()
    document.add_paragraph("{текст}")
    saved = BytesIO()
    document.save(saved)
    texts = [block.text for block in drawer.draw(filled(saved.getvalue(), SEVERAL))]
    assert texts == ["Первое {имя}", "_" * 60, "Третье"]
