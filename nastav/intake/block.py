"""A block pasted from Excel, spread over the rows of a grid. Pure text in, cells out.

Columns are known by their heading or by the order of the grid; rows by what names them, or by their
order. An empty cell leaves what is there, as the lower cells of a merged one are.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nastav import ru
from nastav.intake import clipboard

Key = TypeVar("Key")
MOST = 10  # problems named one by one
_LEAD = 3  # columns before the first one to fill: №, ФИО, класс


def as_it_is(text: str) -> str | None:
    """Return a text that any field takes."""
    return text


def always(_: str) -> bool:
    """Tell of any text that it names a row."""
    return True


def digits(text: str) -> str | None:
    """Return a whole number as a field takes it, or None; Excel may have put spaces in thousands."""
    plain = "".join(text.split())
    return plain if plain.isascii() and plain.isdecimal() else None


@dataclass(frozen=True)
class Column:
    """A column to fill: its field's name, how people call it, what becomes of a cell.

    `read` gives the field's value, or None for what does not belong there; `wants` then says what does.
    """

    name: str
    heading: str  # a regular expression of a heading's search key
    read: Callable[[str], str | None] = as_it_is
    wants: str = ""
    is_in_order: bool = True  # one of the grid's own columns, where a block has no headings


@dataclass(frozen=True)
class Naming(Generic[Key]):
    """A column that says whose row it is: search key of what it says → the rows that may be meant."""

    heading: str
    rows: Mapping[str, Sequence[Key]]
    is_name: Callable[[str], bool] = always  # what cannot be one is passed over


@dataclass(frozen=True)
class Grid(Generic[Key]):
    """What a block may be spread over.

    Attributes:
        keys: of its rows, in their order.
        naming: what tells the rows apart; the first known is believed.
        columns: to fill, in their order.
        unknown: why a row is passed over that names none of them, or stands below the last one.
        closed: (row, column) of the cells that take nothing.
        is_loose: a row that is not named goes by its order, though others are.
        must_name: no row goes by its order.
        most: so many rows at once.
        is_exact: without headings the columns lie as they stand, from the first after the names.
        clears: an empty cell empties the grid's, as in a table that is the whole of it.
        line: how a row of the block is called, «Вставленная строка».
        place: how a cell is called, by its row, its column's name and the row of the block.
    """

    keys: Sequence[Key]
    naming: Sequence[Naming[Key]]
    columns: Sequence[Column]
    unknown: str
    closed: Container[tuple[Key, str]] = ()
    is_loose: bool = False
    must_name: bool = False
    most: int = 2000
    is_exact: bool = False
    clears: bool = False
    line: str = "Вставленная строка"
    place: Callable[[Key, str, int], str] | None = None


@dataclass(frozen=True)
class Spread(Generic[Key]):
    """What a pasted block says, by the row and the column's name."""

    cells: Mapping[Key, Mapping[str, str]]
    problems: tuple[str, ...]  # what could not be put anywhere, with the row of the block
    rest: tuple[str, ...]  # the same as it was pasted, to be copied

    @property
    def sentence(self) -> str:
        """Return how much was put into the grid."""
        if not self.cells:
            return "Из вставленного ничего не легло в таблицу"
        rows = ru.counted(len(self.cells), "строка", "строки", "строк")
        return f"Вставлено: {rows}. Проверьте и сохраните таблицу."


def named(rows: Iterable[tuple[Key, Iterable[str]]]) -> dict[str, list[Key]]:
    """Return search key → rows, of rows with the names each goes by."""
    found: dict[str, list[Key]] = {}
    for key, names in rows:
        for name in {ru.search_key(name) for name in names}:
            found.setdefault(name, []).append(key)
    return found


def spread(text: str, grid: Grid[Key]) -> Spread[Key]:
    """Return the cells of a pasted block for the rows of a grid."""
    return spread_rows(enumerate(clipboard.cells(text), 1), grid)


def spread_rows(rows: Iterable[tuple[int, Sequence[str]]], grid: Grid[Key]) -> Spread[Key]:
    """Return the same of rows that are cells already, each with its number in its table."""
    block = [(line, [_plain(cell) for cell in row]) for line, row in rows]
    return _Spreading(grid, [(line, row) for line, row in block if any(row)]).run()


def _plain(cell: str) -> str:
    """Return a cell on one line; a dash alone says that there is nothing."""
    text = " ".join(cell.split())
    return "" if text in {"-", "–", "—"} else text


class _Spreading(Generic[Key]):
    """The work on one block."""

    def __init__(self, grid: Grid[Key], rows: list[tuple[int, list[str]]]) -> None:
        self._grid = grid
        self._rows = rows
        self._problems: list[str] = []
        self._rest: list[str] = []
        self._namings: dict[int, Naming[Key]] = {}  # place in the block → what it is
        self._columns: dict[int, Column] = {}

    def run(self) -> Spread[Key]:
        """Return what the block says."""
        if self._rows and not self._has_headings(self._rows[0][1]):
            self._go_by_place([cells for _, cells in self._rows])
        placed: dict[Key, Mapping[str, str]] = {}
        for place, (line, cells) in enumerate(self._rows):
            key, why = self._whose(cells, place)
            if len(placed) == self._grid.most:
                key, why = None, f"за один раз помещается {ru.number(self._grid.most)}."
            if key is None or key in placed:
                self._refuse(
                    f"{self._grid.line} {line} пропущена: {why or 'такая уже есть выше.'}",
                    "\t".join(cells),
                )
                continue
            found = dict(self._read(key, line, cells))
            if found or not any(_texts([cells], at) for at in self._columns):
                placed[key] = found  # else nothing of the row was understood
        return Spread(placed, tuple(_first(self._problems)), tuple(self._rest))

    def _refuse(self, problem: str, text: str) -> None:
        self._problems.append(problem)
        self._rest.append(text)

    def _has_headings(self, cells: list[str]) -> bool:
        """Take the first row as the headings, if it is one."""
        keys = [ru.search_key(cell.replace("№", "n")) for cell in cells]
        for at, key in enumerate(keys):
            for naming in self._grid.naming:
                if naming not in self._namings.values() and re.fullmatch(naming.heading, key):
                    self._namings[at] = naming
            for column in self._grid.columns:
                if re.fullmatch(column.heading, key):
                    self._columns[at] = column
        met = {*self._namings, *self._columns}
        words = [keys[at] for at in met if keys[at]]
        if len(words) < min(2, len(cells)) or "".join(words).isdecimal():
            self._namings, self._columns = {}, {}
            return False
        del self._rows[0]
        self._leave_out([at for at in range(self._width()) if at not in met], cells)
        return True

    def _width(self) -> int:
        return max((len(cells) for _, cells in self._rows), default=0)

    def _leave_out(self, places: list[int], headings: list[str]) -> None:
        """Say which columns of the block go nowhere, and keep what they hold."""
        left_out = []
        for at in places:
            texts = _texts([cells for _, cells in self._rows], at)
            name = headings[at] if at < len(headings) else ""
            if texts or name:
                left_out.append(name or f"{at + 1}-й")
                self._rest.append("\n".join(filter(None, (name, *texts))))
        if left_out:
            self._problems.append(f"Не вставлены столбцы: {', '.join(left_out)}.")

    def _go_by_place(self, rows: list[list[str]]) -> None:
        """Read the columns in the grid's order, after those that name its rows."""
        width = self._width()
        for naming in self._grid.naming:
            free = (at for at in range(min(width, _LEAD)) if at not in self._namings)
            at = next((at for at in free if _names_rows(rows, at, naming)), None)
            if at is not None:
                self._namings[at] = naming
        own = [column for column in self._grid.columns if column.is_in_order]
        first = max(self._namings, default=0 if self._grid.must_name else -1) + 1
        if own and not self._grid.is_exact:
            first = self._first_to_fill(rows, first, own[0])
        self._columns = dict(zip(range(first, width), own, strict=False))
        if not self._namings and self._grid.naming and (first or self._grid.must_name):
            self._namings[0] = self._grid.naming[-1]  # names, most of them unknown
        before = [
            at
            for at in range(first)
            if at not in self._namings and not all(map(digits, _texts(rows, at)))  # no «№ п/п»
        ]
        self._leave_out([*before, *range(first + len(own), width)], [])

    def _first_to_fill(self, rows: list[list[str]], first: int, column: Column) -> int:
        for at in range(first, _LEAD):
            is_empty = not _most(rows, at, always)
            if _most(rows, at, column.read) or (first and is_empty):
                return at  # an empty column right of the names is one to fill
        return first

    def _whose(self, cells: list[str], place: int) -> tuple[Key | None, str]:
        """Return the row that a row of the block is about, or why there is none."""
        for at, naming in sorted(self._namings.items(), key=self._order):
            text = cells[at] if at < len(cells) else ""
            rows = naming.rows.get(ru.search_key(text), ()) if text else ()
            if len(rows) == 1:
                return rows[0], ""
            if rows:
                return None, f"«{text}» — таких несколько, впишите в таблицу сами."
            if text and naming.is_name(text):
                return None, f"«{text}»: {self._grid.unknown}"
        if self._namings and not self._grid.is_loose:
            return None, "не сказано, чья она."
        keys = self._grid.keys
        return (keys[place], "") if place < len(keys) else (None, self._grid.unknown)

    def _order(self, item: tuple[int, Naming[Key]]) -> int:
        return list(self._grid.naming).index(item[1])

    def _read(self, key: Key, line: int, cells: list[str]) -> Iterator[tuple[str, str]]:
        for at, column in self._columns.items():
            text = cells[at] if at < len(cells) else ""
            if not text:
                if self._grid.clears:
                    yield column.name, ""
                continue
            value = column.read(text)
            if value is None:
                self._refuse(f"{self._place(key, column, line)}: «{text}» — {column.wants}.", text)
            elif (key, column.name) in self._grid.closed:
                self._refuse(
                    f"{self._place(key, column, line)}: «{text}» — эта клетка не заполняется.", text
                )
            else:
                yield column.name, value

    def _place(self, key: Key, column: Column, line: int) -> str:
        named = self._grid.place
        return named(key, column.name, line) if named else f"{self._grid.line} {line}"


def _texts(rows: list[list[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at]]


def _most(rows: list[list[str]], at: int, is_one: Callable[[str], object]) -> bool:
    """Tell whether half of a column's texts are of a kind; an empty column is of none."""
    texts = _texts(rows, at)
    return bool(texts) and sum(is_one(text) not in (None, False) for text in texts) * 2 >= len(
        texts
    )


def _names_rows(rows: list[list[str]], at: int, naming: Naming[Key]) -> bool:
    return _most(rows, at, lambda text: ru.search_key(text) in naming.rows)


def _first(problems: list[str]) -> list[str]:
    """Return the problems worth reading: a whole book pasted by mistake has thousands alike."""
    more = ru.counted(len(problems) - MOST, "строка", "строки", "строк")
    return [*problems[:MOST], f"И ещё {more}."] if len(problems) > MOST else problems
