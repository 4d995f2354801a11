"""Changing the rows of an open load. Nothing of it is journalled: nothing is in a register yet."""

from collections.abc import Collection, Iterable, Mapping

from nastav.columns.column import Cells
from nastav.db import Conflict, NotNow, db
from nastav.loads.mending import rules
from nastav.loads.models import Load, LoadState
from nastav.tables.table import within_sentence

_NOT_OPEN = "Загрузка уже выполнена или удалена: её строк больше не исправить."


def cells_of(load: Load, number: int) -> Cells | None:
    """Return the cells of a row, by its number in Excel; None where there is none."""
    return next((cells for at, cells in load.rows if at == number), None)


def set_row(load: Load, number: int, typed: Mapping[str, str], *, made_from: str) -> None:
    """Put what was typed into a row; typed again, it changes nothing.

    Raises:
        NotNow: the load is not open.
        Conflict: the row was changed since its form was made.
    """
    _check_open(load)
    cells = cells_of(load, number) or {}
    rows = rules.replaced(load.rows, number, typed)
    if rows == [list(row) for row in load.rows]:
        return
    if rules.print_of(cells) != made_from:
        raise Conflict
    _keep(load, rows, [number])


def fill_rows(load: Load, key: str, value: str, numbers: Collection[int]) -> int:
    """Put one value into a column of several rows; return how many there are.

    Raises:
        NotNow: the load is not open.
    """
    _check_open(load)
    here = {at for at, _ in load.rows} & set(numbers)
    _keep(load, rules.filled(load.rows, key, value, here), here)
    return len(here)


def remove_row(load: Load, number: int) -> None:
    """Take a row out of the load; it is erased, its number and that it was taken out stay.

    Raises:
        NotNow: the load is not open.
    """
    _check_open(load)
    cells = cells_of(load, number)
    if cells is None:
        return  # sent twice
    load.rows = [row for row in load.rows if row[0] != number]
    load.notes = [*load.notes, f"{within_sentence(number, cells, 'Строку')} убрали."]
    db.session.flush()


def decide(load: Load, numbers: Iterable[int], choice: str) -> None:
    """Keep whether the known people of these rows are updated or skipped.

    Raises:
        NotNow: the load is not open.
    """
    _check_open(load)
    load.decided = {**(load.decided or {}), **{str(number): choice for number in numbers}}
    db.session.flush()


def _keep(load: Load, rows: list[list[object]], changed: Iterable[int]) -> None:
    """Keep the rows; what was decided of the changed ones is asked again."""
    gone = {str(number) for number in changed}
    load.rows = rows
    load.decided = {at: choice for at, choice in (load.decided or {}).items() if at not in gone}
    db.session.flush()


def _check_open(load: Load) -> None:
    if load.state is not LoadState.OPEN:
        raise NotNow(_NOT_OPEN)
