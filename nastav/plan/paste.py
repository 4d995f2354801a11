"""A block of Excel, pasted or out of a file, spread over the plan's grid. Pure text in, cells out.

Headings are those of appendix 1: a row of years over a row of «наставляемых» and «наставников». Without
them a block fills right and down from a chosen cell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.intake import block, clipboard
from nastav.intake.block import Naming, Spread
from nastav.intake.reader import File, Sheet
from nastav.plan.grid import MENTEES, MENTORS, Column, Grid, Key

Rows = Sequence[tuple[int, Sequence[str]]]
_NO_NUMBER = "не целое число от 0, исправьте"
_UNKNOWN = "такой школы в плане нет."
_NAMES = r"оо|школа|образовательная организация|наименование\b.*"
_YEAR = re.compile(r"(20\d\d)(?: ?г(?:од\w*)?)?")
_PARTS = (
    (MENTEES, re.compile(r"(?:план )?наставл.*")),
    (MENTORS, re.compile(r"(?:план )?наставн.*")),
)
_PUPILS = (
    (MENTEES, re.compile(r"всего.*|(?:(?:число|количество|численность) )?обучающихся(?: всего)?")),
    (MENTORS, re.compile(r"\d+ ?\d+(?: класс\w*)?")),
)
_SUMS = re.compile(r"итого|всего|сумма|доля|в том числе")
_HEADS = 3  # rows of a heading, at most


class NoTable(ValueError):
    """A file that holds no plan; the text says in Russian what it should hold."""


@dataclass(frozen=True)
class Start:
    """The cell from which a block without headings fills right and down."""

    school_id: int
    column: str  # its name


def spread(text: str, grid: Grid, start: Start) -> Spread[int]:
    """Return the cells of a pasted block by school and column; an empty cell of it changes nothing."""
    rows: Rows = list(enumerate(clipboard.cells(text), 1))
    heads, body = _parted(rows, grid)
    columns = _headings(heads, body, grid, _year_of(start, grid)) if heads else {}
    ids = _from(start.school_id, [school_id for school_id, _ in grid.schools])
    if columns:
        rows = [(0, _flat(columns, heads, body, grid)), *_counted(body, columns, grid)]
        return _laid(rows, grid, ids, grid.columns)
    names = [column.name for column in grid.columns]
    shown = grid.columns[names.index(start.column) :]
    return _laid(rows, grid, ids, shown, is_exact=not _begins_with_names(rows))


def of_file(file: File, grid: Grid) -> Spread[int]:
    """Return what the table of a file says; an empty cell of it is a plan not entered.

    Raises:
        NoTable: no sheet holds schools under years.
    """
    for sheet in sorted(file.sheets, key=lambda sheet: sheet.is_hidden):
        heads, body = _parted(sheet.rows, grid)
        columns = _headings(heads, body, grid, None)
        if any(column in _names(grid) for column in columns.values()):
            return _of_sheet(sheet, columns, grid)
    raise NoTable(
        f"В файле нет плана {grid.span} годов: нужен столбец с названиями школ, как на этой странице, "
        "над числами — год, под ним «наставляемых» и «наставников»."
    )


def _of_sheet(sheet: Sheet, columns: Mapping[int, str], grid: Grid) -> Spread[int]:
    if sheet.is_cut:
        raise NoTable("Лист слишком велик для плана. Оставьте в нём только таблицу и сохраните.")
    heads, body = _parted(sheet.rows, grid)
    rows = [(0, _flat(columns, heads, body, grid)), *_counted(body, columns, grid)]
    ids = [school_id for school_id, _ in grid.schools]
    return _laid(rows, grid, ids, grid.columns, is_file=True)


def _names(grid: Grid) -> set[str]:
    return {column.label for column in grid.columns}


def _from(first: int, ids: list[int]) -> list[int]:
    return ids[ids.index(first) :]


def _begins_with_names(rows: Rows) -> bool:
    """Tell whether the first column holds names, known or not: «12 чел.» is meant as a number."""
    firsts = [cells[0].strip() for _, cells in rows if len(cells) > 1 and cells[0].strip()]
    return bool(firsts) and sum(text[0].isalpha() for text in firsts) * 2 > len(firsts)


def _laid(
    rows: Rows,
    grid: Grid,
    ids: Sequence[int],
    columns: Sequence[Column],
    *,
    is_exact: bool = False,
    is_file: bool = False,
) -> Spread[int]:
    """Have the block's own machinery spread rows whose headings, if any, are the grid's own labels."""
    known = Naming(
        _NAMES,
        block.named((school_id, [name]) for school_id, name in grid.schools),
        lambda cell: not cell.isdecimal(),
    )
    return block.spread_rows(
        rows,
        block.Grid(
            keys=ids,
            naming=(known,),
            columns=[_column(column) for column in columns],
            unknown=_UNKNOWN,
            is_loose=not is_file,
            is_exact=is_exact,
            clears=is_file,
            line="Строка файла" if is_file else "Вставленная строка",
            place=lambda key, name, line: _place(grid, (key, name), line, is_file=is_file),
        ),
    )


def _place(grid: Grid, key: Key, line: int, *, is_file: bool) -> str:
    return f"{grid.label(key)}{f' (строка {line})' if is_file else ''}"


def _column(column: Column) -> block.Column:
    heading = re.escape(ru.search_key(column.label))
    return block.Column(column.name, heading, block.digits, _NO_NUMBER)


def _year_of(start: Start, grid: Grid) -> int:
    """The year that a heading without one is read in: the chosen cell's."""
    found = next(column for column in grid.columns if column.name == start.column)
    return found.year or grid.years[0]


def _parted(rows: Rows, grid: Grid) -> tuple[Rows, Rows]:
    """Return the rows over the first that names a school or holds a figure, and the others."""
    names = {ru.search_key(name) for _, name in grid.schools}
    for at, (_, cells) in enumerate(rows):
        keys = [ru.search_key(cell) for cell in cells]
        figures = [cell for cell in cells if block.digits(cell) and not _YEAR.fullmatch(cell)]
        if names.intersection(keys) or (figures and not _is_heading(keys)):
            return rows[max(0, at - _HEADS) : at], rows[at:]
    return [], rows


def _is_heading(keys: Sequence[str]) -> bool:
    return any(pattern.fullmatch(key) for _, pattern in (*_PARTS, *_PUPILS[:1]) for key in keys)


def _headings(heads: Rows, body: Rows, grid: Grid, usual: int | None) -> dict[int, str]:
    """Return place in a row → what the heading over it says, in the grid's own words.

    A year that the grid does not show keeps its words too, to be named as left out.
    """
    width = max((len(cells) for _, cells in [*heads, *body]), default=0)
    words = [_spread_years([ru.search_key(cell) for cell in cells], width) for _, cells in heads]
    at_names = _place_of_names(body, grid)
    labels = {(column.part, column.year): column.label for column in grid.columns}
    found = {}
    for at in range(width):
        if at == at_names:
            continue
        own = [row[at] for row in reversed(words) if at < len(row) and row[at]]
        part, is_base = _part(own)
        year = _year(own) or usual
        if part and (is_base or year):
            key = (part, None if is_base else year)
            who = "наставляемых" if part == MENTEES else "наставников"
            found[at] = labels.get(key, f"{year} год, {who}")
    return found if len(set(found.values())) == len(found) else {}


def _spread_years(keys: list[str], width: int) -> list[str]:
    """Write a year over every column of its group: a merged cell is pasted as its first cell alone."""
    if not any(_YEAR.fullmatch(key) for key in keys):
        return keys
    filled: list[str] = []
    for key in [*keys, *[""] * (width - len(keys))]:
        filled.append(key or (filled[-1] if filled and _YEAR.fullmatch(filled[-1]) else ""))
    return filled


def _part(keys: Sequence[str]) -> tuple[str, bool]:
    """Return of whom a column is, and whether of pupils; the lowest heading that says so."""
    for key in keys:
        for patterns, is_base in ((_PARTS, False), (_PUPILS, True)):
            for part, pattern in patterns:
                if pattern.fullmatch(key) and not _YEAR.fullmatch(key):
                    return part, is_base
    return "", False


def _year(keys: Sequence[str]) -> int | None:
    for key in keys:
        if found := _YEAR.fullmatch(key) or re.search(r"\b(20\d\d)\b", key):
            return int(found[1])
    return None


def _place_of_names(body: Rows, grid: Grid) -> int | None:
    """Return the column in which most schools are named."""
    names = {ru.search_key(name) for _, name in grid.schools}
    counts: dict[int, int] = {}
    for _, cells in body:
        for at, cell in enumerate(cells):
            if ru.search_key(cell) in names:
                counts[at] = counts.get(at, 0) + 1
    return max(counts, key=lambda at: counts[at]) if counts else None


def _flat(columns: Mapping[int, str], heads: Rows, body: Rows, grid: Grid) -> list[str]:
    """Return one row of headings for those of a table, with the lowest words where nothing is known."""
    width = max((len(cells) for _, cells in [*heads, *body]), default=0)
    lowest = [
        next((cells[at] for _, cells in reversed(heads) if at < len(cells) and cells[at]), "")
        for at in range(width)
    ]
    flat = [columns.get(at, lowest[at]) for at in range(width)]
    at_names = _place_of_names(body, grid)
    if at_names is not None:
        flat[at_names] = "ОО"
    return flat


def _counted(body: Rows, columns: Mapping[int, str], grid: Grid) -> list[tuple[int, Sequence[str]]]:
    """Return the rows of schools: no sums, no notes and signatures under them."""
    names = {ru.search_key(name) for _, name in grid.schools}
    return [
        (line, cells)
        for line, cells in body
        if not _SUMS.match(ru.search_key(next(filter(None, cells), "")))
        if names.intersection(map(ru.search_key, cells))
        or any(block.digits(cells[at]) for at in columns if at < len(cells))
    ]
