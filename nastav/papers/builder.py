"""A template in Word built of a text file: our own papers, a line a paragraph, diffable.

The first line is the sheet: `@ text 14, table 12`, then `, left 20`, `, landscape`, `, spaced` (gaps
between paragraphs). A mark at the beginning of a line says what the line is, any other is a paragraph:

| `^` letterhead · `^^` full name of the school · `=!` ПРИКАЗ · `№` «от ____ № ____» · `:` town
| `#` what the paper is about (several lines follow each other) · `=` title of a справка · `==` heading
| `!` «приказываю:», spaced letters · `<` no indent · `-` small · `[]` a box to tick
| `_` a ruled line, with or without words before it · `(` small words under it
| `>` stamp or head of an appendix, at most 8 cm · `>№` its «от ____ № ____» · `---` a new page
| `|:` widths of a table's columns in per cent (`>` to the right, `=` centred), `|=` the same and its
  heading centred, `|` a row, the first of them the heading, `|*` totals, `|#` a heading across the table,
  `|_` a row to fill by hand
| `~` post | name with «(подпись)» under the line, `~~` without, `~.` small, `~:` a line above those; below
  a table, or one `-` line under it, they are the table's last row: so they never stand alone on a page

Fields and lists stay as they are: `filler` fills ours and those of a district alike.
"""

import re
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from nastav.papers import grids, looks
from nastav.papers.styles import Page, add_styles, set_page

TEXTS: Final = Path(__file__).with_name("texts")
_SHEET: Final = re.compile(r"@ text (\d+), table (\d+)(?:, left (\d+))?(, landscape)?(, spaced)?")
_BREAK: Final = "---"
_STYLES: Final = {
    "^": looks.LETTERHEAD,
    "^^": looks.ORGANISATION,
    "=!": looks.KIND,
    "№": looks.NUMBER,
    ":": looks.PLACE,
    "#": looks.SUBJECT,
    "=": looks.TITLE,
    "==": looks.HEADING,
    "!": looks.ORDERING,
    "<": looks.LEFT,
    "-": looks.SMALL,
    "[]": looks.CHECK,
    "_": looks.RULED,
    "(": looks.CAPTION,
    ">": looks.STAMP,
    ">№": looks.STAMP,
}
# what must not be parted at the end of a line
_HELD: Final = re.compile(r"(?<=№) |(?<=^\d[.)]) |(?<=^\d\d[.)]) |(?<=^\d\.\d\.) ")


@cache
def template(name: str) -> bytes:
    """Return our own template of a paper, by the name of its text; built once."""
    return build((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


def build(text: str) -> bytes:
    """Return the .docx of a text."""
    lines = [line.strip() for line in text.splitlines()]
    found = _SHEET.fullmatch(lines[0])
    if not found:
        raise ValueError("a paper's text begins with «@ text 14, table 12»")
    page = Page(int(found[1]), int(found[2]), int(found[3] or 30), bool(found[4]), bool(found[5]))
    document = docx.Document()
    set_page(document, page)
    add_styles(document, page)
    marked = groupby([line for line in lines[1:] if line], key=_group_of)
    groups = [(mark, [_bound(line) for line in together]) for mark, together in marked]
    while groups:
        mark, group = groups.pop(0)
        if mark == "|":
            made = grids.add(document, page, grids.read(group))
            if tail := _taken_tail(groups):
                grids.add_tail(made, page, *tail)
        elif mark == "~":
            if not group[0].startswith("~ "):
                _hold_last(document)
            grids.add_signatures(document, page, group)
        else:
            _add_paragraphs(document, group)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _taken_tail(groups: list[tuple[str, list[str]]]) -> tuple[str, list[str]] | None:
    """Take the total and the signatures that stand directly below a table off what is left to build."""
    marks = [mark for mark, _ in groups[:2]]
    has_total = marks == ["", "~"] and len(groups[0][1]) == 1 and groups[0][1][0].startswith("- ")
    if not has_total and marks[:1] != ["~"]:
        return None
    if groups[has_total][1][0].startswith("~ "):
        return None
    total = groups.pop(0)[1][0].removeprefix("- ") if has_total else ""
    return total, groups.pop(0)[1]


def _group_of(line: str) -> str:
    """Return what makes several lines one part."""
    return line[0] if line[0] in "|~" else ""


def _bound(line: str) -> str:
    """Hold a number with its «№», a point's text with its number."""
    return line if line == ">№" else _HELD.sub("\N{NO-BREAK SPACE}", line)


def _hold_last(document: Document) -> None:
    """A signature never stands alone on a page: what stands before it goes with it.

    Lines to write on go with the words above them.
    """
    last = document.element.body.xpath("./w:p[last()]|./w:tbl[last()]")[-1]
    while last is not None and last.tag.endswith("}p"):
        paragraph = Paragraph(last, document)
        paragraph.paragraph_format.keep_with_next = True
        style = paragraph.style
        last = last.getprevious() if style is not None and style.name == looks.RULED else None


def _add_paragraphs(document: Document, lines: list[str]) -> None:
    is_new_page = False
    for line in lines:
        if line == _BREAK:
            is_new_page = True
            continue
        made = _add_paragraph(document, line)
        if is_new_page:
            made.paragraph_format.page_break_before = True
        is_new_page = False
    if is_new_page:  # a table stands next: its page begins with an empty line
        document.add_paragraph(style=looks.SMALL).paragraph_format.page_break_before = True


def _add_paragraph(document: Document, line: str) -> Paragraph:
    mark, _, rest = line.partition(" ")
    style = _STYLES.get(mark)
    if style is None:
        return document.add_paragraph(line, style=looks.TEXT)
    text = rest.strip()
    if mark == "№":
        text = f"{looks.DAY}\t{looks.NO}"
    elif mark == ">№":
        text = f"{looks.DAY} {looks.NO}"
    elif mark == "_":
        text = f"{text} \t".lstrip(" ")
    elif mark == "[]":
        text = f"{looks.BOX}\t{text}"
    return document.add_paragraph(text, style=style)
