"""Which columns may be named, what is wrong with an answer, the rows once it is given. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from nastav.columns.column import DROPPED, SKIPPED, Asked, Cells
from nastav.columns.register import WHO, columns
from nastav.people.models import Part
from nastav.tables.table import BadTable, Table

NO_NAME = "Укажите, в каком столбце имя: без него строк не загрузить."
NO_CODE = "Не понятно, в каком столбце код: дайте столбец «Код». Имён учеников в районе не хранят."
Rows = Sequence[tuple[int, Cells]]


def offered(part: Part, rows: Rows, *, uses_codes: bool) -> list[tuple[str, str]]:
    """Return key and title of the columns that a heading may stand for: names first, none read yet.

    A code is offered where the district keeps its pupils by codes.
    """
    taken = {key for _, cells in rows for key in cells} | {DROPPED, "number"}
    taken |= set() if uses_codes else {"code"}
    free = [column for column in columns(part) if column.key not in taken]
    return [
        (column.key, column.title)
        for column in sorted(free, key=lambda column: column.key not in WHO)
    ]


def read_already(part: Part, rows: Rows) -> list[str]:
    """Return the titles of the columns that were understood."""
    read = {key for _, cells in rows for key in cells}
    return [column.title for column in columns(part) if column.key in read]


def problem(rows: Rows, chosen: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return what is wrong with an answer, or "".

    Args:
        rows: the rows as they are kept.
        chosen: the key of the column each one asked stands for, by the key it was asked under.
        titles: title by key of a column.
    """
    named = [key for key in chosen.values() if key != SKIPPED]
    if twice := next((key for key in named if named.count(key) > 1), None):
        return f"Столбец «{titles.get(twice, twice)}» указан дважды: оставьте один."
    read = {key for _, cells in rows for key in cells}
    return "" if (read | set(named)) & WHO else NO_NAME


def answered(
    rows: Rows, asked: Iterable[Asked], chosen: Mapping[str, str]
) -> list[tuple[int, Cells]]:
    """Return the rows with their columns named; what is not loaded is not kept any longer."""
    places = {column.key: chosen.get(column.key, SKIPPED) for column in asked}
    named = [
        (number, {places.get(key, key): text for key, text in cells.items()})
        for number, cells in rows
    ]
    for _, cells in named:
        cells.pop(SKIPPED, None)
    return [(number, cells) for number, cells in named if cells]


def without_asking(table: Table, read: Collection[str] = WHO) -> Table:
    """Return the table of a district that keeps no names: what nobody understands may hold some.

    Raises:
        BadTable: no code or name is understood at all.
    """
    if not table.asked:
        return table
    places = {asked.key for asked in table.asked}
    rows = [
        (number, {key: text for key, text in cells.items() if key not in places})
        for number, cells in table.rows
    ]
    if not {key for _, cells in rows for key in cells} & set(read):
        raise BadTable(NO_CODE)
    titles = ", ".join(asked.title for asked in table.asked)
    notes = (*table.notes, f"Не поняты и пропущены столбцы: {titles}.")
    return replace(table, rows=tuple(row for row in rows if row[1]), notes=notes, asked=())
