"""Filling a template: `{поле}` anywhere, `{список.поле}` in a table's row, which is repeated per item.

No language beyond that: no conditions, no loops, no arithmetic. Runs that Word has split are joined; what
is put in is never read for fields again. A paragraph that its fields leave empty goes away, so a choice
between wordings is a field. One that is a field alone becomes several, where the value has `PARAGRAPH`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from nastav.late import late
from nastav.papers import looks, rows
from nastav.papers.cleaning import clean, forget_revisions

if TYPE_CHECKING:
    import docx
    from docx.document import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph
else:
    docx = late("docx")
    Document = late("docx.document", "Document")
    OxmlElement = late("docx.oxml", "OxmlElement")
    qn = late("docx.oxml.ns", "qn")
    Paragraph = late("docx.text.paragraph", "Paragraph")

_FIELD: Final = re.compile(r"\{\s*([а-яё0-9_]+(?:\.[а-яё0-9_]+)?)\s*\}")
_ANY: Final = re.compile(r"\{([^{}]*)\}")
_BRACE: Final = re.compile(r"[{}]")
_BREAK: Final = re.compile(r"([\t\n])")
_T: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
PARAGRAPH: Final = "\N{PARAGRAPH SEPARATOR}"  # in a value: what follows begins a paragraph
RULED: Final = "\N{LINE SEPARATOR}"  # a paragraph of a value that is a line to write on
_SEVERAL: Final = re.compile(f"[{PARAGRAPH}{RULED}]")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Item = Mapping[str, str]
ValueOf = Callable[[str], str]


@dataclass(frozen=True)
class Heading:
    """An item of a list that heads those after it: a row merged across the table, bold, centred."""

    text: str


class BadTemplate(ValueError):
    """A template that cannot be filled; the text says in Russian what and where."""


@dataclass(frozen=True)
class Data:
    """What a paper holds: its fields, and its lists with the fields of each item."""

    fields: Mapping[str, str]
    lists: Mapping[str, Sequence[Item | Heading]] = field(default_factory=dict)


def fill(template: bytes, data: Data, *, title: str, made_on: date) -> bytes:
    """Return the paper as a .docx; the same data gives the same bytes.

    Args:
        template: a .docx, ours or a district's.
        data: what is filled in.
        title: a property of the document; without a child's name.
        made_on: the day the paper is of, another property.

    Raises:
        BadTemplate: it names the field that is not known, or stands where it cannot be filled.
    """
    return fill_each(template, [data], title=title, made_on=made_on)


def fill_each(template: bytes, sheets: Sequence[Data], *, title: str, made_on: date) -> bytes:
    """Return one .docx of several sheets of a template, each of them beginning a page; as `fill` does.

    What stands in a header or footer is of the first sheet. Pages of several sheets are not numbered: one
    number over all of them would stand on papers that are handed out one by one.

    Raises:
        BadTemplate: as `fill`.
        ValueError: there is no sheet.
    """
    if not sheets:
        raise ValueError("a paper needs a sheet")
    document = docx.Document(BytesIO(template))
    forget_revisions(document)
    body = document.element.body
    blank = [part for part in body if part.tag != qn("w:sectPr")]
    for part in blank:
        _join(part)
    copies = [deepcopy(blank) for _ in sheets[1:]]
    last = body.find(qn("w:sectPr"))
    put = body.append if last is None else last.addprevious  # a template may have none
    _fill_parts(blank, sheets[0], document)
    for copy, data in zip(copies, sheets[1:], strict=True):
        for part in copy:
            put(part)
        _begin_page(_fill_parts(copy, data, document))
    _fill_margins(document, _reading(sheets[0]), is_one=len(sheets) == 1)
    return clean(document, title=title, made_on=made_on)


def _fill_parts(parts: Iterable[Any], data: Data, document: Document) -> list[Any]:
    """Fill what stands in a body: paragraphs and tables; return what is left of it."""
    value_of = _reading(data)
    left = []
    for part in parts:
        if part.tag == qn("w:tbl"):
            for row in list(part.tr_lst):
                _fill_row(row, data)
        elif part.tag == qn("w:p"):
            left += _fill_paragraph(part, value_of, document)
            continue
        left.append(part)
    return left


def _fill_paragraph(paragraph: Any, value_of: ValueOf, document: Document) -> list[Any]:
    """Fill a paragraph; return what is left of it: nothing, itself, or one for each of its value's."""
    alone = _FIELD.fullmatch("".join(each.text or "" for each in paragraph.iter(_T)).strip())
    value = value_of(alone[1]) if alone else ""
    if not _SEVERAL.search(value):
        if _put_values(paragraph, value_of) and not _has_more(paragraph):
            paragraph.getparent().remove(paragraph)
            return []
        return [paragraph]
    made = []
    for text in value.split(PARAGRAPH):
        copy = deepcopy(paragraph)
        paragraph.addprevious(copy)
        place = next(each for each in copy.iter(_T) if each.text and each.text.strip())
        _write(place, _ruled(copy, document) if text == RULED else text)
        made.append(copy)
    paragraph.getparent().remove(paragraph)
    for copy in made[:-1]:  # a long text may break: only its end stays with what follows
        Paragraph(copy, None).paragraph_format.keep_with_next = None  # type: ignore[arg-type]
    return made


def _ruled(paragraph: Any, document: Document) -> str:
    """Make a paragraph a line to write on, as the template's style has it; return its text."""
    known = (style.style_id for style in document.styles if style.name == looks.RULED)
    style = next(known, "")
    if not style:  # of a district's own template
        return looks.LINE * 5
    paragraph.style = style
    return "\t"


def _has_more(paragraph: Any) -> bool:
    """Tell whether there is text in a paragraph, or it holds a section's page."""
    has_text = any((each.text or "").strip() for each in paragraph.iter(_T))
    return has_text or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _begin_page(parts: Sequence[Any]) -> None:
    """Let a sheet begin a page; before a table a paragraph does it."""
    first = parts[0]
    if first.tag != qn("w:p"):
        first.addprevious(OxmlElement("w:p"))
        first = first.getprevious()
    Paragraph(first, None).paragraph_format.page_break_before = True  # type: ignore[arg-type]


def _fill_margins(document: Document, value_of: ValueOf, *, is_one: bool) -> None:
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            if part.is_linked_to_previous:
                continue
            for paragraph in part.paragraphs:
                _join(paragraph._p)
                _put_values(paragraph._p, value_of)
            if not is_one and not any(paragraph.text.strip() for paragraph in part.paragraphs):
                part.is_linked_to_previous = True  # held a page's number alone


def _fill_row(row: Any, data: Data) -> None:
    """Fill a row, or a copy of it for each item of the list that it names.

    The last copy goes with what stands below the table, where a signature must not stand alone.
    """
    text = "".join(each.text or "" for each in row.iter(_T))
    named = {name.partition(".")[0] for name in _FIELD.findall(text) if "." in name}
    if not named:
        _put_values(row, _reading(data))
        return
    if len(named) > 1:
        raise BadTemplate(f"В одной строке таблицы два списка: {', '.join(sorted(named))}.")
    name = named.pop()
    if name not in data.lists:
        raise BadTemplate(_unknown(name, data.lists))
    copy = None
    for item in data.lists[name]:
        copy = deepcopy(row)
        row.addprevious(copy)
        if isinstance(item, Heading):
            rows.make_heading(copy, _UNSEEN.sub("", item.text))
        else:
            _put_values(copy, _reading(data, name, item))
    if copy is not None and rows.is_held(row):
        rows.hold(copy)
    row.getparent().remove(row)


def _reading(data: Data, list_name: str = "", item: Item | None = None) -> ValueOf:
    """Return what gives the value of a field's name."""
    known = data.fields
    if item is not None:
        known = {**known, **{f"{list_name}.{name}": value for name, value in item.items()}}

    def value_of(name: str) -> str:
        if name not in known:
            owner = name.partition(".")[0]
            if item is None and "." in name and owner in data.lists:
                raise BadTemplate(
                    f"Поле {{{name}}} относится к списку: оно может стоять только в строке таблицы."
                )
            raise BadTemplate(_unknown(name, known))
        return _UNSEEN.sub("", known[name].replace("\r\n", "\n").replace("\r", "\n"))

    return value_of


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    advice = f": может быть, {{{near[0]}}}?" if near else "."
    return f"Поля {{{name}}} нет{advice}"


def _join(element: Any) -> None:
    """Let each field of every paragraph stand in one text, whatever runs Word has split it into."""
    for paragraph in element.iter(qn("w:p")):
        runs = Paragraph(paragraph, None).runs  # type: ignore[arg-type]
        texts = [run.text for run in runs]
        whole = "".join(texts)
        if "{" not in whole and "}" not in whole:
            continue
        found = [(hit.start(), hit.end(), hit[0]) for hit in _ANY.finditer(whole)]
        at = 0
        for run, own in zip(runs, texts, strict=True):
            first, at = at, at + len(own)
            text = _between(whole, first, at, found)
            is_split = any(_is_open(each.text or "") for each in run._r.iter(_T))
            if text != own or is_split:
                run.text = text


def _is_open(text: str) -> bool:
    return text.count("{") != text.count("}")


def _put_values(element: Any, value_of: ValueOf) -> bool:
    """Put values into the fields of what `_join` has made ready; tell whether there was a field."""
    found = [each for each in element.iter(_T) if each.text and _BRACE.search(each.text)]
    for each in found:
        _check_braces(each.text, value_of)
        _write(each, _FIELD.sub(lambda hit: _within(value_of(hit[1])), each.text))
    return bool(found)


def _within(value: str) -> str:
    """Return a value as it stands among other words: its paragraphs are lines there."""
    return value.replace(RULED, looks.LINE).replace(PARAGRAPH, "\n")


def _write(element: Any, text: str) -> None:
    """Put text into a `w:t`; tabs and line breaks become what Word has for them."""
    first, *more = _BREAK.split(text)
    element.text = first
    element.set(_SPACE, "preserve")
    for piece in more:
        if not piece:
            continue
        name = {"\t": "w:tab", "\n": "w:br"}.get(piece, "w:t")
        made = OxmlElement(name)
        if name == "w:t":
            made.text = piece
            made.set(_SPACE, "preserve")
        element.addnext(made)
        element = made


def _between(whole: str, first: int, end: int, found: list[tuple[int, int, str]]) -> str:
    """Return what of a paragraph's text belongs to the run that stood from one place to another."""
    pieces, at = [], first
    for start, stop, value in found:
        if stop <= first or start >= end:
            continue
        pieces.append(whole[at : max(at, start)])
        if start >= first:
            pieces.append(value)
        at = min(max(at, stop), end)
    return "".join([*pieces, whole[at:end]])


def _check_braces(whole: str, value_of: ValueOf) -> None:
    rest = _FIELD.sub("", whole)
    if (strange := _ANY.search(rest)) and strange[1].strip():
        value_of(strange[1].strip())  # says which field may have been meant
    if "{" in rest or "}" in rest:
        place = whole.strip()[:60]
        raise BadTemplate(f"Лишняя фигурная скобка: «{place}».")
