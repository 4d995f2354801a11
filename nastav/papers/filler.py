"""Filling a template: `{поле}` anywhere, `{список.поле}` in a table's row, which is repeated per item.

No language beyond that: no conditions, no loops, no arithmetic. Runs that Word has split are joined; what
is put in is never read for fields again. A paragraph that its fields leave empty goes away, so a choice
between wordings is a field.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from io import BytesIO
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from nastav.papers import rows
from nastav.papers.cleaning import clean

_FIELD: Final = re.compile(r"\{\s*([а-яё0-9_]+(?:\.[а-яё0-9_]+)?)\s*\}")
_ANY: Final = re.compile(r"\{([^{}]*)\}")
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
    document = docx.Document(BytesIO(template))
    for table in document.tables:
        for row in list(table._tbl.tr_lst):
            _fill_row(row, data)
    value_of = _reading(data)
    for paragraph in document.paragraphs:
        if _fill_paragraph(paragraph, value_of) and not paragraph.text.strip():
            paragraph._p.getparent().remove(paragraph._p)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            for paragraph in () if part.is_linked_to_previous else part.paragraphs:
                _fill_paragraph(paragraph, value_of)
    return clean(document, title=title, made_on=made_on)


def _fill_row(row: Any, data: Data) -> None:
    """Fill a row, or a copy of it for each item of the list that it names.

    The last copy goes with what stands below the table, where a signature must not stand alone.
    """
    text = "".join(Paragraph(each, None).text for each in _paragraphs(row))  # type: ignore[arg-type]
    named = {name.partition(".")[0] for name in _FIELD.findall(text) if "." in name}
    if not named:
        _fill_all(row, _reading(data))
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
            _fill_all(copy, _reading(data, name, item))
    if copy is not None and rows.is_held(row):
        rows.hold(copy)
    row.getparent().remove(row)


def _paragraphs(element: Any) -> list[Any]:
    return list(element.iter(qn("w:p")))


def _fill_all(element: Any, value_of: ValueOf) -> None:
    for each in _paragraphs(element):
        _fill_paragraph(Paragraph(each, None), value_of)  # type: ignore[arg-type]


def _reading(data: Data, list_name: str = "", item: Item | None = None) -> ValueOf:
    """Return what gives the value of a field's name."""
    known = dict(data.fields)
    if item is not None:
        known |= {f"{list_name}.{name}": value for name, value in item.items()}

    def value_of(name: str) -> str:
        if name not in known:
            owner = name.partition(".")[0]
            if item is None and "." in name and owner in data.lists:
                raise BadTemplate(
                    f"Поле {{{name}}} относится к списку: оно может стоять только в строке таблицы."
                )
            raise BadTemplate(_unknown(name, known))
        return _UNSEEN.sub("", known[name])

    return value_of


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    advice = f": может быть, {{{near[0]}}}?" if near else "."
    return f"Поля {{{name}}} нет{advice}"


def _fill_paragraph(paragraph: Paragraph, value_of: ValueOf) -> bool:
    """Put each value into the run in which its field begins; tell whether there was a field."""
    runs = paragraph.runs
    whole = "".join(run.text for run in runs)
    if "{" not in whole and "}" not in whole:
        return False
    _check_braces(whole, value_of)
    found = [(hit.start(), hit.end(), value_of(hit[1])) for hit in _FIELD.finditer(whole)]
    at = 0
    for run in runs:
        first, at = at, at + len(run.text)
        text = _between(whole, first, at, found)
        if text != run.text:
            run.text = text
    return bool(found)


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
