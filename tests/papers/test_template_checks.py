"""Checks of templates that no planted fault of `test_inspection` reaches, each of them seen red."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.document import Document

from nastav.papers import builder, child, drawer, example, inspection, naming
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import Data, Heading, fill
from nastav.papers.kinds import COMMON
from tests.papers.test_inspection import BODY, TEAM, W, archive, in_body, linked, words
from tests.support.blanks import good, repacked, typed

DAY = date(2020, 12, 9)
COMMENTS = f"<w:comments {W}><w:comment><w:p>{words('Верно?')}</w:p></w:comment></w:comments>"
MORE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no types": (lambda: archive(word__document=b""), "не документ Word"),
    "no text": (lambda: archive(**{"[Content_Types].xml": b"<a/>"}), "не документ Word"),
    "bytes of ActiveX": (
        lambda: repacked(good(), more={"word/activeX/a.bin": b"\0"}),
        "Встроенный объект, a.bin",
    ),
    "macros under another name": (
        lambda: repacked(
            linked("vbaProject", "a.xml", outside=False), more={"word/a.xml": b"<a/>"}
        ),
        "макросы",
    ),
    "a comment that nothing refers to": (
        lambda: repacked(good(), more={"word/comments9.xml": COMMENTS.encode()}),
        "Примечание, примечания, «Верно?»",
    ),
    "a field of Word without its beginning": (
        lambda: in_body(f"<w:p>{words(' DATE ', tag='w:instrText')}</w:p>"),
        "Поле Word DATE",
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_a_planted_fault_is_named(name: str) -> None:
    make, sentence = MORE[name]
    found = inspection.faults(make(), TEAM)
    assert any(sentence in fault for fault in found), found


def test_no_more_than_twenty_are_named_at_once() -> None:
    spoiled = typed(lambda d: [d.add_paragraph(f"{{нет_{number}}}") for number in range(30)])
    assert len(inspection.faults(spoiled, TEAM)) == inspection.MOST == 20


def test_a_field_in_the_header_of_the_first_page_is_filled() -> None:
    def change(document: Document) -> None:
        document.sections[0].first_page_header.paragraphs[0].text = "{школа_кратко}"

    assert inspection.faults(typed(change), TEAM) == []


def test_a_name_typed_on_another_keyboard_is_known() -> None:
    assert naming.advice("cpoк_1", COMMON).endswith("может быть, {срок_1}?")


def test_an_example_shows_rows_that_differ() -> None:
    rows = example.data(TEAM).lists["группа"]
    assert [row["номер"] for row in rows] == ["1", "2", "3"]  # type: ignore[index]
    assert len({row["имя"] for row in rows}) == 3  # type: ignore[index]


@pytest.mark.parametrize("typed_width", ["x", "", "-1", "99999999999"])
def test_a_width_that_is_no_number_stops_no_paper(typed_width: str) -> None:
    """A paper may have a heading across its list, as the roadmap has."""
    span = f'<w:tcPr><w:gridSpan w:val="{typed_width}"/>'.encode()
    spoiled = repacked(
        good(), lambda name, part: part.replace(b"<w:tcPr>", span) if name == BODY else part
    )
    assert inspection.faults(spoiled, TEAM) == []
    kind = KINDS["team"]
    own = example.data(kind)
    lists = {name: [Heading("I"), *items] for name, items in own.lists.items()}
    assert drawer.draw(fill(spoiled, Data(own.fields, lists), title="", made_on=DAY))


def sheet_of(change: Callable[[Document], object]) -> bytes:
    """Return our template of the diplomas, a sheet for each, as somebody changed it."""
    document = docx.Document(io.BytesIO(builder.template("diploma")))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_what_each_sheet_has_of_its_own_stands_in_no_header() -> None:
    """All sheets have one header: everybody's would name the first."""
    kind = KINDS["diploma"]
    own = sheet_of(lambda d: d.sections[0].header.add_paragraph("{школа_кратко}"))
    assert inspection.faults(own, kind) == []
    (fault,) = inspection.faults(
        sheet_of(lambda d: d.sections[0].header.add_paragraph("{имя}")), kind
    )
    assert fault.startswith("Верхний колонтитул: {имя} на каждом листе своё")


def test_a_template_without_a_section_is_filled_for_each() -> None:
    bare = sheet_of(lambda d: d.element.body.remove(d.element.body.sectPr))
    assert inspection.faults(bare, KINDS["diploma"]) == []


def test_what_fails_in_the_child_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, key in ((ValueError, "broken"), (MemoryError, "bomb"), (RecursionError, "bomb")):

        def draw(_content: bytes, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(drawer, "draw", draw)
        assert child.answer("team", good()) == {"faults": [inspection.SENTENCES[key]]}
