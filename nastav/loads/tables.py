"""From a pasted text or a sheet to rows whose cells have names. Nothing is judged here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.excel import clipboard
from nastav.excel.intake import Sheet
from nastav.loads.column import DROPPED, plain
from nastav.loads.columns import understood
from nastav.people.models import Part

MOST_ROWS = 2000
_SEARCHED = 20  # rows at the top among which the heading is looked for
_NUMBER = re.compile(r"№?\s*\d+[.)]?")

Line = tuple[int, list[str]]  # number in Excel, cells
Cells = dict[str, str]  # key of the column → what stands there, never empty


class BadTable(ValueError):
    """A table that cannot be checked row by row; the text says in Russian how to mend it."""


@dataclass(frozen=True)
class Table:
    """Rows that hold anything, by their number in Excel, and what was not read."""

    rows: tuple[tuple[int, Cells], ...]
    notes: tuple[str, ...]  # sentences for the person


def pasted(text: str, part: Part) -> Table:
    """Return the rows of a pasted text.

    Raises:
        BadTable: nothing is in it, or too much.
    """
    return _named(_lines(text), part)


def of_sheets(sheets: Sequence[Sheet], part: Part) -> Table:
    """Return the rows of the first sheet with a heading we know, else of the first with any text.

    Raises:
        BadTable: no sheet holds anything, or it holds too much.
    """
    filled = [one for one in sheets if one.rows]
    if not filled:
        raise BadTable("В файле нет заполненных строк. Проверьте, тот ли это файл.")
    chosen = next((one for one in filled if _heading(_cleaned(one), part)), filled[0])
    if chosen.is_cut:
        raise BadTable(_TOO_MUCH)
    table = _named(_cleaned(chosen), part)
    if len(sheets) == 1:
        return table
    return Table(table.rows, (f"Прочитан лист «{chosen.name}».", *table.notes))


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


def _heading(lines: list[Line], part: Part) -> int | None:
    """Return the place of the heading; one below the first row must name at least two columns."""
    for at, (_, cells) in enumerate(lines[:_SEARCHED]):
        keys = {key for cell in cells if cell and (key := understood(part, cell))}
        named = keys & {"code", "name", "surname", "class", "post"}
        if named and (at == 0 or (len(keys) > 1 and keys & {"code", "name", "surname"})):
            return at
    return None


def _named(lines: list[Line], part: Part) -> Table:
    at = _heading(lines, part)
    if at is None:
        columns, notes = _by_place(lines)
    else:
        columns, notes = _by_heading(lines[at][1], lines[at + 1 :], part)
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
    return Table(tuple(rows), tuple(notes))


def _by_heading(
    heading: list[str], lines: list[Line], part: Part
) -> tuple[dict[int, str], list[str]]:
    columns: dict[int, str] = {}
    ignored = []
    width = max((len(cells) for _, cells in lines), default=0)
    for at in range(max(width, len(heading))):
        title = heading[at] if at < len(heading) else ""
        key = understood(part, title) if title else None
        if key and key not in columns.values():
            columns[at] = key
        elif key != DROPPED and (ru.search_key(title) or not _is_numbering(at, lines)):
            ignored.append(f"«{title[:60]}»" if title else f"{at + 1}-й, без заголовка")
    columns = {at: key for at, key in columns.items() if key != DROPPED}
    return columns, [f"Пропущены столбцы: {', '.join(ignored)}."] if ignored else []


def _is_numbering(at: int, lines: list[Line]) -> bool:
    """Tell whether a column holds nothing but numbers in order, or nothing at all."""
    cells = [cells[at] for _, cells in lines if at < len(cells) and cells[at]]
    return all(_NUMBER.fullmatch(cell) for cell in cells)


def _by_place(lines: list[Line]) -> tuple[dict[int, str], list[str]]:
    """Without a heading: a numbering column if there is one, the name, the class or post."""
    shift = 1 if any(cells[0] for _, cells in lines) and _is_numbering(0, lines) else 0
    width = max((len(cells) for _, cells in lines), default=0)
    more = any(any(cells[shift + 2 :]) for _, cells in lines)
    notes = [
        f"Без заголовка читаются два столбца, ФИО и класс. Пропущены столбцы с {shift + 3}-го."
    ]
    return {shift: "name", shift + 1: "class"}, notes if more and width else []


def _cells(cells: list[str], columns: dict[int, str]) -> Cells:
    return {key: cells[at] for at, key in columns.items() if at < len(cells) and cells[at]}
