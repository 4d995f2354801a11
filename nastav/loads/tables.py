"""From a pasted text or a sheet to rows whose cells have names. Nothing is judged here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nastav import ru
from nastav.columns.column import DROPPED, SKIPPED, Asked, Cells, plain
from nastav.columns.register import WHO, heading_key, is_never_kept, understood
from nastav.excel import clipboard
from nastav.excel.intake import Sheet
from nastav.people.models import Part

MOST_ROWS = 2000
_SEARCHED = 20  # rows at the top among which the heading is looked for
_NUMBER = re.compile(r"№?\s*\d+[.)]?")

Line = tuple[int, list[str]]  # number in Excel, cells
Answers = Mapping[str, str]  # key of a heading → key of the column, as the school once said


NO_ANSWERS: Answers = {}


class BadTable(ValueError):
    """A table that cannot be checked row by row; the text says in Russian how to mend it."""


@dataclass(frozen=True)
class Table:
    """Rows that hold anything, by their number in Excel, and what was not read."""

    rows: tuple[tuple[int, Cells], ...]
    notes: tuple[str, ...]  # sentences for the person
    asked: tuple[Asked, ...] = ()  # columns that the person has to name before rows can be read


def pasted(text: str, part: Part, answers: Answers = NO_ANSWERS) -> Table:
    """Return the rows of a pasted text.

    Raises:
        BadTable: nothing is in it, or too much.
    """
    return _named(_lines(text), part, answers)


def of_sheets(sheets: Sequence[Sheet], part: Part, answers: Answers = NO_ANSWERS) -> Table:
    """Return the rows of the first sheet with a heading we know, else of the first with any text.

    Raises:
        BadTable: no sheet holds anything, or it holds too much.
    """
    filled = [one for one in sheets if one.rows]
    if not filled:
        raise BadTable("В файле нет заполненных строк. Проверьте, тот ли это файл.")
    chosen = next(
        (one for one in filled if _heading(_cleaned(one), part, answers) is not None), filled[0]
    )
    if chosen.is_cut:
        raise BadTable(_TOO_MUCH)
    table = _named(_cleaned(chosen), part, answers)
    if len(sheets) == 1:
        return table
    return replace(table, notes=(f"Прочитан лист «{chosen.name}».", *table.notes))


_TOO_MUCH = (
    f"За один раз — не больше {ru.number(MOST_ROWS)} строк и 60 столбцов: загрузите частями."
)


def _cleaned(sheet: Sheet) -> list[Line]:
    return [(number, [plain(cell) for cell in cells]) for number, cells in sheet.rows]


def _lines(text: str) -> list[Line]:
    """Text typed by hand has no tabs; a comma or a semicolon parts its cells."""
    if "\t" in text:
        rows = clipboard.cells(text)
    else:
        rows = [re.split("[;,]", line) for line in text.replace("\0", "").splitlines()]
    lines = [(number, [plain(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
    return [(number, cells) for number, cells in lines if any(cells)]


def _heading(lines: list[Line], part: Part, answers: Answers) -> int | None:
    """Return the place of the heading; one below the first row must name at least two columns."""
    for at, (_, cells) in enumerate(lines[:_SEARCHED]):
        named = [_column(part, cell, answers) for cell in cells]
        keys = {key for key in named if key}
        if at == 0 and keys - {DROPPED} and not _is_row(cells, named):
            return at
        if len(keys) > 1 and keys & WHO:
            return at
    return None


def _is_row(cells: list[str], named: list[str | None]) -> bool:
    """Tell whether somebody stands in a row, «Птицына Ольга, ученик», that might pass for a heading."""
    known = sum(key is not None for key in named)
    return known == 1 and any(
        _is_name(cell) for cell, key in zip(cells, named, strict=True) if key is None
    )


def _column(part: Part, heading: str, answers: Answers) -> str | None:
    return understood(part, heading) or answers.get(heading_key(heading))


def _named(lines: list[Line], part: Part, answers: Answers) -> Table:
    at = _heading(lines, part, answers)
    asked: list[Asked] = []
    if at is None:
        columns, notes, asked = _by_place(lines, part)
        lines = lines[1:] if any(one.heading for one in asked) else lines
    else:
        columns, notes, asked = _by_heading(lines[at][1], lines[at + 1 :], part, answers)
        if at:
            above = ru.list_and(number for number, _ in lines[:at])
            notes.append(f"Над заголовком пропущено, строки: {above}.")
        lines = [line for line in lines[at + 1 :] if line[1] != lines[at][1]]
    rows = [(number, _cells(cells, columns)) for number, cells in lines]
    rows = [(number, cells) for number, cells in rows if cells]
    if not rows:
        raise BadTable("Строк с данными не нашлось: под заголовком пусто.")
    if len(rows) > MOST_ROWS:
        raise BadTable(_TOO_MUCH)
    return Table(tuple(rows), tuple(notes), tuple(asked))


def _by_heading(
    heading: list[str], lines: list[Line], part: Part, answers: Answers
) -> tuple[dict[int, str], list[str], list[Asked]]:
    """Return the columns by place, what was passed over, and what has to be asked."""
    columns: dict[int, str] = {}
    ignored, asked = [], []
    width = max((len(cells) for _, cells in lines), default=0)
    for at in range(max(width, len(heading))):
        title = heading[at] if at < len(heading) else ""
        key = _column(part, title, answers) if title else None
        values = _values(at, lines)
        if key and key != SKIPPED and key not in columns.values():
            columns[at] = key
        elif key is None and ru.search_key(title) and values and not is_never_kept(title, values):
            asked.append(Asked(f"?{at + 1}", title, at + 1, tuple(values[:_SHOWN])))
            columns[at] = f"?{at + 1}"
        elif key != DROPPED and (ru.search_key(title) or not _is_numbering(at, lines)):
            ignored.append(f"«{title[:60]}»" if title else f"{at + 1}-й, без заголовка")
    columns = {at: key for at, key in columns.items() if key != DROPPED}
    notes = [f"Пропущены столбцы: {', '.join(ignored)}."] if ignored else []
    return columns, notes, asked


_SHOWN = 3  # values by which a person tells what a column holds


def _values(at: int, lines: list[Line]) -> list[str]:
    """Return the different values of a column, the first ones first."""
    return list(dict.fromkeys(cells[at] for _, cells in lines if at < len(cells) and cells[at]))


def _is_numbering(at: int, lines: list[Line]) -> bool:
    """Tell whether a column holds nothing but numbers in order, or nothing at all."""
    cells = [cells[at] for _, cells in lines if at < len(cells) and cells[at]]
    return all(_NUMBER.fullmatch(cell) for cell in cells)


def _by_place(lines: list[Line], part: Part) -> tuple[dict[int, str], list[str], list[Asked]]:
    """Without a heading: a numbering column if there is one, the name, the class or post.

    Where no names stand at that place every column is asked for, the first row being the headings if it
    alone has no digits in a column.
    """
    shift = 1 if any(cells[0] for _, cells in lines) and _is_numbering(0, lines) else 0
    if not _are_names(_values(shift, lines)) or _are_names(_values(shift + 1, lines)):
        return _all_asked(lines, part)
    more = any(any(cells[shift + 2 :]) for _, cells in lines)
    notes = [
        f"Без заголовка читаются два столбца, ФИО и класс. Пропущены столбцы с {shift + 3}-го."
    ]
    return {shift: "name", shift + 1: "class"}, notes if more else [], []


_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s*){1,5}")
_CODE = re.compile(r"[^\W\d_]{1,5}[\s/.-]*\d[\w/.-]*")


def _are_names(values: list[str]) -> bool:
    """Tell whether most values are two words or more with capitals, or codes of digits and letters."""
    names = [one for one in values if _is_name(one)]
    return bool(values) and len(names) * 2 >= len(values)


def _is_name(text: str) -> bool:
    words = bool(_NAME.match(text)) and sum(map(str.isupper, text)) > 1
    return words or bool(_CODE.fullmatch(text))


def _is_heading(lines: list[Line]) -> bool:
    """Tell whether the first row alone has no digits in a column whose other rows all have some."""
    if not lines:
        return False
    (_, first), *rest = lines
    columns = [_values(at, rest) for at, title in enumerate(first) if title]
    is_plain = not any(sign.isdigit() for cell in first for sign in cell)
    numbered = [one for one in columns if len(one) > 1 and all(map(_has_digit, one))]
    return is_plain and bool(numbered)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _all_asked(lines: list[Line], part: Part) -> tuple[dict[int, str], list[str], list[Asked]]:
    body = lines[1:] if _is_heading(lines) else lines
    titles = lines[0][1] if body is not lines else []
    asked = []
    for at in range(max((len(cells) for _, cells in lines), default=0)):
        values = _values(at, body)
        title = titles[at] if at < len(titles) else ""
        is_numbering = not ru.search_key(title) and _is_numbering(at, body)
        if not values or is_numbering or understood(part, title) == DROPPED:
            continue
        if not is_never_kept(title, values):
            asked.append(Asked(f"?{at + 1}", title, at + 1, tuple(values[:_SHOWN])))
    return {one.place - 1: one.key for one in asked}, [], asked


def _cells(cells: list[str], columns: dict[int, str]) -> Cells:
    return {key: cells[at] for at, key in columns.items() if at < len(cells) and cells[at]}
